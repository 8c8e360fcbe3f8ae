//===- TypeConversion.cpp - LibTorch's types in the dialect ---------------===//

#include "lib/Import/TypeConversion.h"

#include "dialects/Torch/TorchTypes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

namespace torchonnx {

Type convertDtype(MLIRContext *context, c10::ScalarType dtype) {
  Builder builder(context);
  auto isUnsigned = [&](unsigned width) {
    return builder.getIntegerType(width, /*isSigned=*/false);
  };
  switch (dtype) {
  case c10::ScalarType::Bool:
    return builder.getI1Type();
  case c10::ScalarType::Char:
    return builder.getI8Type();
  case c10::ScalarType::Short:
    return builder.getI16Type();
  case c10::ScalarType::Int:
    return builder.getI32Type();
  case c10::ScalarType::Long:
    return builder.getI64Type();
  case c10::ScalarType::Byte:
    return isUnsigned(8);
  case c10::ScalarType::UInt16:
    return isUnsigned(16);
  case c10::ScalarType::UInt32:
    return isUnsigned(32);
  case c10::ScalarType::UInt64:
    return isUnsigned(64);
  case c10::ScalarType::Half:
    return builder.getF16Type();
  case c10::ScalarType::BFloat16:
    return builder.getBF16Type();
  case c10::ScalarType::Float:
    return builder.getF32Type();
  case c10::ScalarType::Double:
    return builder.getF64Type();
  case c10::ScalarType::ComplexHalf:
    return ComplexType::get(builder.getF16Type());
  case c10::ScalarType::ComplexFloat:
    return ComplexType::get(builder.getF32Type());
  case c10::ScalarType::ComplexDouble:
    return ComplexType::get(builder.getF64Type());
  case c10::ScalarType::Float8_e4m3fn:
    return builder.getFloat8E4M3FNType();
  case c10::ScalarType::Float8_e5m2:
    return builder.getFloat8E5M2Type();
  default:
    return nullptr;
  }
}

Type convertType(MLIRContext *context, const c10::TypePtr &type) {
  switch (type->kind()) {
  case c10::TypeKind::TensorType:
    return Torch::TensorType::getUnknown(context);
  case c10::TypeKind::IntType:
  case c10::TypeKind::SymIntType:
  case c10::TypeKind::ScalarTypeType:
  case c10::TypeKind::LayoutType:
  case c10::TypeKind::MemoryFormatType:
    return Torch::IntType::get(context);
  case c10::TypeKind::FloatType:
  case c10::TypeKind::SymFloatType:
    return Torch::FloatType::get(context);
  case c10::TypeKind::BoolType:
  case c10::TypeKind::SymBoolType:
    return Torch::BoolType::get(context);
  case c10::TypeKind::NumberType:
    return Torch::NumberType::get(context);
  case c10::TypeKind::StringType:
    return Torch::StrType::get(context);
  case c10::TypeKind::NoneType:
    return Torch::NoneType::get(context);
  case c10::TypeKind::DeviceObjType:
    return Torch::DeviceType::get(context);
  case c10::TypeKind::GeneratorType:
    return Torch::GeneratorType::get(context);
  case c10::TypeKind::ListType:
    return Torch::ListType::get(
        convertType(context, type->castRaw<c10::ListType>()->getElementType()));
  case c10::TypeKind::OptionalType:
    return Torch::OptionalType::get(convertType(
        context, type->castRaw<c10::OptionalType>()->getElementType()));
  case c10::TypeKind::TupleType: {
    SmallVector<Type> elements;
    for (const c10::TypePtr &element :
         type->castRaw<c10::TupleType>()->elements())
      elements.push_back(convertType(context, element));
    return Torch::TupleType::get(context, elements);
  }
  case c10::TypeKind::DictType: {
    auto *dict = type->castRaw<c10::DictType>();
    return Torch::DictType::get(convertType(context, dict->getKeyType()),
                                convertType(context, dict->getValueType()));
  }
  default:
    return Torch::AnyType::get(context);
  }
}

} // namespace torchonnx
