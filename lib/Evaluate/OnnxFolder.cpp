//===- OnnxFolder.cpp - ONNX operators on constants -----------------------===//
//
// The functions of OnnxFunctions.h work on LibTorch tensors that alias the
// bytes of the constants. An operator which has no function is not evaluated.
//
//===----------------------------------------------------------------------===//

#include "lib/Evaluate/OnnxFolder.h"

#include "dialects/Onnx/OnnxDialect.h"
#include "lib/Evaluate/OnnxFunctions.h"
#include "lib/Support/LibTorch.h"

#include "mlir/IR/TypeUtilities.h"

#include <stdexcept>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::folding;

//===----------------------------------------------------------------------===//
// Types and tensors
//===----------------------------------------------------------------------===//

void folding::fail(const std::string &reason) {
  throw std::runtime_error(reason);
}

at::ScalarType folding::scalarType(int dataType) {
  switch (dataType) {
  case 1:
    return at::kFloat;
  case 2:
    return at::kByte;
  case 3:
    return at::kChar;
  case 4:
    return at::kUInt16;
  case 5:
    return at::kShort;
  case 6:
    return at::kInt;
  case 7:
    return at::kLong;
  case 9:
    return at::kBool;
  case 10:
    return at::kHalf;
  case 11:
    return at::kDouble;
  case 12:
    return at::kUInt32;
  case 13:
    return at::kUInt64;
  case 14:
    return at::kComplexFloat;
  case 15:
    return at::kComplexDouble;
  case 16:
    return at::kBFloat16;
  default:
    fail("LibTorch has no such element type");
  }
}

static int dataType(at::ScalarType type) {
  for (int code : {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16})
    if (scalarType(code) == type)
      return code;
  fail("ONNX has no such element type");
}

at::ScalarType folding::scalarType(Type elementType) {
  std::optional<int> code = Onnx::getDataType(elementType);
  if (!code)
    fail("ONNX has no such element type");
  return scalarType(*code);
}

at::Tensor folding::makeTensor(const ConstantTensor &constant) {
  return at::from_blob(
      const_cast<char *>(constant.bytes.data.data()), constant.type.getShape(),
      at::TensorOptions(scalarType(constant.type.getElementType())));
}

bool folding::isInteger(const at::Tensor &tensor) {
  return at::isIntegralType(tensor.scalar_type(), /*includeBool=*/false);
}

std::vector<int64_t> folding::readInts(const at::Tensor &tensor) {
  at::Tensor flat = tensor.to(at::kLong).reshape({-1}).contiguous();
  const int64_t *data = flat.const_data_ptr<int64_t>();
  return {data, data + flat.numel()};
}

int64_t folding::normalizeAxis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= std::max<int64_t>(rank, 1))
    fail("axis " + std::to_string(axis) + " is out of range");
  return axis < 0 ? axis + rank : axis;
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

static const FunctionTable &getFunctions() {
  static const FunctionTable table = [] {
    FunctionTable functions;
    addShapeFunctions(functions);
    addArithmeticFunctions(functions);
    return functions;
  }();
  return table;
}

bool torchonnx::canEvaluateOnnx(StringRef op) {
  return getFunctions().contains(op);
}

FailureOr<ConstantTensor> torchonnx::evaluateOnnx(
    StringRef op, ArrayRef<std::optional<ConstantTensor>> inputs,
    DictionaryAttr attributes, RankedTensorType type, std::string &error) {
  auto function = getFunctions().find(op);
  if (function == getFunctions().end()) {
    error = ("the operator " + op + " is not evaluated").str();
    return failure();
  }
  ConstantTensor constant;
  bool done = guardTorch(error, [&] {
    SmallVector<at::Tensor> tensors;
    for (const std::optional<ConstantTensor> &input : inputs)
      tensors.push_back(input ? makeTensor(*input) : at::Tensor());
    while (!tensors.empty() && !tensors.back().defined())
      tensors.pop_back();
    at::Tensor value =
        function->second({tensors, attributes, type}).contiguous();
    Type elementType = Onnx::getElementType(attributes.getContext(),
                                            dataType(value.scalar_type()));
    ArrayRef<int64_t> sizes(value.sizes().data(), value.dim());
    constant.type = RankedTensorType::get(sizes, elementType);
    if (type && (type.getElementType() != elementType ||
                 failed(verifyCompatibleShape(type.getShape(), sizes))))
      fail("the result does not have the type that the model gives it");
    // A result may alias an operand, whose owner then has to stay alive.
    struct Owner {
      at::Tensor value;
      SmallVector<std::shared_ptr<void>> operands;
    };
    auto owner = std::make_shared<Owner>(Owner{value, {}});
    for (const std::optional<ConstantTensor> &input : inputs)
      if (input && input->bytes.owner)
        owner->operands.push_back(input->bytes.owner);
    constant.bytes.data = ArrayRef<char>(
        static_cast<const char *>(value.const_data_ptr()), value.nbytes());
    constant.bytes.owner = std::move(owner);
  });
  if (!done)
    return failure();
  return constant;
}

//===----------------------------------------------------------------------===//
// Deferred folds
//===----------------------------------------------------------------------===//

// One level of the computation is in memory at a time: the operands of an
// operator are released when its result is there.
static FailureOr<ConstantBytes> evaluateFold(Onnx::FoldAttr fold) {
  SmallVector<std::optional<ConstantTensor>> inputs;
  for (Attribute input : fold.getInputs()) {
    FailureOr<ConstantBytes> bytes = readConstant(input);
    auto type = dyn_cast<RankedTensorType>(cast<TypedAttr>(input).getType());
    if (failed(bytes) || !type)
      return failure();
    inputs.push_back(ConstantTensor{type, *bytes});
  }
  std::string error;
  FailureOr<ConstantTensor> result =
      evaluateOnnx(fold.getOp(), inputs, fold.getAttributes(),
                   cast<RankedTensorType>(fold.getType()), error);
  if (failed(result))
    return failure();
  return result->bytes;
}

[[maybe_unused]] static const bool registered =
    (setFoldEvaluator(evaluateFold), true);
