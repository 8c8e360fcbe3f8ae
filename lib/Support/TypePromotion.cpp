//===- TypePromotion.cpp - PyTorch's type promotion -----------------------===//
//
// Follows c10/core/ScalarType and ATen/native/TypeProperties.
//
//===----------------------------------------------------------------------===//

#include "lib/Support/TypePromotion.h"
#include "dialects/Torch/TorchOps.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace torchonnx;

bool torchonnx::isBoolDtype(Type dtype) { return dtype.isInteger(1); }
bool torchonnx::isIntegerDtype(Type dtype) {
  return isa<IntegerType>(dtype) && !dtype.isInteger(1);
}
bool torchonnx::isFloatDtype(Type dtype) { return isa<FloatType>(dtype); }
bool torchonnx::isComplexDtype(Type dtype) { return isa<ComplexType>(dtype); }

/// bool < integer < float < complex.
static int getKind(Type dtype) {
  if (isComplexDtype(dtype))
    return 3;
  if (isFloatDtype(dtype))
    return 2;
  return isBoolDtype(dtype) ? 0 : 1;
}

static Type promoteIntegers(Type lhs, Type rhs) {
  bool lhsUnsigned = lhs.isUnsignedInteger(),
       rhsUnsigned = rhs.isUnsignedInteger();
  unsigned lhsWidth = lhs.getIntOrFloatBitWidth();
  unsigned rhsWidth = rhs.getIntOrFloatBitWidth();
  if (lhsUnsigned == rhsUnsigned)
    return lhsWidth >= rhsWidth ? lhs : rhs;
  unsigned signedWidth = lhsUnsigned ? rhsWidth : lhsWidth;
  unsigned unsignedWidth = lhsUnsigned ? lhsWidth : rhsWidth;
  if (signedWidth > unsignedWidth)
    return lhsUnsigned ? rhs : lhs;
  if (unsignedWidth >= 64)
    return {};
  return IntegerType::get(lhs.getContext(), unsignedWidth * 2);
}

Type torchonnx::promoteDtypes(Type lhs, Type rhs) {
  if (!lhs || !rhs)
    return {};
  if (lhs == rhs)
    return lhs;
  int lhsKind = getKind(lhs), rhsKind = getKind(rhs);
  if (lhsKind == 3 || rhsKind == 3) {
    auto getElement = [](Type type) {
      auto complex = dyn_cast<ComplexType>(type);
      return complex ? complex.getElementType() : type;
    };
    Type a = getElement(lhs), b = getElement(rhs);
    Type element = isFloatDtype(a) && isFloatDtype(b) ? promoteDtypes(a, b)
                   : isFloatDtype(a)                  ? a
                                                      : b;
    return element ? ComplexType::get(element) : Type();
  }
  if (lhsKind != rhsKind)
    return lhsKind > rhsKind ? lhs : rhs;
  if (lhsKind == 1)
    return promoteIntegers(lhs, rhs);
  // Two floats: the wider; f16 and bf16 meet in f32. 8 bit floats don't
  // promote.
  unsigned lhsWidth = lhs.getIntOrFloatBitWidth();
  unsigned rhsWidth = rhs.getIntOrFloatBitWidth();
  if (lhsWidth < 16 || rhsWidth < 16)
    return {};
  if (lhsWidth == rhsWidth)
    return Float32Type::get(lhs.getContext());
  return lhsWidth > rhsWidth ? lhs : rhs;
}

/// The dtype of a group of higher precedence against one of lower: the lower
/// only counts when its kind is higher. A null group is empty.
static Type combineGroups(Type higher, Type lower) {
  if (!higher)
    return lower;
  if (!lower || getKind(higher) >= getKind(lower))
    return higher;
  if (getKind(lower) == 3 && isFloatDtype(higher) &&
      higher.getIntOrFloatBitWidth() >= 16)
    return ComplexType::get(higher);
  return lower;
}

Type torchonnx::getResultDtype(ArrayRef<Type> types) {
  Type dimensioned, zeroDim, number;
  bool hasUnknownRank = false;
  auto join = [](Type &group, Type dtype) {
    group = group ? promoteDtypes(group, dtype) : dtype;
    return static_cast<bool>(group);
  };
  for (Type type : types) {
    MLIRContext *context = type.getContext();
    Type dtype;
    bool isNumber = true;
    if (auto tensor = dyn_cast<Torch::TensorType>(type)) {
      dtype = tensor.getDtype();
      if (!dtype)
        return {};
      isNumber = tensor.isWrapped();
      if (!isNumber) {
        hasUnknownRank |= !tensor.hasRank();
        bool isZeroDim = tensor.hasRank() && tensor.getRank() == 0;
        if (!join(isZeroDim ? zeroDim : dimensioned, dtype))
          return {};
        continue;
      }
      if (isFloatDtype(dtype))
        dtype = Float32Type::get(context);
      else if (isComplexDtype(dtype))
        dtype = ComplexType::get(Float32Type::get(context));
    } else if (isa<Torch::IntType>(type)) {
      dtype = IntegerType::get(context, 64);
    } else if (isa<Torch::FloatType>(type)) {
      dtype = Float32Type::get(context);
    } else if (isa<Torch::BoolType>(type)) {
      dtype = IntegerType::get(context, 1);
    } else if (isa<Torch::NumberType>(type)) {
      return {};
    } else {
      continue;
    }
    if (!join(number, dtype))
      return {};
  }
  Type result = combineGroups(dimensioned, combineGroups(zeroDim, number));
  // With an unknown rank it is unknown which group the tensor is in.
  if (hasUnknownRank && zeroDim && zeroDim != dimensioned)
    return {};
  return result;
}

Type torchonnx::toFloatDtype(Type dtype) {
  if (!dtype || !isa<IntegerType>(dtype))
    return dtype;
  return Float32Type::get(dtype.getContext());
}

static constexpr int64_t kLastScalarType = 29;

Type torchonnx::getDtypeFromScalarType(MLIRContext *context, int64_t number) {
  Builder builder(context);
  switch (number) {
  case 0:
    return IntegerType::get(context, 8, IntegerType::Unsigned);
  case 1:
    return builder.getIntegerType(8);
  case 2:
    return builder.getIntegerType(16);
  case 3:
    return builder.getIntegerType(32);
  case 4:
    return builder.getIntegerType(64);
  case 5:
    return builder.getF16Type();
  case 6:
    return builder.getF32Type();
  case 7:
    return builder.getF64Type();
  case 9:
    return ComplexType::get(builder.getF32Type());
  case 10:
    return ComplexType::get(builder.getF64Type());
  case 11:
    return builder.getI1Type();
  case 15:
    return builder.getBF16Type();
  case 23:
    return Float8E5M2Type::get(context);
  case 24:
    return Float8E4M3FNType::get(context);
  case 27:
    return IntegerType::get(context, 16, IntegerType::Unsigned);
  case 28:
    return IntegerType::get(context, 32, IntegerType::Unsigned);
  case 29:
    return IntegerType::get(context, 64, IntegerType::Unsigned);
  default:
    return {};
  }
}

int64_t torchonnx::getScalarTypeOfDtype(Type dtype) {
  for (int64_t number = 0; number <= kLastScalarType; ++number)
    if (getDtypeFromScalarType(dtype.getContext(), number) == dtype)
      return number;
  return -1;
}
