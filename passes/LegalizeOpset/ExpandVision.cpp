//===- ExpandVision.cpp - Operators on images by older ones ---------------===//

#include "passes/LegalizeOpset/Rewrites.h"

#include "lib/Support/Constants.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

/// The coordinate of the pixel `index` of `size`, from -1 to 1.
static double getCoordinate(int64_t index, int64_t size, bool alignCorners) {
  if (!alignCorners)
    return (2.0 * index + 1.0) / size - 1.0;
  return size == 1 ? 0.0 : 2.0 * index / (size - 1.0) - 1.0;
}

/// A row for each pixel: x, y (and z), 1.
template <class Number>
static Value makeRows(Context &c, ArrayRef<int64_t> image, int64_t pixels,
                      Type type, bool alignCorners) {
  int64_t rank = image.size();
  std::vector<Number> rows;
  rows.reserve(pixels * (rank + 1));
  for (int64_t pixel = 0; pixel < pixels; ++pixel) {
    int64_t rest = pixel;
    for (int64_t axis = rank; axis-- > 0; rest /= image[axis])
      rows.push_back(
          getCoordinate(rest % image[axis], image[axis], alignCorners));
    rows.push_back(1);
  }
  ArrayRef<char> bytes(reinterpret_cast<const char *>(rows.data()),
                       rows.size() * sizeof(Number));
  return c.b.initializer(cast<TypedAttr>(Attribute(
      makeConstant(RankedTensorType::get({pixels, rank + 1}, type), bytes))));
}

/// The coordinates of the pixels, a constant, times the matrices. A size that
/// is computed is left to onnx's own definition.
static Outcome expandAffineGrid(Context &c) {
  std::optional<SmallVector<int64_t>> size = c.ints(c.operand(1));
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  constexpr int64_t kMaxPixels = 1 << 20;
  if (!size || size->size() < 4 || !type ||
      !(type.getElementType().isF32() || type.getElementType().isF64()))
    return Outcome::Unchanged;
  bool alignCorners = c.getInt("align_corners", 0);
  ArrayRef<int64_t> image = ArrayRef(*size).drop_front(2);
  int64_t rank = image.size(), pixels = 1;
  for (int64_t extent : image)
    pixels *= extent;
  if (pixels > kMaxPixels)
    return Outcome::Unchanged;
  Type number = type.getElementType();
  Value grid = number.isF32()
                   ? makeRows<float>(c, image, pixels, number, alignCorners)
                   : makeRows<double>(c, image, pixels, number, alignCorners);
  Value moved = c.b.matmul(grid, c.b.transpose(c.operand(0), {0, 2, 1}));
  SmallVector<int64_t> target{(*size)[0]};
  target.append(image.begin(), image.end());
  target.push_back(rank);
  return c.replace(c.b.reshape(moved, target));
}

void legalize_opset::registerVision(Table &table) {
  table.expand("AffineGrid", 20, expandAffineGrid);
}
