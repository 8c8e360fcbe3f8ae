//===- InferenceContext.cpp - What a shape function sees ------------------===//

#include "lib/Evaluate/InferenceContext.h"
#include "lib/Support/TypePromotion.h"

using namespace mlir;
using namespace torchonnx;

Torch::TensorType InferenceContext::tensor(Value value) const {
  if (auto type = dyn_cast<Torch::TensorType>(value.getType()))
    return type;
  return Torch::TensorType::getUnknown(getContext());
}

std::optional<SmallVector<Torch::TensorType>>
InferenceContext::tensorList(Value list) const {
  std::optional<SmallVector<Value>> elements = known.getList(list);
  if (!elements)
    return std::nullopt;
  return llvm::map_to_vector(*elements,
                             [&](Value element) { return tensor(element); });
}

std::optional<int64_t> InferenceContext::getInt(StringRef name) const {
  Value value = operand(name);
  return value ? known.getInt(value) : std::nullopt;
}

std::optional<bool> InferenceContext::getBool(StringRef name) const {
  Value value = operand(name);
  return value ? known.getBool(value) : std::nullopt;
}

std::optional<SmallVector<int64_t>>
InferenceContext::getIntList(StringRef name) const {
  Value value = operand(name);
  return value ? known.getIntList(value) : std::nullopt;
}

Type InferenceContext::dtype(Value scalarType) const {
  if (!scalarType)
    return {};
  std::optional<int64_t> number = known.getInt(scalarType);
  return number ? getDtypeFromScalarType(getContext(), *number) : Type();
}

void InferenceContext::setResult(unsigned index, Type type) {
  op->getResult(index).setType(type);
}

void InferenceContext::setTensor(unsigned index,
                                 std::optional<ArrayRef<DimAttr>> dims,
                                 Type dtype) {
  setResult(index, Torch::TensorType::get(getContext(), dims, dtype));
}

void InferenceContext::setTensorValue(unsigned index, Attribute value) {
  known.setTensorValue(op->getResult(index), value);
}

LogicalResult InferenceContext::error(const Twine &message) {
  errorMessage = (Torch::getSchemaKey(op) + ": " + message).str();
  return failure();
}

void InferenceContext::requireEqual(DimAttr a, DimAttr b) {
  if (!a || !b || a.isConstant() == b.isConstant())
    return;
  DimAttr size = a.isConstant() ? b : a, constant = a.isConstant() ? a : b;
  requirements.push_back({size, {*constant.getConstantValue()}});
}

void InferenceContext::requireBroadcast(DimAttr a, DimAttr b) {
  if (!a || !b || a.isConstant() == b.isConstant())
    return;
  DimAttr size = a.isConstant() ? b : a, constant = a.isConstant() ? a : b;
  if (int64_t other = *constant.getConstantValue(); other != 1)
    requirements.push_back({size, {1, other}});
}

FailureOr<int64_t> InferenceContext::wrapDim(int64_t dim, int64_t rank) {
  int64_t limit = std::max<int64_t>(rank, 1);
  if (dim < -limit || dim >= limit)
    return error("dimension " + Twine(dim) +
                 " is out of range for a tensor of " + Twine(rank) +
                 " dimensions");
  return dim < 0 ? dim + limit : dim;
}
