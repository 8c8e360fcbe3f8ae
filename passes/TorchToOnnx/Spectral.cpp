//===- Spectral.cpp - Fourier transforms ----------------------------------===//
//
// A transform is a product with its matrix, which is exact to the last digits
// and the same for every opset. Long ones are ONNX's DFT or STFT, if their
// length is a power of two: of others ONNX Runtime computes three digits.
// Complex tensors are pairs; see Complex.cpp.
//
//===----------------------------------------------------------------------===//

#include "dialects/Torch/SpectralOps.h"
#include "lib/Support/Constants.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

// A length that is a power of two is a matrix up to here.
static constexpr int64_t kMatrixLength = 1024;
// No matrix is larger: 64 MiB of f32.
static constexpr int64_t kMatrixElements = int64_t(1) << 24;

namespace {
enum class Kind { Full, RealToHalf, HalfToReal };

struct Transform {
  Kind kind;
  bool isInverse;
  bool isComplexIn;
  // The period, how many elements are read, and how many come out.
  int64_t period, inputs, outputs;
  double scale;

  bool isComplexOut() const { return kind != Kind::HalfToReal; }
  int64_t rows() const { return inputs * (isComplexIn ? 2 : 1); }
  int64_t columns() const { return outputs * (isComplexOut() ? 2 : 1); }
  // Opset 20 has no inverse of a half.
  bool hasOnnxForm() const {
    return kind != Kind::HalfToReal && (period & (period - 1)) == 0;
  }
  bool isTooLong() const { return rows() > kMatrixElements / columns(); }
};
} // namespace

static LogicalResult failTooLong(Operation *op, ConversionContext &c,
                                 int64_t length) {
  return c.fail(op, "a transform of length " + Twine(length) +
                        " is too long for a matrix, and its ONNX operator is "
                        "exact only for powers of two");
}

static Value realConstant(ConversionContext &c, ArrayRef<int64_t> shape,
                          ArrayRef<double> values, Type type) {
  RankedTensorType f64 =
      RankedTensorType::get(shape, c.builder.getBuilder().getF64Type());
  if (type.isF64())
    return c.builder.initializer(cast<TypedAttr>(makeConstant(
        f64, ArrayRef(reinterpret_cast<const char *>(values.data()),
                      values.size() * sizeof(double)))));
  std::vector<float> narrow(values.begin(), values.end());
  return c.builder.initializer(cast<TypedAttr>(makeConstant(
      RankedTensorType::get(shape, c.builder.getBuilder().getF32Type()),
      ArrayRef(reinterpret_cast<const char *>(narrow.data()),
               narrow.size() * sizeof(float)))));
}

// The cosine and the sine of j k / period of a turn.
static std::pair<double, double> rotation(int64_t j, int64_t k,
                                          int64_t period) {
  int64_t step = j * k % period;
  // sin(pi) is to be 0.
  if (step * 2 == period)
    return {-1, 0};
  double angle = 2 * M_PI * double(step) / double(period);
  return {std::cos(angle), std::sin(angle)};
}

// [rows, columns], real and imaginary parts side by side in both
static std::vector<double> matrix(const Transform &t) {
  std::vector<double> m(t.rows() * t.columns());
  int64_t in = t.isComplexIn ? 2 : 1, out = t.isComplexOut() ? 2 : 1;
  auto at = [&](int64_t row, int64_t column) -> double & {
    return m[row * t.columns() + column];
  };
  for (int64_t j = 0; j < t.inputs; ++j) {
    // Of the half that is absent, each element conjugates one that is there.
    bool isOwnMirror = j == 0 || 2 * j == t.period;
    double scale =
        t.kind == Kind::HalfToReal && !isOwnMirror ? 2 * t.scale : t.scale;
    for (int64_t k = 0; k < t.outputs; ++k) {
      auto [cosine, sine] = rotation(j, k, t.period);
      if (!t.isInverse)
        sine = -sine;
      at(in * j, out * k) = cosine * scale;
      if (out == 2)
        at(in * j, out * k + 1) = sine * scale;
      if (in == 2)
        at(in * j + 1, out * k) = -sine * scale;
      if (in == 2 && out == 2)
        at(in * j + 1, out * k + 1) = cosine * scale;
    }
  }
  return m;
}

// x, whose axis to transform is the last one (before the pairs).
static Value byMatrix(ConversionContext &c, Value x, const Transform &t) {
  Type type = OnnxBuilder::elementType(x);
  SmallVector<DimAttr> dims = OnnxBuilder::dims(x);
  dims.truncate(dims.size() - (t.isComplexIn ? 2 : 1));
  dims.push_back(c.builder.dim(t.rows()));
  if (t.isComplexIn)
    x = c.builder.tryReshape(x, OnnxBuilder::tensorType(dims, type));
  if (!x)
    return {};
  Value y = c.builder.matmul(
      x, realConstant(c, {t.rows(), t.columns()}, matrix(t), type));
  dims.back() = c.builder.dim(t.outputs);
  if (!t.isComplexOut())
    return y;
  dims.push_back(c.builder.dim(2));
  return c.builder.tryReshape(y, OnnxBuilder::tensorType(dims, type));
}

static Value byDft(ConversionContext &c, Value x, const Transform &t) {
  Type type = OnnxBuilder::elementType(x);
  Type i64 = c.builder.getBuilder().getI64Type();
  if (!t.isComplexIn)
    x = c.builder.unsqueeze(x, {-1});
  int64_t axis = OnnxBuilder::rank(x) - 2;
  SmallVector<DimAttr> dims = OnnxBuilder::dims(x);
  dims[axis] = c.builder.dim(t.outputs);
  dims.back() = c.builder.dim(2);
  Value y = c.builder.create<Onnx::DFTOp>(
      OnnxBuilder::tensorType(dims, type),
      {x, c.builder.scalar(t.period, i64), c.builder.scalar(axis, i64)},
      {c.builder.intAttr("inverse", t.isInverse),
       c.builder.intAttr("onesided", t.kind == Kind::RealToHalf)});
  double scale = t.isInverse ? t.scale * double(t.period) : t.scale;
  return scale == 1 ? y : c.builder.mul(y, c.builder.scalar(scale, type));
}

// The factor that the argument `norm` asks for.
static std::optional<double> normalization(Operation *op, ConversionContext &c,
                                           int64_t period, bool isInverse) {
  Value norm = c.arg(op, "norm");
  std::optional<StringRef> name =
      c.isNone(norm) ? StringRef("backward") : c.constStr(norm);
  if (!name)
    return std::nullopt;
  if (*name == "ortho")
    return 1 / std::sqrt(double(period));
  return (*name == "forward") != isInverse ? 1 / double(period) : 1;
}

// fft.fft(x, n, dim, norm) and its kind
template <Kind kind, bool isInverse>
static LogicalResult convertTransform(Operation *op, ConversionContext &c) {
  Value input = op->getOperand(0), result = op->getResult(0);
  int64_t rank = c.rank(input);
  std::optional<int64_t> dim = c.constInt(c.arg(op, "dim"));
  if (!dim)
    return c.fail(op, "its arguments are not constant");
  *dim = c.normalizeAxis(*dim, rank);
  std::optional<int64_t> size = c.staticDim(input, *dim);
  Value given = c.arg(op, "n");
  std::optional<int64_t> period = c.constInt(given);
  if (c.isNone(given) && size)
    period = kind == Kind::HalfToReal ? 2 * (*size - 1) : *size;
  if (!size || !period || *period < 1)
    return c.fail(op, "the length of the transform is not constant");
  int64_t half = *period / 2 + 1;
  Transform t{kind,    isInverse, c.isComplex(input), *period, *period,
              *period, 1};
  if (kind == Kind::RealToHalf)
    t.outputs = half;
  if (kind == Kind::HalfToReal)
    t.inputs = half;
  std::optional<double> scale = normalization(op, c, *period, isInverse);
  if (!scale)
    return c.fail(op, "its arguments are not constant");
  t.scale = *scale;

  Type type = c.onnxType(result).getElementType();
  Value x = t.isComplexIn ? c.builder.cast(c.tensor(input), type)
                          : c.tensorAs(input, type);
  if (*size > t.inputs)
    x = c.builder.slice(x, {0}, {t.inputs}, {*dim});
  bool usesMatrix = *period <= kMatrixLength || !t.hasOnnxForm();
  // What is missing is 0.
  if (usesMatrix)
    t.inputs = std::min(t.inputs, *size);
  if (usesMatrix && t.isTooLong())
    return failTooLong(op, c, *period);
  auto moved = [&](Value value, bool hasPairs) {
    auto order = llvm::to_vector(llvm::seq<int64_t>(0, rank + hasPairs));
    std::swap(order[*dim], order[rank - 1]);
    return c.builder.transpose(value, order);
  };
  x = moved(x, t.isComplexIn);
  Value y = usesMatrix ? byMatrix(c, x, t) : byDft(c, x, t);
  if (!y)
    return c.fail(op, "more than one dimension is unknown");
  return c.replace(op, moved(y, t.isComplexOut()));
}

// The window, of `size` elements with zeros around it.
static Value readWindow(Operation *op, ConversionContext &c, int64_t size,
                        Type type) {
  Value given = c.arg(op, "window"), lengthArg = c.arg(op, "win_length");
  int64_t length = c.constInt(lengthArg).value_or(size);
  Value window = c.isNone(given) ? c.builder.filled({length}, 1.0, type)
                                 : c.tensorAs(given, type);
  if (length == size)
    return window;
  int64_t left = (size - length) / 2;
  return c.builder.create<Onnx::PadOp>(
      RankedTensorType::get({size}, type),
      {window, c.builder.ints({left, size - length - left}),
       c.builder.scalar(0, type)});
}

// stft(x, n_fft, hop, ..): [B, T] -> [B, N, frames]
static LogicalResult convertStft(Operation *op, ConversionContext &c) {
  Value input = op->getOperand(0), result = op->getResult(0);
  Value hopArg = c.arg(op, "hop_length"), align = c.arg(op, "align_to_window");
  std::optional<int64_t> size = c.constInt(c.arg(op, "n_fft"));
  std::optional<int64_t> hop =
      c.isNone(hopArg) && size ? std::optional(*size / 4) : c.constInt(hopArg);
  std::optional<bool> isNormalized = c.constBool(c.arg(op, "normalized"));
  Value oneSided = c.arg(op, "onesided");
  std::optional<bool> isHalf =
      c.isNone(oneSided) ? std::optional(true) : c.constBool(oneSided);
  if (!size || !hop || !isNormalized || !isHalf)
    return c.fail(op, "its arguments are not constant");
  if (!c.isNone(align) && c.constBool(align) != false)
    return c.fail(op, "align_to_window has no ONNX form");
  if (c.isComplex(input) || c.isComplex(c.arg(op, "window")))
    return c.fail(op, "complex signals and windows have no ONNX form");

  RankedTensorType resultType = c.onnxType(result);
  Type type = resultType.getElementType();
  SmallVector<DimAttr> dims = Symbolic::getDims(resultType);
  bool hasBatch = c.rank(input) == 2;
  DimAttr bins = dims[hasBatch], frames = dims[hasBatch + 1];
  int64_t count = *isHalf ? *size / 2 + 1 : *size;
  Value x = c.tensorAs(input, type);
  if (!hasBatch)
    x = c.builder.unsqueeze(x, {0});
  DimAttr batch = OnnxBuilder::dims(x)[0];
  Value window = readWindow(op, c, *size, type);
  double scale = *isNormalized ? 1 / std::sqrt(double(*size)) : 1;

  Transform t{Kind::Full, false, false, *size, *size, count, scale};
  Value y;
  if (t.hasOnnxForm() && (c.getTargetOpset() >= 17 || *size > kMatrixLength)) {
    Type i64 = c.builder.getBuilder().getI64Type();
    if (scale != 1)
      window = c.builder.mul(window, c.builder.scalar(scale, type));
    y = c.builder.create<Onnx::STFTOp>(
        OnnxBuilder::tensorType({batch, frames, bins, c.builder.dim(2)}, type),
        {c.builder.unsqueeze(x, {-1}), c.builder.scalar(*hop, i64), window,
         c.builder.scalar(*size, i64)},
        {c.builder.intAttr("onesided", *isHalf)});
    y = c.builder.transpose(y, {0, 2, 1, 3});
  } else {
    // A convolution whose channels are the real and the imaginary parts.
    if (t.isTooLong())
      return failTooLong(op, c, *size);
    std::vector<double> columns = matrix(t), rows(columns.size());
    for (int64_t j = 0; j < *size; ++j)
      for (int64_t k = 0; k < 2 * count; ++k)
        rows[k * *size + j] = columns[j * 2 * count + k];
    Value weight = c.builder.mul(
        realConstant(c, {2 * count, 1, *size}, rows, type), window);
    Type kernel = c.kernelType("Conv", type);
    y = c.builder.create<Onnx::ConvOp>(
        OnnxBuilder::tensorType({batch, c.builder.dim(2 * count), frames},
                                kernel),
        {c.builder.cast(c.builder.unsqueeze(x, {1}), kernel),
         c.builder.cast(weight, kernel)},
        {c.builder.intsAttr("strides", {*hop})});
    y = c.builder.cast(y, type);
    SmallVector<DimAttr> split{batch, c.builder.dim(count), c.builder.dim(2),
                               frames};
    // 0 copies the batch.
    y = c.builder.reshape(y, OnnxBuilder::tensorType(split, type),
                          c.builder.ints({0, count, 2, -1}));
    y = c.builder.transpose(y, {0, 1, 3, 2});
  }
  return c.replace(op, hasBatch ? y : c.builder.squeeze(y, {0}));
}

void torchonnx::registerSpectralConversions(ConversionRegistry &r) {
  r.addComplex("aten.fft_fft", convertTransform<Kind::Full, false>);
  r.addComplex("aten.fft_ifft", convertTransform<Kind::Full, true>);
  r.addComplex("aten.fft_rfft", convertTransform<Kind::RealToHalf, false>);
  r.addComplex("aten.fft_irfft", convertTransform<Kind::HalfToReal, true>);
  r.addComplex("aten.stft", convertStft);
  // These may be without a complex tensor.
  r.add("aten.fft_irfft", convertTransform<Kind::HalfToReal, true>);
  r.add("aten.stft", convertStft);
}
