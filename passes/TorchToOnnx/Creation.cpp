//===- Creation.cpp - New tensors and conversions of dtypes ---------------===//

#include "dialects/Torch/CreationOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

//===----------------------------------------------------------------------===//
// One value
//===----------------------------------------------------------------------===//

// Larger constants are computed rather than stored.
static constexpr int64_t kStoredElements = 1024;

// The shape of the result; the operand is a list of sizes or a tensor like it.
static Value resultShape(Operation *op, ConversionContext &c) {
  if (Value known = c.shapeTensor(c.dims(op->getResult(0))))
    return known;
  Value list = c.arg(op, "size");
  return list ? c.intListTensor(list) : c.shapeOf(op->getOperand(0));
}

// A tensor filled with one value, which may be computed at run time.
static LogicalResult fill(Operation *op, Value torchValue, double number,
                          ConversionContext &c) {
  RankedTensorType type = c.onnxType(op->getResult(0));
  Type dtype = type.getElementType();
  std::optional<int64_t> integer;
  if (torchValue) {
    integer = c.constInt(torchValue);
    auto real = c.constFloat(torchValue);
    auto flag = c.constBool(torchValue);
    if (!integer && !real && !flag) {
      Value scalar = c.tensorAs(torchValue, dtype);
      Value shape = resultShape(op, c);
      if (!shape)
        return c.fail(op, "its size is unknown");
      if (type.getRank() == 0 && OnnxBuilder::rank(scalar) == 0)
        return c.replace(op, scalar);
      return c.replace(op, c.builder.expand(scalar, shape, type));
    }
    number = flag ? *flag : integer ? double(*integer) : *real;
  }
  auto splat = [&](ArrayRef<int64_t> shape) {
    return integer ? c.builder.splat(shape, *integer, dtype)
                   : c.builder.splat(shape, number, dtype);
  };
  if (type.hasStaticShape() && type.getNumElements() <= kStoredElements)
    return c.replace(op, c.builder.initializer(splat(type.getShape())));
  Value shape = resultShape(op, c);
  if (!shape)
    return c.fail(op, "its size is unknown");
  return c.replace(op,
                   c.builder.create<Onnx::ConstantOfShapeOp>(
                       type, shape, c.builder.tensorAttr("value", splat({1}))));
}

template <int Number>
static LogicalResult convertFilled(Operation *op, ConversionContext &c) {
  return fill(op, {}, Number, c);
}

static LogicalResult convertFull(Operation *op, ConversionContext &c) {
  Value value = c.arg(op, "fill_value");
  return fill(op, value ? value : c.arg(op, "value"), 0, c);
}

static LogicalResult convertScalarTensor(Operation *op, ConversionContext &c) {
  return c.replace(op,
                   c.tensorAs(op->getOperand(0), c.dtype(op->getResult(0))));
}

// copy(self, src): src in the shape and dtype of self
static LogicalResult convertCopy(AtenCopyOp op, ConversionContext &c) {
  Value source = c.tensorAs(op.getSrc(), c.dtype(op.getResult()));
  Value y = c.expandTo(source, op.getResult());
  if (!y)
    y = c.builder.expand(source, c.shapeOf(op.getSelf()),
                         c.onnxType(op.getResult()));
  return c.replace(op, y);
}

//===----------------------------------------------------------------------===//
// Sequences
//===----------------------------------------------------------------------===//

// A 1-D constant of computed numbers.
static Value vector(ConversionContext &c, int64_t count, Type dtype,
                    function_ref<double(int64_t)> element) {
  if (c.isFloat(dtype)) {
    SmallVector<double> values;
    for (int64_t i = 0; i < count; ++i)
      values.push_back(element(i));
    return c.builder.reals(values, dtype);
  }
  SmallVector<int64_t> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(int64_t(element(i)));
  if (dtype.isInteger(64))
    return c.builder.ints(values);
  SmallVector<APInt> elements;
  for (int64_t value : values)
    elements.push_back(
        APInt(64, uint64_t(value)).trunc(dtype.getIntOrFloatBitWidth()));
  return c.builder.initializer(
      DenseElementsAttr::get(RankedTensorType::get({count}, dtype), elements));
}

static LogicalResult convertArange(Operation *op, ConversionContext &c) {
  Type dtype = c.dtype(op->getResult(0));
  Value start = c.arg(op, "start"), end = c.arg(op, "end"),
        step = c.arg(op, "step");
  auto number = [&](Value value, double fallback) {
    return value ? c.constFloat(value) : std::optional<double>(fallback);
  };
  auto first = number(start, 0), last = number(end, 0), by = number(step, 1);
  if (first && last && by && *by != 0) {
    double count = std::ceil((*last - *first) / *by);
    if (count <= double(kStoredElements))
      return c.replace(
          op, vector(c, std::max(0.0, count), dtype,
                     [&](int64_t i) { return *first + double(i) * *by; }));
  }
  Type kernel = c.kernelType("Range", dtype);
  auto operand = [&](Value value, int64_t fallback) {
    return value ? c.scalarAs(value, kernel)
                 : c.builder.scalar(fallback, kernel);
  };
  return c.replace(
      op,
      c.builder.create<Onnx::RangeOp>(
          OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel),
          {operand(start, 0), operand(end, 0), operand(step, 1)}));
}

// range: arange with its end
static LogicalResult convertRange(Operation *op, ConversionContext &c) {
  auto first = c.constFloat(c.arg(op, "start")),
       last = c.constFloat(c.arg(op, "end"));
  Value step = c.arg(op, "step");
  auto by = step ? c.constFloat(step) : 1.0;
  if (!first || !last || !by || *by == 0)
    return c.fail(op, "its bounds are not constant");
  double count = std::max(0.0, std::floor((*last - *first) / *by) + 1);
  return c.replace(op, vector(c, count, c.dtype(op->getResult(0)),
                              [&](int64_t i) { return *first + i * *by; }));
}

// Element i of n points from `first` to `last`, as PyTorch rounds them.
static double linearPoint(double first, double last, int64_t n, int64_t i,
                          bool isF32) {
  if (n == 1)
    return first;
  if (isF32) {
    float step = (float(last) - float(first)) / float(n - 1);
    return i < n / 2 ? float(first) + step * float(i)
                     : float(last) - step * float(n - 1 - i);
  }
  double step = (last - first) / double(n - 1);
  return i < n / 2 ? first + step * double(i) : last - step * double(n - 1 - i);
}

static LogicalResult convertLinspace(Operation *op, ConversionContext &c) {
  auto first = c.constFloat(op->getOperand(0)),
       last = c.constFloat(op->getOperand(1));
  auto steps = c.constInt(op->getOperand(2));
  Value base = c.arg(op, "base");
  auto power = base ? c.constFloat(base) : 0.0;
  if (!first || !last || !steps || !power)
    return c.fail(op, "its arguments are not constant");
  Type dtype = c.dtype(op->getResult(0));
  return c.replace(op, vector(c, *steps, dtype, [&](int64_t i) {
                     double x =
                         linearPoint(*first, *last, *steps, i, dtype.isF32());
                     return base ? std::pow(*power, x) : x;
                   }));
}

// Windows of signal processing: a0 - a1 cos(2 pi i / n) + a2 cos(4 pi i / n)
static LogicalResult window(Operation *op, double a0, double a1, double a2,
                            ConversionContext &c) {
  auto length = c.constInt(op->getOperand(0));
  Value periodicArg = c.arg(op, "periodic");
  auto periodic = periodicArg ? c.constBool(periodicArg) : true;
  if (!length || !periodic)
    return c.fail(op, "its length is not constant");
  double n = *periodic ? double(*length) : double(*length - 1);
  return c.replace(
      op, vector(c, *length, c.dtype(op->getResult(0)), [&](int64_t i) {
        double t = n ? 2 * M_PI * double(i) / n : M_PI;
        return a0 - a1 * std::cos(t) + a2 * std::cos(2 * t);
      }));
}

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

static LogicalResult convertEye(Operation *op, ConversionContext &c) {
  Type dtype = c.dtype(op->getResult(0));
  RankedTensorType type = c.onnxType(op->getResult(0));
  if (type.hasStaticShape() && type.getNumElements() <= kStoredElements) {
    int64_t columns = type.getShape()[1];
    Value flat = vector(c, type.getNumElements(), dtype, [&](int64_t i) {
      return i / columns == i % columns ? 1.0 : 0.0;
    });
    return c.replace(
        op, c.builder.reshape(flat, type, c.builder.ints(type.getShape())));
  }
  Value n = c.intTensor(op->getOperand(0));
  Value mArg = c.arg(op, "m");
  Value m = mArg ? c.intTensor(mArg) : n;
  if (!n || !m)
    return c.fail(op, "its size is unknown");
  Type kernel = c.kernelType("EyeLike", dtype);
  Type kernelTensor = OnnxBuilder::withElementType(type, kernel);
  Value zeros = c.builder.create<Onnx::ConstantOfShapeOp>(
      kernelTensor, c.builder.concat({n, m}, 0),
      c.builder.tensorAttr("value", c.builder.splat({1}, 0, kernel)));
  return c.replace(op, c.builder.create<Onnx::EyeLikeOp>(kernelTensor, zeros));
}

// The positions on and below (or above) a diagonal, row by row.
static LogicalResult triangleIndices(Operation *op, bool upper,
                                     ConversionContext &c) {
  auto rows = c.constInt(op->getOperand(0)),
       columns = c.constInt(op->getOperand(1)),
       offset = c.constInt(op->getOperand(2));
  if (!rows || !columns || !offset)
    return c.fail(op, "its sizes are not constant");
  SmallVector<int64_t> first, second;
  for (int64_t i = 0; i < *rows; ++i)
    for (int64_t j = 0; j < *columns; ++j)
      if (upper ? j - i >= *offset : j - i <= *offset) {
        first.push_back(i);
        second.push_back(j);
      }
  int64_t count = first.size();
  llvm::append_range(first, second);
  Value indices = c.builder.initializer(DenseElementsAttr::get(
      RankedTensorType::get({2, count}, c.builder.getBuilder().getI64Type()),
      ArrayRef<int64_t>(first)));
  return c.replace(op, indices);
}

//===----------------------------------------------------------------------===//
// Random numbers
//===----------------------------------------------------------------------===//

// Random numbers of the result's shape, in f32 or f64; integers in f64, which
// holds them up to 2^53.
template <class OnnxOp>
static Value random(Operation *op, ArrayRef<NamedAttribute> attributes,
                    ConversionContext &c) {
  Type dtype = c.dtype(op->getResult(0));
  Builder &builder = c.builder.getBuilder();
  Type kernel = dtype.isF64() || c.isInt(dtype) ? Type(builder.getF64Type())
                                                : Type(builder.getF32Type());
  RankedTensorType type = c.onnxType(op->getResult(0));
  Value shape = resultShape(op, c);
  Value like = c.builder.create<Onnx::ConstantOfShapeOp>(
      OnnxBuilder::withElementType(type, kernel), shape,
      c.builder.tensorAttr("value", c.builder.splat({1}, 0, kernel)));
  SmallVector<NamedAttribute> all(attributes);
  all.push_back(c.builder.dataTypeAttr("dtype", kernel));
  return c.builder.create<OnnxOp>(like.getType(), like, all);
}

static LogicalResult convertRand(Operation *op, ConversionContext &c) {
  return c.replace(op, random<Onnx::RandomUniformLikeOp>(op, {}, c));
}

static LogicalResult convertRandn(Operation *op, ConversionContext &c) {
  return c.replace(op, random<Onnx::RandomNormalLikeOp>(op, {}, c));
}

// Whole numbers from `low` up to, but without, `high`:
// floor(uniform * (high - low)) + low
static LogicalResult convertRandint(Operation *op, ConversionContext &c) {
  Value y = random<Onnx::RandomUniformLikeOp>(op, {}, c);
  Type type = OnnxBuilder::elementType(y);
  Value low = c.arg(op, "low");
  Value high = c.scalarAs(c.arg(op, "high"), type);
  if (!low)
    return c.replace(op, c.builder.floor(c.builder.mul(y, high)));
  Value start = c.scalarAs(low, type);
  y = c.builder.mul(y, c.builder.sub(high, start));
  return c.replace(op, c.builder.add(c.builder.floor(y), start));
}

static LogicalResult convertUniform(AtenUniformOp op, ConversionContext &c) {
  auto low = c.constFloat(op->getOperand(1)),
       high = c.constFloat(op->getOperand(2));
  if (!low || !high)
    return c.fail(op, "its bounds are not constant");
  return c.replace(
      op, random<Onnx::RandomUniformLikeOp>(op,
                                            {c.builder.realAttr("high", *high),
                                             c.builder.realAttr("low", *low)},
                                            c));
}

static LogicalResult convertNormal(Operation *op, ConversionContext &c) {
  auto mean = c.constFloat(c.arg(op, "mean")),
       std = c.constFloat(c.arg(op, "std"));
  if (!mean || !std)
    return c.fail(op, "its mean or deviation is not constant");
  return c.replace(
      op, random<Onnx::RandomNormalLikeOp>(op,
                                           {c.builder.realAttr("mean", *mean),
                                            c.builder.realAttr("scale", *std)},
                                           c));
}

// bernoulli(p) = uniform < p
static LogicalResult convertBernoulli(Operation *op, ConversionContext &c) {
  Value uniform = random<Onnx::RandomUniformLikeOp>(op, {}, c);
  Value p = c.arg(op, "p");
  Value bound =
      c.tensorAs(p ? p : op->getOperand(0), OnnxBuilder::elementType(uniform));
  return c.replace(op, c.builder.less(uniform, bound));
}

//===----------------------------------------------------------------------===//
// Dtypes
//===----------------------------------------------------------------------===//

static LogicalResult convertTo(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  if (isa<ComplexType>(type) != isa<ComplexType>(c.dtype(op->getOperand(0))))
    return c.fail(op, "ONNX has no conversion from or to complex numbers");
  return c.replace(op, c.tensorAs(op->getOperand(0), type));
}

static LogicalResult convertShapeAsTensor(Operation *op, ConversionContext &c) {
  return c.replace(op, c.shapeOf(op->getOperand(0)));
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void registerFilled(ConversionRegistry &r) {
  // What an empty tensor holds is anything; it is zeros here.
  r.addAll<AtenZerosOp, AtenZerosLikeOp, AtenNewZerosOp, AtenZeroOp,
           AtenEmptyMemoryFormatOp, AtenEmptyLikeOp, AtenNewEmptyOp>(
      convertFilled<0>);
  r.addAll<AtenOnesOp, AtenOnesLikeOp, AtenNewOnesOp>(convertFilled<1>);
  r.addAll<AtenFullOp, AtenFullLikeOp, AtenNewFullOp, AtenFillScalarOp,
           AtenFillTensorOp>(convertFull);
  r.add<AtenScalarTensorOp>(convertScalarTensor);
  r.add<AtenCopyOp>(convertCopy);
}

static void registerSequences(ConversionRegistry &r) {
  r.addAll<AtenArangeOp, AtenArangeStartOp, AtenArangeStartStepOp>(
      convertArange);
  r.addAll<AtenRangeOp, AtenRangeStepOp>(convertRange);
  r.addAll<AtenLinspaceOp, AtenLogspaceOp>(convertLinspace);
  r.addAll<AtenHannWindowOp, AtenHannWindowPeriodicOp>(
      [](Operation *op, ConversionContext &c) {
        return window(op, 0.5, 0.5, 0, c);
      });
  r.addAll<AtenHammingWindowOp, AtenHammingWindowPeriodicOp>(
      [](Operation *op, ConversionContext &c) {
        return window(op, 0.54, 0.46, 0, c);
      });
  r.addAll<AtenBlackmanWindowOp, AtenBlackmanWindowPeriodicOp>(
      [](Operation *op, ConversionContext &c) {
        return window(op, 0.42, 0.5, 0.08, c);
      });
  r.addAll<AtenEyeOp, AtenEyeMOp>(convertEye);
  r.add<AtenTrilIndicesOp>([](Operation *op, ConversionContext &c) {
    return triangleIndices(op, false, c);
  });
  r.add<AtenTriuIndicesOp>([](Operation *op, ConversionContext &c) {
    return triangleIndices(op, true, c);
  });
}

static void registerRandom(ConversionRegistry &r) {
  r.addAll<AtenRandOp, AtenRandLikeOp>(convertRand);
  r.addAll<AtenRandnOp, AtenRandnLikeOp>(convertRandn);
  r.addAll<AtenRandintOp, AtenRandintLowOp, AtenRandintLikeOp,
           AtenRandintLikeLowDtypeOp>(convertRandint);
  r.add<AtenUniformOp>(convertUniform);
  r.addAll<AtenNormalFloatFloatOp, AtenNormalFunctionalOp>(convertNormal);
  r.addAll<AtenBernoulliOp, AtenBernoulliPOp>(convertBernoulli);
}

void torchonnx::registerCreationConversions(ConversionRegistry &r) {
  registerFilled(r);
  registerSequences(r);
  registerRandom(r);
  r.addAll<AtenToDtypeOp, AtenToDtypeLayoutOp, AtenToDeviceOp, AtenToOtherOp,
           AtenToPrimDeviceOp, AtenToPrimDtypeOp, AtenToPrimOtherOp,
           AtenTypeAsOp, Aten_ToCopyOp>(convertTo);
  r.addAll<Aten_CastFloatOp, Aten_CastDoubleOp, Aten_CastHalfOp,
           Aten_CastLongOp, Aten_CastIntOp, Aten_CastShortOp, Aten_CastCharOp,
           Aten_CastByteOp>(convertTo);
  r.add<Aten_ShapeAsTensorOp>(convertShapeAsTensor);
}
