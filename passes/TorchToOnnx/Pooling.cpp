//===- Pooling.cpp - Pooling ----------------------------------------------===//

#include "dialects/Torch/PoolingOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

namespace {
// The windows of a pooling operator, by the names of the schemas.
struct Windows {
  SmallVector<int64_t> kernel, stride, padding, dilation;
  // Beyond `padding`, at the end, so that a last window fits that only ceil
  // mode has.
  SmallVector<int64_t> overhang;
  bool ceilMode = false;

  size_t rank() const { return kernel.size(); }
  SmallVector<int64_t> pads(bool withPadding = true) const {
    SmallVector<int64_t> result(rank(), 0);
    if (withPadding)
      result = padding;
    for (size_t i = 0; i < rank(); ++i)
      result.push_back((withPadding ? padding[i] : 0) + overhang[i]);
    return result;
  }
  SmallVector<NamedAttribute> attributes(OnnxBuilder &b,
                                         bool withPadding = true) const {
    SmallVector<NamedAttribute> result = {
        b.intsAttr("kernel_shape", kernel), b.intsAttr("strides", stride),
        b.intsAttr("pads", pads(withPadding))};
    if (ceilMode)
      result.push_back(b.intAttr("ceil_mode", 1));
    if (llvm::any_of(dilation, [](int64_t d) { return d != 1; }))
      result.push_back(b.intsAttr("dilations", dilation));
    return result;
  }
};
} // namespace

// ceil_mode of ONNX is what PyTorch computes in ONNX Runtime, but older shape
// inference counts windows that begin in the padding. Known sizes do without.
static void resolveCeilMode(Windows &w, ArrayRef<DimAttr> input,
                            ArrayRef<DimAttr> output) {
  SmallVector<int64_t> overhang(w.rank(), 0);
  for (size_t i = 0; i < w.rank(); ++i) {
    auto in = input[i] ? input[i].getConstantValue() : std::nullopt;
    auto out = output[i] ? output[i].getConstantValue() : std::nullopt;
    if (!in || !out)
      return;
    int64_t covered =
        (*out - 1) * w.stride[i] + w.dilation[i] * (w.kernel[i] - 1) + 1;
    overhang[i] = std::max<int64_t>(0, covered - *in - 2 * w.padding[i]);
    if (w.padding[i] + overhang[i] >= w.kernel[i])
      return;
  }
  w.overhang = overhang;
  w.ceilMode = false;
}

static LogicalResult readWindows(Operation *op, size_t rank, Windows &w,
                                 ConversionContext &c) {
  auto ints = [&](StringRef name, SmallVector<int64_t> &out,
                  ArrayRef<int64_t> fallback) {
    Value list = c.arg(op, name);
    auto elements = list ? c.listElements(list) : std::nullopt;
    if (!list || (elements && elements->empty())) {
      out.assign(fallback.begin(), fallback.end());
      return success();
    }
    auto numbers = c.constInts(list, rank);
    if (!numbers)
      return c.fail(op, "its " + name + " is not constant");
    out = *numbers;
    return success();
  };
  if (failed(ints("kernel_size", w.kernel, {})) ||
      failed(ints("stride", w.stride, w.kernel)) ||
      failed(ints("padding", w.padding, SmallVector<int64_t>(rank, 0))) ||
      failed(ints("dilation", w.dilation, SmallVector<int64_t>(rank, 1))))
    return failure();
  w.overhang.assign(rank, 0);
  auto ceilMode = c.constBool(c.arg(op, "ceil_mode"));
  if (!ceilMode)
    return c.fail(op, "its ceil_mode is not constant");
  w.ceilMode = *ceilMode;
  if (w.ceilMode)
    resolveCeilMode(w, c.dims(op->getOperand(0)).take_back(rank),
                    c.dims(op->getResult(0)).take_back(rank));
  return success();
}

//===----------------------------------------------------------------------===//
// Max
//===----------------------------------------------------------------------===//

// The type of a result with a batch in front.
static Type batchedType(ConversionContext &c, Value torchResult, bool isBatched,
                        Type elementType) {
  SmallVector<DimAttr> shape(c.dims(torchResult));
  if (!isBatched)
    shape.insert(shape.begin(), c.builder.dim(1));
  return OnnxBuilder::tensorType(shape, elementType);
}

// ONNX counts positions in the whole tensor, PyTorch in its plane.
static Value planeIndices(ConversionContext &c, Value indices, Operation *op,
                          size_t rank) {
  ArrayRef<DimAttr> plane = c.dims(op->getOperand(0)).take_back(rank);
  DimAttr count = Symbolic::product(op->getContext(), plane);
  Value size = c.materializeScalar(count);
  if (!size)
    size = c.builder.reduceProd(
        c.builder.shape(c.tensor(op->getOperand(0)), -int64_t(rank)), {},
        false);
  return c.builder.binary<Onnx::ModOp>(indices, size);
}

static LogicalResult maxPool(Operation *op, size_t rank, const Windows &w,
                             ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("MaxPool", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  bool isBatched = OnnxBuilder::rank(x) == int64_t(rank) + 2;
  if (!isBatched)
    x = c.builder.unsqueeze(x, {0});
  SmallVector<Type> types = {
      batchedType(c, op->getResult(0), isBatched, kernel)};
  bool wantsIndices = op->getNumResults() > 1 && !op->getResult(1).use_empty();
  if (wantsIndices)
    types.push_back(batchedType(c, op->getResult(1), isBatched,
                                c.builder.getBuilder().getI64Type()));
  ResultRange pooled =
      c.builder.createMany<Onnx::MaxPoolOp>(types, x, w.attributes(c.builder));
  SmallVector<Value> results = {pooled[0]};
  if (wantsIndices)
    results.push_back(planeIndices(c, pooled[1], op, rank));
  for (Value &result : results)
    if (!isBatched)
      result = c.builder.squeeze(result, {0});
  return c.replace(op, results);
}

template <int Rank>
static LogicalResult convertMaxPool(Operation *op, ConversionContext &c) {
  Windows w;
  if (failed(readWindows(op, Rank, w, c)))
    return failure();
  return maxPool(op, Rank, w, c);
}

//===----------------------------------------------------------------------===//
// Average
//===----------------------------------------------------------------------===//

template <int Rank>
static LogicalResult convertAvgPool(Operation *op, ConversionContext &c) {
  Windows w;
  if (failed(readWindows(op, Rank, w, c)))
    return failure();
  auto countsPadding = c.constBool(c.arg(op, "count_include_pad"));
  if (!countsPadding)
    return c.fail(op, "its count_include_pad is not constant");
  Value divisorArg = c.arg(op, "divisor_override");
  bool hasDivisor = divisorArg && !c.isNone(divisorArg);
  auto divisor = hasDivisor ? c.constInt(divisorArg) : std::nullopt;
  if (hasDivisor && !divisor)
    return c.fail(op, "its divisor_override is not constant");
  if (hasDivisor && w.ceilMode)
    return c.fail(op, "divisor_override with ceil_mode needs an input whose "
                      "size is known");

  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("AveragePool", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  bool isBatched = OnnxBuilder::rank(x) == Rank + 2;
  if (!isBatched)
    x = c.builder.unsqueeze(x, {0});
  bool pads = llvm::any_of(w.padding, [](int64_t pad) { return pad != 0; });
  bool overhangs =
      llvm::any_of(w.overhang, [](int64_t pad) { return pad != 0; });
  bool separatePad = *countsPadding && pads && overhangs && !hasDivisor;
  if (separatePad) {
    // Padding counts, but what only ceil mode adds does not.
    SmallVector<int64_t> amounts(2, 0);
    llvm::append_range(amounts, w.padding);
    amounts.append(2, 0);
    llvm::append_range(amounts, w.padding);
    SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
    for (int i = 0; i < Rank; ++i)
      shape[2 + i] = Symbolic::add(shape[2 + i], 2 * w.padding[i]);
    x = c.builder.create<Onnx::PadOp>(OnnxBuilder::tensorType(shape, kernel),
                                      {x, c.builder.ints(amounts)});
  }
  SmallVector<NamedAttribute> attributes =
      w.attributes(c.builder, !separatePad);
  // With a divisor of its own an average is a sum: all of the window counts.
  bool countsAll = hasDivisor || (*countsPadding && pads && !separatePad);
  if (countsAll)
    attributes.push_back(c.builder.intAttr("count_include_pad", 1));
  Value y = c.builder.create<Onnx::AveragePoolOp>(
      batchedType(c, op->getResult(0), isBatched, kernel), x, attributes);
  if (hasDivisor) {
    double size = 1;
    for (int64_t extent : w.kernel)
      size *= double(extent);
    y = c.builder.mul(y, c.builder.scalar(size / double(*divisor), kernel));
  }
  return c.replace(op, isBatched ? y : c.builder.squeeze(y, {0}));
}

//===----------------------------------------------------------------------===//
// Adaptive
//===----------------------------------------------------------------------===//

// The sizes of one spatial axis before and after.
namespace {
struct AxisSizes {
  std::optional<int64_t> in, out;
  bool isSame, isGlobal;
  bool divides() const { return in && out && *out && *in % *out == 0; }
};
} // namespace

static SmallVector<AxisSizes> axisSizes(Operation *op, size_t rank,
                                        ConversionContext &c) {
  SmallVector<AxisSizes> result;
  for (auto [in, out] :
       llvm::zip_equal(c.dims(op->getOperand(0)).take_back(rank),
                       c.dims(op->getResult(0)).take_back(rank))) {
    AxisSizes axis;
    axis.in = in ? in.getConstantValue() : std::nullopt;
    axis.out = out ? out.getConstantValue() : std::nullopt;
    axis.isSame = in && in == out;
    axis.isGlobal = axis.out == 1;
    result.push_back(axis);
  }
  return result;
}

// Equal windows without overlap, if every axis divides evenly.
static std::optional<Windows> evenWindows(ArrayRef<AxisSizes> axes) {
  Windows w;
  for (const AxisSizes &axis : axes) {
    if (!axis.divides() && !axis.isSame)
      return std::nullopt;
    w.kernel.push_back(axis.isSame ? 1 : *axis.in / *axis.out);
  }
  w.stride = w.kernel;
  w.padding.assign(axes.size(), 0);
  w.overhang.assign(axes.size(), 0);
  w.dilation.assign(axes.size(), 1);
  return w;
}

// Window o of an axis: from floor(o in / out) up to ceil((o + 1) in / out).
static std::pair<int64_t, int64_t> window(const AxisSizes &axis, int64_t o) {
  int64_t in = *axis.in, out = *axis.out;
  return {o * in / out, ((o + 1) * in + out - 1) / out};
}

// What each element counts in each window: a matrix of in by out numbers.
template <class Number>
static Value windowWeights(ConversionContext &c, const AxisSizes &axis,
                           Type type) {
  SmallVector<Number> weights(*axis.in * *axis.out, Number(0));
  for (int64_t o = 0; o < *axis.out; ++o) {
    auto [begin, end] = window(axis, o);
    for (int64_t i = begin; i < end; ++i)
      weights[i * *axis.out + o] = Number(1) / Number(end - begin);
  }
  return c.builder.initializer(
      DenseElementsAttr::get(RankedTensorType::get({*axis.in, *axis.out}, type),
                             ArrayRef<Number>(weights)));
}

// Averages along one axis by a product with the matrix of the windows' weights.
static Value averageAxis(ConversionContext &c, Value x, int64_t at,
                         const AxisSizes &axis) {
  Type type = OnnxBuilder::elementType(x);
  Value matrix =
      type.isF64()
          ? windowWeights<double>(c, axis, type)
          : windowWeights<float>(c, axis, c.builder.getBuilder().getF32Type());
  Value y = c.builder.swapAxes(x, at, -1);
  y = c.builder.matmul(y, c.builder.cast(matrix, type));
  return c.builder.swapAxes(y, at, -1);
}

// Reduces the windows of the last axes, one axis after the other; null after an
// error.
template <class ReduceOp>
static Value reduceAxes(Operation *op, Value x, ArrayRef<AxisSizes> axes,
                        Value (*reduceAxis)(ConversionContext &, Value, int64_t,
                                            const AxisSizes &),
                        ConversionContext &c) {
  SmallVector<int64_t> globalAxes;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    int64_t at = int64_t(i) - int64_t(axes.size());
    if (axis.isSame)
      continue;
    if (axis.isGlobal) {
      globalAxes.push_back(at);
    } else if (axis.in && axis.out) {
      x = reduceAxis(c, x, at, axis);
    } else {
      (void)c.fail(op, "the size of axis " + Twine(at) +
                           " must be known, or its output size 1, for ONNX to "
                           "have windows of the same sizes");
      return {};
    }
  }
  return globalAxes.empty() ? x : c.reduce<ReduceOp>(x, globalAxes, true);
}

template <int Rank>
static LogicalResult convertAdaptiveAvg(Operation *op, ConversionContext &c) {
  SmallVector<AxisSizes> axes = axisSizes(op, Rank, c);
  Type type = c.dtype(op->getResult(0));
  Value x = c.tensorAs(op->getOperand(0), type);
  bool isBatched = OnnxBuilder::rank(x) == Rank + 2;
  bool isGlobal = llvm::all_of(axes, [](auto &axis) { return axis.isGlobal; });
  if (isGlobal && isBatched && c.hasKernel("GlobalAveragePool", type))
    return c.replace(op, c.builder.create<Onnx::GlobalAveragePoolOp>(
                             c.onnxType(op->getResult(0)), x));
  if (auto w = evenWindows(axes);
      w && isBatched && !isGlobal && c.hasKernel("AveragePool", type))
    return c.replace(
        op, c.builder.create<Onnx::AveragePoolOp>(c.onnxType(op->getResult(0)),
                                                  x, w->attributes(c.builder)));
  x = reduceAxes<Onnx::ReduceMeanOp>(op, x, axes, averageAxis, c);
  return x ? c.replace(op, x) : failure();
}

// The largest elements along one axis: the elements of each window, of which
// shorter ones repeat their last, become an axis of their own.
static Value maxAxis(ConversionContext &c, Value x, int64_t at,
                     const AxisSizes &axis) {
  int64_t length = 0;
  for (int64_t o = 0; o < *axis.out; ++o)
    length = std::max(length, window(axis, o).second - window(axis, o).first);
  SmallVector<int64_t> indices;
  for (int64_t o = 0; o < *axis.out; ++o) {
    auto [begin, end] = window(axis, o);
    for (int64_t i = 0; i < length; ++i)
      indices.push_back(std::min(begin + i, end - 1));
  }
  Value table = c.builder.initializer(DenseElementsAttr::get(
      RankedTensorType::get({*axis.out, length},
                            c.builder.getBuilder().getI64Type()),
      ArrayRef<int64_t>(indices)));
  int64_t positive = OnnxBuilder::rank(x) + at;
  Value windows = c.builder.gather(x, table, positive);
  return c.reduce<Onnx::ReduceMaxOp>(windows, {positive + 1}, false);
}

template <int Rank>
static LogicalResult convertAdaptiveMax(Operation *op, ConversionContext &c) {
  SmallVector<AxisSizes> axes = axisSizes(op, Rank, c);
  if (auto w = evenWindows(axes))
    return maxPool(op, Rank, *w, c);
  if (!op->getResult(1).use_empty())
    return c.fail(op, "its indices have an ONNX form only where all windows "
                      "have the same size");
  Value x = c.tensor(op->getOperand(0));
  x = reduceAxes<Onnx::ReduceMaxOp>(op, x, axes, maxAxis, c);
  return x ? c.replace(op, {x, Value()}) : failure();
}

void torchonnx::registerPoolingConversions(ConversionRegistry &r) {
  r.addAll<AtenMaxPool1dOp, AtenMaxPool1dWithIndicesOp>(convertMaxPool<1>);
  r.addAll<AtenMaxPool2dOp, AtenMaxPool2dWithIndicesOp>(convertMaxPool<2>);
  r.addAll<AtenMaxPool3dOp, AtenMaxPool3dWithIndicesOp>(convertMaxPool<3>);
  r.add<AtenAvgPool1dOp>(convertAvgPool<1>);
  r.add<AtenAvgPool2dOp>(convertAvgPool<2>);
  r.add<AtenAvgPool3dOp>(convertAvgPool<3>);
  r.add<AtenAdaptiveAvgPool1dOp>(convertAdaptiveAvg<1>);
  r.addAll<AtenAdaptiveAvgPool2dOp, Aten_AdaptiveAvgPool2dOp>(
      convertAdaptiveAvg<2>);
  r.addAll<AtenAdaptiveAvgPool3dOp, Aten_AdaptiveAvgPool3dOp>(
      convertAdaptiveAvg<3>);
  r.add<AtenAdaptiveMaxPool1dOp>(convertAdaptiveMax<1>);
  r.add<AtenAdaptiveMaxPool2dOp>(convertAdaptiveMax<2>);
  r.add<AtenAdaptiveMaxPool3dOp>(convertAdaptiveMax<3>);
}
