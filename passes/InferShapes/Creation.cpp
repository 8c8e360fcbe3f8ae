//===- Creation.cpp - Shape functions: new tensors and casts --------------===//

#include "passes/InferShapes/ShapeHelpers.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;

/// The dtype argument, or `otherwise` if it is None.
static Type getRequestedDtype(InferenceContext &context, Type otherwise) {
  Value requested = context.operand("dtype");
  return context.isNone(requested) ? otherwise : context.dtype(requested);
}

/// The dtype PyTorch gives a tensor made of a Python number.
static Type getNumberDtype(Value number, Type forFloat) {
  MLIRContext *context = number.getContext();
  if (isa<Torch::IntType>(number.getType()))
    return IntegerType::get(context, 64);
  if (isa<Torch::BoolType>(number.getType()))
    return IntegerType::get(context, 1);
  if (isa<Torch::FloatType>(number.getType()))
    return forFloat;
  return {};
}

static Type getF32(Operation *op) { return Float32Type::get(op->getContext()); }

/// zeros, ones, empty, rand: (size, ...).
static LogicalResult inferFactory(Operation *op, InferenceContext &context) {
  context.setTensor(0, getSizes(context, context.operand("size")),
                    getRequestedDtype(context, getF32(op)));
  return success();
}

static LogicalResult inferFull(Operation *op, InferenceContext &context) {
  Type dtype = getNumberDtype(context.operand("fill_value"), getF32(op));
  context.setTensor(0, getSizes(context, context.operand("size")),
                    getRequestedDtype(context, dtype));
  return success();
}

/// zeros_like and others: operand 0's shape; its dtype unless one is given.
static LogicalResult inferLike(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getDims(type),
                    getRequestedDtype(context, type.getDtype()));
  return success();
}

/// new_zeros and others: a new shape, operand 0's dtype unless one is given.
static LogicalResult inferNew(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getSizes(context, context.operand("size")),
                    getRequestedDtype(context, type.getDtype()));
  return success();
}

/// arange: ceil((end - start) / step) elements.
static LogicalResult inferArange(Operation *op, InferenceContext &context) {
  KnownValues &known = context.getKnown();
  Value start = context.operand("start"), end = context.operand("end");
  Value step = context.operand("step");
  bool hasFloat = false;
  for (Value bound : {start, end, step})
    hasFloat |= bound && isa<Torch::FloatType>(bound.getType());
  Type dtype = getRequestedDtype(
      context,
      hasFloat ? getF32(op) : Type(IntegerType::get(op->getContext(), 64)));
  DimAttr length;
  if (!hasFloat) {
    DimAttr first = start ? known.getDim(start) : context.constant(0);
    DimAttr by = step ? known.getDim(step) : context.constant(1);
    if (by && by.getConstantValue() == 0)
      return context.error("the step can't be 0");
    length = Symbolic::ceilDiv(Symbolic::sub(known.getDim(end), first), by);
    length = Symbolic::max(length, context.constant(0));
  } else {
    std::optional<double> first = start ? known.getFloat(start) : 0.0;
    std::optional<double> last = known.getFloat(end);
    std::optional<double> by = step ? known.getFloat(step) : 1.0;
    if (first && last && by && *by != 0)
      length = context.constant(
          static_cast<int64_t>(std::ceil((*last - *first) / *by)));
  }
  context.setTensor(0, Dims{length}, dtype);
  return success();
}

/// range: floor((end - start) / step) + 1 elements, f32 even of integers.
static LogicalResult inferRange(Operation *op, InferenceContext &context) {
  KnownValues &known = context.getKnown();
  Value step = context.operand("step");
  std::optional<double> first = known.getFloat(context.operand("start"));
  std::optional<double> last = known.getFloat(context.operand("end"));
  std::optional<double> by = step ? known.getFloat(step) : 1.0;
  DimAttr length;
  if (first && last && by && *by != 0)
    length = context.constant(std::max<int64_t>(
        0, static_cast<int64_t>(std::floor((*last - *first) / *by)) + 1));
  context.setTensor(0, Dims{length}, getRequestedDtype(context, getF32(op)));
  return success();
}

/// randint: integers unless a dtype is given.
static LogicalResult inferRandint(Operation *op, InferenceContext &context) {
  context.setTensor(
      0, getSizes(context, context.operand("size")),
      getRequestedDtype(context, IntegerType::get(op->getContext(), 64)));
  return success();
}

/// tril_indices, triu_indices(row, col, offset): a row and a column for each
/// position on one side of a diagonal.
static LogicalResult inferTriangleIndices(Operation *op,
                                          InferenceContext &context) {
  bool isUpper = Torch::getSchemaKey(op) == "aten.triu_indices";
  std::optional<int64_t> rows = context.getInt("row");
  std::optional<int64_t> columns = context.getInt("col");
  std::optional<int64_t> offset = context.getInt("offset");
  DimAttr length;
  if (rows && columns && offset) {
    int64_t count = 0;
    for (int64_t i = 0; i < *rows; ++i) {
      int64_t below = std::clamp<int64_t>(i + *offset + !isUpper, 0, *columns);
      count += isUpper ? *columns - below : below;
    }
    length = context.constant(count);
  }
  context.setTensor(
      0, Dims{context.constant(2), length},
      getRequestedDtype(context, IntegerType::get(op->getContext(), 64)));
  return success();
}

/// linspace, logspace: `steps` elements.
static LogicalResult inferLinspace(Operation *op, InferenceContext &context) {
  context.setTensor(0,
                    Dims{context.getKnown().getDim(context.operand("steps"))},
                    getRequestedDtype(context, getF32(op)));
  return success();
}

static LogicalResult inferEye(Operation *op, InferenceContext &context) {
  DimAttr rows = context.getKnown().getDim(context.operand("n"));
  Value m = context.operand("m");
  context.setTensor(0, Dims{rows, m ? context.getKnown().getDim(m) : rows},
                    getRequestedDtype(context, getF32(op)));
  return success();
}

/// scalar_tensor, tensor.int and others: a 0-dim tensor of a Python number.
static LogicalResult inferScalarTensor(Operation *op,
                                       InferenceContext &context) {
  context.setTensor(0, Dims(),
                    getRequestedDtype(context, getNumberDtype(op->getOperand(0),
                                                              getF32(op))));
  return success();
}

/// The length of a list at `depth`, and those of the lists in it. False if one
/// isn't known, or differs from its neighbour's.
static bool readLengths(Value list, InferenceContext &context, unsigned depth,
                        Dims &dims) {
  std::optional<SmallVector<Value>> elements = context.getKnown().getList(list);
  if (!elements)
    return false;
  DimAttr size = context.constant(elements->size());
  if (dims.size() == depth)
    dims.push_back(size);
  else if (dims[depth] != size)
    return false;
  for (Value element : *elements)
    if (isa<Torch::ListType>(element.getType()) &&
        !readLengths(element, context, depth + 1, dims))
      return false;
  return true;
}

/// tensor([...]): numbers of one type.
static LogicalResult inferListTensor(Operation *op, InferenceContext &context) {
  Value list = op->getOperand(0);
  Type element = list.getType();
  unsigned depth = 0;
  for (; auto type = dyn_cast<Torch::ListType>(element); ++depth)
    element = type.getElementType();
  Dims dims;
  if (!readLengths(list, context, 0, dims))
    dims.assign(depth, DimAttr());
  MLIRContext *mlirContext = op->getContext();
  Type dtype =
      isa<Torch::IntType>(element)     ? Type(IntegerType::get(mlirContext, 64))
      : isa<Torch::BoolType>(element)  ? Type(IntegerType::get(mlirContext, 1))
      : isa<Torch::FloatType>(element) ? getF32(op)
                                       : Type();
  context.setTensor(0, dims, getRequestedDtype(context, dtype));
  return success();
}

/// NumToTensor: a wrapped number, which is weak in type promotion.
static LogicalResult inferNumToTensor(Operation *op,
                                      InferenceContext &context) {
  Type dtype =
      getNumberDtype(op->getOperand(0), Float64Type::get(op->getContext()));
  context.setResult(0, Torch::TensorType::get(op->getContext(),
                                              ArrayRef<DimAttr>(), dtype,
                                              /*wrapped=*/true));
  return success();
}

/// A cast: forwarded where the dtype stays.
static LogicalResult setCast(Operation *op, InferenceContext &context,
                             Type dtype) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getDims(type), dtype);
  if (dtype && dtype == type.getDtype() && !type.isWrapped())
    context.forward(0, op->getOperand(0));
  // An integer's value survives in another integer dtype.
  if (Attribute value = context.getKnown().get(op->getOperand(0));
      isa_and_nonnull<DimAttr>(value) && dtype && isIntegerDtype(dtype) &&
      dtype.getIntOrFloatBitWidth() == 64)
    context.setTensorValue(0, value);
  return success();
}

/// to.dtype, _to_copy, to.device: the dtype that is asked for, if one is.
static LogicalResult inferTo(Operation *op, InferenceContext &context) {
  Type own = context.tensor(op->getOperand(0)).getDtype();
  return setCast(op, context, getRequestedDtype(context, own));
}

static LogicalResult inferToOther(Operation *op, InferenceContext &context) {
  return setCast(op, context, context.tensor(op->getOperand(1)).getDtype());
}

static LogicalResult inferNamedCast(Operation *op, InferenceContext &context) {
  Builder builder(op->getContext());
  StringRef name = Torch::getSchemaKey(op).drop_front(strlen("aten._cast_"));
  Type dtype = llvm::StringSwitch<Type>(name)
                   .Case("Float", builder.getF32Type())
                   .Case("Double", builder.getF64Type())
                   .Case("Half", builder.getF16Type())
                   .Case("Long", builder.getI64Type())
                   .Case("Int", builder.getI32Type())
                   .Case("Short", builder.getIntegerType(16))
                   .Case("Char", builder.getIntegerType(8))
                   .Default(IntegerType::get(op->getContext(), 8,
                                             IntegerType::Unsigned));
  return setCast(op, context, dtype);
}

/// _shape_as_tensor: a vector of as many sizes as there are dimensions.
static LogicalResult inferShapeAsTensor(Operation *op,
                                        InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(
      0, Dims{type.hasRank() ? context.constant(type.getRank()) : DimAttr()},
      IntegerType::get(op->getContext(), 64));
  return success();
}

/// hann_window and others: `window_length` elements.
static LogicalResult inferWindow(Operation *op, InferenceContext &context) {
  context.setTensor(0, Dims{context.getKnown().getDim(op->getOperand(0))},
                    getRequestedDtype(context, getF32(op)));
  return success();
}

void torchonnx::registerCreationShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.zeros", "aten.ones", "aten.empty.memory_format",
                "aten.rand", "aten.randn", "aten.normal.float_float"},
               inferFactory);
  registry.add({"aten.full"}, inferFull);
  registry.add({"aten.zeros_like", "aten.ones_like", "aten.empty_like",
                "aten.full_like", "aten.rand_like", "aten.randn_like",
                "aten.bernoulli", "aten.bernoulli.p", "aten.fill.Scalar",
                "aten.fill.Tensor", "aten.zero", "aten.copy",
                "aten.randint_like", "aten.randint_like.low_dtype",
                "aten.uniform", "aten.normal_functional"},
               inferLike);
  registry.add({"aten.randint", "aten.randint.low"}, inferRandint);
  registry.add(
      {"aten.new_zeros", "aten.new_ones", "aten.new_empty", "aten.new_full"},
      inferNew);
  registry.add({"aten.arange", "aten.arange.start", "aten.arange.start_step"},
               inferArange);
  registry.add({"aten.range", "aten.range.step"}, inferRange);
  registry.add({"aten.linspace", "aten.logspace"}, inferLinspace);
  registry.add({"aten.eye", "aten.eye.m"}, inferEye);
  registry.add({"aten.tril_indices", "aten.triu_indices"},
               inferTriangleIndices);
  registry.add({"aten.scalar_tensor", "aten.tensor.int", "aten.tensor.float",
                "aten.tensor.bool", "aten.as_tensor.int",
                "aten.as_tensor.float"},
               inferScalarTensor);
  registry.add({"aten.tensor", "aten.as_tensor.list"}, inferListTensor);
  registry.add({"prim.NumToTensor.Scalar", "prim.NumToTensor.bool"},
               inferNumToTensor);
  registry.add({"aten.to.dtype", "aten.to.dtype_layout", "aten.to.device",
                "aten.to.prim_dtype", "aten.to.prim_Device",
                "aten.to.prim_other", "aten._to_copy", "aten.as_tensor"},
               inferTo);
  registry.add({"aten.to.other", "aten.type_as"}, inferToOther);
  registry.add({"aten._cast_Float", "aten._cast_Double", "aten._cast_Half",
                "aten._cast_Long", "aten._cast_Int", "aten._cast_Short",
                "aten._cast_Char", "aten._cast_Byte"},
               inferNamedCast);
  registry.add({"aten._shape_as_tensor"}, inferShapeAsTensor);
  registry.add({"aten.hann_window", "aten.hann_window.periodic",
                "aten.hamming_window", "aten.hamming_window.periodic",
                "aten.blackman_window", "aten.blackman_window.periodic"},
               inferWindow);
}
