//===- OnnxShapeFunctions.cpp - Views and creation ------------------------===//

#include "lib/Evaluate/OnnxFunctions.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::folding;

namespace {

//===----------------------------------------------------------------------===//
// Views: the order or the shape changes, not the elements
//===----------------------------------------------------------------------===//

at::Tensor identity(const Node &n) { return n.input(0); }

at::Tensor transpose(const Node &n) {
  std::vector<int64_t> perm;
  if (auto given = n.getInts("perm"))
    perm = *given;
  else
    for (int64_t i = n.input(0).dim(); i-- > 0;)
      perm.push_back(i);
  return n.input(0).permute(perm);
}

at::Tensor reshape(const Node &n) {
  const at::Tensor &data = n.input(0);
  std::vector<int64_t> shape = readInts(n.input(1));
  if (!n.getInt("allowzero", 0))
    for (size_t i = 0; i < shape.size(); ++i)
      if (shape[i] == 0)
        shape[i] = data.size(i);
  return data.reshape(shape);
}

at::Tensor flatten(const Node &n) {
  const at::Tensor &data = n.input(0);
  int64_t axis = n.getInt("axis", 1);
  if (axis < 0)
    axis += data.dim();
  int64_t rows = 1, columns = 1;
  for (int64_t i = 0; i < data.dim(); ++i)
    (i < axis ? rows : columns) *= data.size(i);
  return data.reshape({rows, columns});
}

at::Tensor unsqueeze(const Node &n) {
  at::Tensor data = n.input(0);
  std::vector<int64_t> axes = readInts(n.input(1));
  int64_t rank = data.dim() + axes.size();
  for (int64_t &axis : axes)
    axis = normalizeAxis(axis, rank);
  std::sort(axes.begin(), axes.end());
  for (int64_t axis : axes)
    data = data.unsqueeze(axis);
  return data;
}

at::Tensor squeeze(const Node &n) {
  at::Tensor data = n.input(0);
  if (!n.has(1))
    return data.squeeze();
  std::vector<int64_t> axes = readInts(n.input(1));
  for (int64_t &axis : axes)
    axis = normalizeAxis(axis, data.dim());
  std::sort(axes.rbegin(), axes.rend());
  for (int64_t axis : axes) {
    if (data.size(axis) != 1)
      fail("a dimension to squeeze is not 1");
    data = data.squeeze(axis);
  }
  return data;
}

at::Tensor expand(const Node &n) {
  std::vector<int64_t> shape = readInts(n.input(1));
  return n.input(0).expand(at::infer_size(n.input(0).sizes(), shape));
}

at::Tensor tile(const Node &n) {
  return n.input(0).repeat(readInts(n.input(1)));
}

at::Tensor slice(const Node &n) {
  at::Tensor data = n.input(0);
  std::vector<int64_t> starts = readInts(n.input(1));
  std::vector<int64_t> ends = readInts(n.input(2));
  std::vector<int64_t> axes, steps(starts.size(), 1);
  if (n.has(3))
    axes = readInts(n.input(3));
  else
    for (size_t i = 0; i < starts.size(); ++i)
      axes.push_back(i);
  if (n.has(4))
    steps = readInts(n.input(4));
  for (size_t i = 0; i < starts.size(); ++i) {
    int64_t axis = normalizeAxis(axes[i], data.dim());
    int64_t size = data.size(axis), step = steps[i];
    auto clampTo = [&](int64_t at, int64_t low, int64_t high) {
      if (at < 0)
        at += size;
      return std::clamp(at, low, high);
    };
    if (step == 0)
      fail("a step is 0");
    if (size == 0)
      continue;
    if (step > 0) {
      int64_t start = clampTo(starts[i], 0, size);
      int64_t end = clampTo(ends[i], 0, size);
      data = data.slice(axis, start, std::max(start, end), step);
      continue;
    }
    int64_t start = clampTo(starts[i], 0, size - 1);
    int64_t end = clampTo(ends[i], -1, size - 1);
    std::vector<int64_t> picked;
    for (int64_t at = start; at > end; at += step)
      picked.push_back(at);
    data = data.index_select(axis, at::tensor(picked, at::kLong));
  }
  return data;
}

at::Tensor gather(const Node &n) {
  const at::Tensor &data = n.input(0);
  int64_t axis = normalizeAxis(n.getInt("axis", 0), data.dim());
  at::Tensor indices = n.input(1).to(at::kLong);
  at::Tensor flat = indices.reshape({-1});
  flat = at::where(flat < 0, flat + data.size(axis), flat);
  std::vector<int64_t> shape(data.sizes().begin(), data.sizes().begin() + axis);
  shape.insert(shape.end(), indices.sizes().begin(), indices.sizes().end());
  shape.insert(shape.end(), data.sizes().begin() + axis + 1,
               data.sizes().end());
  return data.index_select(axis, flat).reshape(shape);
}

at::Tensor gatherElements(const Node &n) {
  const at::Tensor &data = n.input(0);
  int64_t axis = normalizeAxis(n.getInt("axis", 0), data.dim());
  at::Tensor indices = n.input(1).to(at::kLong);
  indices = at::where(indices < 0, indices + data.size(axis), indices);
  return data.gather(axis, indices);
}

at::Tensor concat(const Node &n) {
  std::vector<at::Tensor> inputs(n.inputs.begin(), n.inputs.end());
  return at::cat(inputs, normalizeAxis(n.getInt("axis", 0), inputs[0].dim()));
}

at::Tensor trilu(const Node &n) {
  int64_t k = n.has(1) ? readInts(n.input(1)).at(0) : 0;
  return n.getInt("upper", 1) ? at::triu(n.input(0), k)
                              : at::tril(n.input(0), k);
}

at::Tensor pad(const Node &n) {
  auto mode = n.attributes.getAs<StringAttr>("mode");
  if (mode && mode.getValue() != "constant")
    fail("only constant padding is evaluated");
  at::Tensor data = n.input(0);
  std::vector<int64_t> pads = readInts(n.input(1)), axes;
  if (n.has(3))
    axes = readInts(n.input(3));
  else
    for (int64_t i = 0; i < data.dim(); ++i)
      axes.push_back(i);
  // LibTorch's list starts with the last dimension.
  std::vector<int64_t> reversed(2 * data.dim(), 0);
  for (size_t i = 0; i < axes.size(); ++i) {
    int64_t axis = normalizeAxis(axes[i], data.dim());
    reversed[2 * (data.dim() - 1 - axis)] = pads.at(i);
    reversed[2 * (data.dim() - 1 - axis) + 1] = pads.at(i + axes.size());
  }
  at::Scalar value = n.has(2) ? n.input(2).reshape({}).item() : at::Scalar(0);
  return at::constant_pad_nd(data, reversed, value);
}

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

at::Tensor toTensor(ElementsAttr attribute) {
  FailureOr<ConstantBytes> bytes = readConstant(attribute);
  auto type = dyn_cast<RankedTensorType>(attribute.getType());
  if (failed(bytes) || !type)
    fail("an attribute cannot be read");
  return makeTensor({type, *bytes}).clone();
}

at::Tensor constantOfShape(const Node &n) {
  auto value = n.attributes.getAs<ElementsAttr>("value");
  at::Tensor element =
      value ? toTensor(value) : at::zeros({1}, at::TensorOptions(at::kFloat));
  return element.reshape({}).expand(readInts(n.input(0)));
}

at::Tensor range(const Node &n) {
  at::Scalar start = n.input(0).reshape({}).item();
  at::Scalar limit = n.input(1).reshape({}).item();
  at::Scalar delta = n.input(2).reshape({}).item();
  at::TensorOptions options(n.input(0).scalar_type());
  if (isInteger(n.input(0))) {
    int64_t first = start.toLong(), step = delta.toLong();
    if (step == 0)
      fail("the delta of a range is 0");
    int64_t span = limit.toLong() - first;
    int64_t count =
        span / step + (span % step != 0 && (span > 0) == (step > 0));
    count = std::max<int64_t>(count, 0);
    return (at::arange(count, at::TensorOptions(at::kLong)) * step + first)
        .to(options.dtype());
  }
  double step = delta.toDouble();
  if (step == 0)
    fail("the delta of a range is 0");
  double count =
      std::max(0.0, std::ceil((limit.toDouble() - start.toDouble()) / step));
  return (at::arange(int64_t(count), at::TensorOptions(at::kDouble)) * step +
          start.toDouble())
      .to(options.dtype());
}

at::Tensor shape(const Node &n) {
  ArrayRef<int64_t> sizes(n.input(0).sizes().data(), n.input(0).dim());
  int64_t rank = sizes.size();
  auto clampTo = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  int64_t start = clampTo(n.getInt("start", 0));
  int64_t end = std::max(start, clampTo(n.getInt("end", rank)));
  return at::tensor(sizes.slice(start, end - start).vec(), at::kLong);
}

at::Tensor size(const Node &n) {
  return at::scalar_tensor(n.input(0).numel(), at::TensorOptions(at::kLong));
}

at::Tensor cast(const Node &n) {
  at::ScalarType to = scalarType(int(n.getInt("to", 0)));
  const at::Tensor &data = n.input(0);
  if (data.is_complex() && !at::isComplexType(to))
    fail("a complex number has no real value");
  return data.to(to);
}

at::Tensor castLike(const Node &n) {
  return n.input(0).to(n.input(1).scalar_type());
}

} // namespace

void folding::addShapeFunctions(FunctionTable &table) {
  static constexpr std::pair<llvm::StringLiteral, Function> functions[] = {
      {"Identity", identity},
      {"Transpose", transpose},
      {"Reshape", reshape},
      {"Flatten", flatten},
      {"Unsqueeze", unsqueeze},
      {"Squeeze", squeeze},
      {"Expand", expand},
      {"Tile", tile},
      {"Slice", slice},
      {"Gather", gather},
      {"GatherElements", gatherElements},
      {"Concat", concat},
      {"Trilu", trilu},
      {"Pad", pad},
      {"ConstantOfShape", constantOfShape},
      {"Range", range},
      {"Shape", shape},
      {"Size", size},
      {"Cast", cast},
      {"CastLike", castLike},
  };
  table.insert(std::begin(functions), std::end(functions));
}
