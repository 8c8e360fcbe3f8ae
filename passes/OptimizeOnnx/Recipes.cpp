//===- Recipes.cpp - Constants of the optimizer ---------------------------===//

#include "passes/OptimizeOnnx/Recipes.h"

#include "lib/Evaluate/OnnxFolder.h"
#include "lib/Support/Constants.h"

#include "mlir/Dialect/Traits.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

// A constant of up to this size is computed at once: the numbers that other
// rewrites look at are all smaller.
static constexpr int64_t kEagerBytes = 16 * 1024;

TypedAttr optimize::getInitializer(Value value) {
  auto op = value.getDefiningOp<Onnx::InitializerOp>();
  return op ? op.getValueAttr() : TypedAttr();
}

StringAttr optimize::getInitializerName(Value value) {
  auto op = value.getDefiningOp<Onnx::InitializerOp>();
  return op ? op.getNameAttr() : StringAttr();
}

RankedTensorType optimize::getType(TypedAttr constant) {
  return cast<RankedTensorType>(constant.getType());
}

int64_t optimize::getBytes(Type type) {
  return getConstantSize(cast<ShapedType>(type));
}

std::optional<SmallVector<int64_t>> optimize::getInts(Value value,
                                                      int64_t limit) {
  TypedAttr constant = getInitializer(value);
  if (!constant || getType(constant).getNumElements() > limit)
    return std::nullopt;
  return readInts(constant);
}

std::optional<int64_t> optimize::getInt(Value value) {
  std::optional<SmallVector<int64_t>> values = getInts(value, 1);
  if (!values || values->size() != 1)
    return std::nullopt;
  return values->front();
}

std::optional<double> optimize::getReal(Value value) {
  if (std::optional<int64_t> integer = getInt(value))
    return double(*integer);
  TypedAttr constant = getInitializer(value);
  if (!constant || getType(constant).getNumElements() != 1)
    return std::nullopt;
  std::optional<SmallVector<double>> values = readFloats(constant);
  if (!values || values->size() != 1)
    return std::nullopt;
  return values->front();
}

std::optional<double> optimize::getUniformReal(Value value) {
  TypedAttr constant = getInitializer(value);
  if (!constant || getType(constant).getNumElements() == 0)
    return std::nullopt;
  RankedTensorType type = getType(constant);
  RankedTensorType one = RankedTensorType::get({1}, type.getElementType());
  TypedAttr first;
  if (auto dense = dyn_cast<DenseElementsAttr>(constant)) {
    if (!dense.isSplat())
      return std::nullopt;
    first = dense.resizeSplat(one);
  } else {
    // What is yet to be computed is not computed for this question.
    int64_t width = getBytes(one);
    if (isa<Onnx::FoldAttr>(constant) ||
        getBytes(type) != width * type.getNumElements())
      return std::nullopt;
    FailureOr<ConstantBytes> bytes = readConstant(constant);
    if (failed(bytes))
      return std::nullopt;
    ArrayRef<char> data = bytes->data;
    if (data.drop_front(width) != data.drop_back(width))
      return std::nullopt;
    first = makeConstant(one, data.take_front(width));
  }
  if (std::optional<SmallVector<int64_t>> integers = readInts(first))
    return double(integers->front());
  std::optional<SmallVector<double>> reals = readFloats(first);
  return reals ? std::optional(reals->front()) : std::nullopt;
}

static bool isStatic(RankedTensorType type) {
  return type && type.hasStaticShape();
}

TypedAttr optimize::evaluate(StringRef op, ArrayRef<TypedAttr> operands,
                             DictionaryAttr attributes, RankedTensorType type,
                             std::string &error) {
  if (!canEvaluateOnnx(op)) {
    error = ("the operator " + op + " is not evaluated").str();
    return {};
  }
  while (!operands.empty() && !operands.back())
    operands = operands.drop_back();
  int64_t operandBytes = 0;
  for (TypedAttr operand : operands)
    if (operand)
      operandBytes += getBytes(operand.getType());

  if (isStatic(type) && getBytes(type) > kEagerBytes) {
    if (llvm::is_contained(operands, TypedAttr())) {
      error = "an operand is absent between others";
      return {};
    }
    SmallVector<Attribute> inputs(operands.begin(), operands.end());
    return Onnx::FoldAttr::get(
        op, inputs, attributes,
        RankedTensorType::get(type.getShape(), type.getElementType()));
  }
  if (!isStatic(type) && operandBytes > kEagerBytes) {
    error = "the size of the result is not known";
    return {};
  }

  SmallVector<std::optional<ConstantTensor>> inputs;
  for (TypedAttr operand : operands) {
    if (!operand) {
      inputs.push_back(std::nullopt);
      continue;
    }
    FailureOr<ConstantBytes> bytes = readConstant(operand, &error);
    if (failed(bytes))
      return {};
    inputs.push_back(ConstantTensor{getType(operand), *bytes});
  }
  FailureOr<ConstantTensor> result =
      evaluateOnnx(op, inputs, attributes, type, error);
  if (failed(result))
    return {};
  return makeConstant(result->type, result->bytes.data);
}

TypedAttr optimize::reshape(TypedAttr constant, ArrayRef<int64_t> shape) {
  RankedTensorType type =
      RankedTensorType::get(shape, getType(constant).getElementType());
  if (type == constant.getType())
    return constant;
  if (auto dense = dyn_cast<DenseElementsAttr>(constant))
    return dense.reshape(type);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(constant))
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  std::string error;
  return evaluate("Reshape", {constant, makeInts(constant.getContext(), shape)},
                  DictionaryAttr::get(constant.getContext()), type, error);
}

TypedAttr optimize::castTo(TypedAttr constant, Type elementType) {
  RankedTensorType type = getType(constant);
  if (type.getElementType() == elementType)
    return constant;
  std::optional<int> to = Onnx::getDataType(elementType);
  if (!to)
    return {};
  Builder b(constant.getContext());
  std::string error;
  return evaluate(
      "Cast", {constant},
      b.getDictionaryAttr(b.getNamedAttr("to", b.getI64IntegerAttr(*to))),
      type.clone(elementType), error);
}

TypedAttr optimize::combine(StringRef op, TypedAttr lhs, TypedAttr rhs) {
  if (!lhs || !rhs)
    return {};
  SmallVector<int64_t> shape;
  if (!OpTrait::util::getBroadcastedShape(getType(lhs).getShape(),
                                          getType(rhs).getShape(), shape))
    return {};
  std::string error;
  return evaluate(op, {lhs, rhs}, DictionaryAttr::get(lhs.getContext()),
                  RankedTensorType::get(shape, getType(lhs).getElementType()),
                  error);
}

TypedAttr optimize::makeInts(MLIRContext *context, ArrayRef<int64_t> values) {
  return DenseElementsAttr::get(
      RankedTensorType::get(int64_t(values.size()),
                            IntegerType::get(context, 64)),
      values);
}

TypedAttr optimize::makeReal(double value, Type elementType) {
  auto type = RankedTensorType::get({}, elementType);
  return DenseElementsAttr::get(
      type, cast<Attribute>(FloatAttr::get(elementType, value)));
}

Value optimize::makeInitializer(OpBuilder &builder, Location loc,
                                TypedAttr value, StringAttr name) {
  return builder.create<Onnx::InitializerOp>(loc, value, name);
}

StringAttr optimize::deriveName(Value value, StringRef suffix) {
  StringAttr name = getInitializerName(value);
  if (!name)
    return {};
  return StringAttr::get(value.getContext(), name.getValue() + "." + suffix);
}

bool optimize::canReplace(Value result, Value value) {
  if (result.getType() == value.getType())
    return true;
  auto from = dyn_cast<TensorType>(result.getType());
  auto to = dyn_cast<TensorType>(value.getType());
  if (!from || !to || from.getElementType() != to.getElementType())
    return false;
  return llvm::all_of(result.getUsers(), [](Operation *user) {
    return isa_and_nonnull<Onnx::OnnxDialect>(user->getDialect());
  });
}

LogicalResult optimize::replace(PatternRewriter &rewriter, Operation *op,
                                Value value) {
  for (OpResult result : op->getResults()) {
    if (result.use_empty())
      continue;
    if (result.getResultNumber() != 0)
      return rewriter.notifyMatchFailure(op, "another result is used");
    if (!canReplace(result, value))
      return rewriter.notifyMatchFailure(
          op, "the result leaves the graph with a type that would change");
  }
  if (op->getNumResults())
    rewriter.replaceAllUsesWith(op->getResult(0), value);
  rewriter.eraseOp(op);
  return success();
}
