//===- TorchTypes.cpp - Types of the torch dialect
//-------------------------===//

#include "dialects/Torch/TorchTypes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace torchonnx;
using torchonnx::Symbolic::DimAttr;

// Inside a type of this dialect, the names of the dialect's types stand without
// `!torch.`: `!torch.list<optional<tensor<[2],f32>>>`.
static ParseResult parseNestedType(AsmParser &parser, Type &type);
static void printNestedType(AsmPrinter &printer, Type type);
static ParseResult parseNestedTypes(AsmParser &parser,
                                    SmallVectorImpl<Type> &types);
static void printNestedTypes(AsmPrinter &printer, ArrayRef<Type> types);

#define GET_TYPEDEF_CLASSES
#include "dialects/Torch/TorchTypes.cpp.inc"

static ParseResult parseNestedType(AsmParser &parser, Type &type) {
  SMLoc loc = parser.getCurrentLocation();
  if (*loc.getPointer() == '!') {
    if (parser.parseType(type))
      return failure();
    if (!isa<Torch::TorchDialect>(type.getDialect()))
      return parser.emitError(loc) << "expected a type of the torch dialect, "
                                      "but got "
                                   << type;
    return success();
  }
  StringRef mnemonic;
  OptionalParseResult result = generatedTypeParser(parser, &mnemonic, type);
  if (result.has_value())
    return *result;
  return parser.emitError(loc)
         << "unknown type '" << mnemonic << "' in the torch dialect";
}

static void printNestedType(AsmPrinter &printer, Type type) {
  if (failed(generatedTypePrinter(type, printer)))
    printer << type;
}

static ParseResult parseNestedTypes(AsmParser &parser,
                                    SmallVectorImpl<Type> &types) {
  if (*parser.getCurrentLocation().getPointer() == '>')
    return success();
  return parser.parseCommaSeparatedList(
      [&] { return parseNestedType(parser, types.emplace_back()); });
}

static void printNestedTypes(AsmPrinter &printer, ArrayRef<Type> types) {
  llvm::interleave(
      types, [&](Type type) { printNestedType(printer, type); },
      [&] { printer << ", "; });
}

namespace torchonnx::Torch {

void TorchDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Torch/TorchTypes.cpp.inc"
      >();
}

bool isValidDtype(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type))
    return complex.getElementType().isF32() || complex.getElementType().isF64();
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.isInteger(1)
               ? integer.isSignless()
               : !integer.isSigned() && llvm::is_contained({8u, 16u, 32u, 64u},
                                                           integer.getWidth());
  return type.isF16() || type.isBF16() || type.isF32() || type.isF64() ||
         isa<Float8E4M3FNType, Float8E5M2Type>(type);
}

//===----------------------------------------------------------------------===//
// TensorType
//===----------------------------------------------------------------------===//

TensorType TensorType::get(MLIRContext *context,
                           std::optional<ArrayRef<DimAttr>> dims, Type dtype,
                           bool wrapped) {
  return Base::get(context, dims.has_value(),
                   dims.value_or(ArrayRef<DimAttr>()), dtype, wrapped);
}

TensorType TensorType::getStatic(MLIRContext *context, ArrayRef<int64_t> sizes,
                                 Type dtype, bool wrapped) {
  SmallVector<DimAttr> dims;
  for (int64_t size : sizes)
    dims.push_back(DimAttr::getConstant(context, size));
  return get(context, ArrayRef<DimAttr>(dims), dtype, wrapped);
}

TensorType TensorType::getUnknown(MLIRContext *context) {
  return get(context, std::nullopt, Type());
}

bool TensorType::hasRank() const { return getImpl()->ranked; }

int64_t TensorType::getRank() const { return getImpl()->dimList.size(); }

ArrayRef<DimAttr> TensorType::getDims() const { return getImpl()->dimList; }

std::optional<ArrayRef<DimAttr>> TensorType::getOptionalDims() const {
  if (!hasRank())
    return std::nullopt;
  return getDims();
}

Type TensorType::getDtype() const { return getImpl()->dtype; }

bool TensorType::isWrapped() const { return getImpl()->wrapped; }

std::optional<SmallVector<int64_t>> TensorType::getStaticSizes() const {
  if (!hasRank())
    return std::nullopt;
  SmallVector<int64_t> sizes;
  for (DimAttr dim : getDims()) {
    std::optional<int64_t> size;
    if (dim)
      size = dim.getConstantValue();
    if (!size)
      return std::nullopt;
    sizes.push_back(*size);
  }
  return sizes;
}

TensorType TensorType::withDims(std::optional<ArrayRef<DimAttr>> dims) const {
  return get(getContext(), dims, getDtype(), isWrapped());
}

TensorType TensorType::withDtype(Type dtype) const {
  return get(getContext(), getOptionalDims(), dtype, isWrapped());
}

TensorType TensorType::withWrapped(bool wrapped) const {
  return get(getContext(), getOptionalDims(), getDtype(), wrapped);
}

LogicalResult
TensorType::verify(llvm::function_ref<InFlightDiagnostic()> emitError,
                   bool ranked, ArrayRef<DimAttr> dims, Type dtype,
                   bool wrapped) {
  if (dtype && !isValidDtype(dtype))
    return emitError() << dtype << " is no dtype of a tensor";
  if (wrapped && ranked && !dims.empty())
    return emitError() << "a wrapped number has no dimensions";
  for (DimAttr dim : dims)
    if (dim && dim.getConstantValue().value_or(0) < 0)
      return emitError() << "a dimension is never negative";
  return success();
}

// tensor | tensor `<` (`*` | `[` dims `]`) `,` (`?` | dtype) (`,` `wrapped`)?
// `>`
Type TensorType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  MLIRContext *context = parser.getContext();
  if (failed(parser.parseOptionalLess()))
    return getUnknown(context);
  SmallVector<DimAttr> dims;
  bool ranked = failed(parser.parseOptionalStar());
  if (ranked &&
      parser.parseCommaSeparatedList(
          AsmParser::Delimiter::Square,
          [&] { return Symbolic::parseDim(parser, dims.emplace_back()); },
          " in the dimensions of a tensor"))
    return {};
  Type dtype;
  if (parser.parseComma() ||
      (failed(parser.parseOptionalQuestion()) && parser.parseType(dtype)))
    return {};
  bool wrapped = false;
  if (succeeded(parser.parseOptionalComma())) {
    if (parser.parseKeyword("wrapped"))
      return {};
    wrapped = true;
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<TensorType>(loc, context, ranked,
                                       ArrayRef<DimAttr>(dims), dtype, wrapped);
}

void TensorType::print(AsmPrinter &printer) const {
  if (!hasRank() && !hasDtype() && !isWrapped())
    return;
  printer << '<';
  if (hasRank()) {
    printer << '[';
    llvm::interleave(
        getDims(),
        [&](DimAttr dim) { Symbolic::printDim(printer.getStream(), dim); },
        [&] { printer << ','; });
    printer << ']';
  } else {
    printer << '*';
  }
  printer << ',';
  if (hasDtype())
    printer << getDtype();
  else
    printer << '?';
  if (isWrapped())
    printer << ",wrapped";
  printer << '>';
}

} // namespace torchonnx::Torch
