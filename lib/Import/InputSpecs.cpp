//===- InputSpecs.cpp - What the user says of the inputs ------------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "dialects/Torch/TorchDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectRegistry.h"
#include "torch_onnx_opt/Import.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

void registerImportDialects(DialectRegistry &registry) {
  registry.insert<func::FuncDialect, Symbolic::SymbolicDialect,
                  Torch::TorchDialect>();
}

Type parseDtype(MLIRContext *context, StringRef text) {
  Builder builder(context);
  auto isUnsigned = [&](unsigned width) {
    return builder.getIntegerType(width, /*isSigned=*/false);
  };
  text.consume_front("torch.");
  return llvm::StringSwitch<Type>(text)
      .Cases("f16", "float16", "half", builder.getF16Type())
      .Cases("bf16", "bfloat16", builder.getBF16Type())
      .Cases("f32", "float32", "float", builder.getF32Type())
      .Cases("f64", "float64", "double", builder.getF64Type())
      .Cases("i8", "int8", builder.getI8Type())
      .Cases("i16", "int16", builder.getI16Type())
      .Cases("i32", "int32", "int", builder.getI32Type())
      .Cases("i64", "int64", "long", builder.getI64Type())
      .Cases("ui8", "u8", "uint8", isUnsigned(8))
      .Cases("ui16", "u16", "uint16", isUnsigned(16))
      .Cases("ui32", "u32", "uint32", isUnsigned(32))
      .Cases("ui64", "u64", "uint64", isUnsigned(64))
      .Cases("i1", "bool", builder.getI1Type())
      .Cases("c64", "complex64", "complex<f32>",
             ComplexType::get(builder.getF32Type()))
      .Cases("c128", "complex128", "complex<f64>",
             ComplexType::get(builder.getF64Type()))
      .Cases("f8E4M3FN", "f8e4m3fn", "float8_e4m3fn",
             builder.getFloat8E4M3FNType())
      .Cases("f8E5M2", "f8e5m2", "float8_e5m2", builder.getFloat8E5M2Type())
      .Default(nullptr);
}

static bool isIdentifier(StringRef text) {
  return !text.empty() && (llvm::isAlpha(text[0]) || text[0] == '_') &&
         llvm::all_of(text, [](char c) {
           return llvm::isAlnum(c) || c == '_' || c == '.';
         });
}

std::string parseInputSpec(StringRef text, InputSpec &spec) {
  spec = InputSpec();
  StringRef rest = text.trim();
  if (rest.empty())
    return "an empty input description";
  size_t equal = rest.find('=');
  if (equal != StringRef::npos) {
    spec.name = rest.take_front(equal).trim().str();
    if (spec.name.empty())
      return "'" + text.str() + "' has no name before '='";
    rest = rest.substr(equal + 1).trim();
  }
  size_t colon = rest.rfind(':');
  if (colon != StringRef::npos) {
    spec.dtype = rest.substr(colon + 1).trim().str();
    rest = rest.take_front(colon).trim();
    MLIRContext context(MLIRContext::Threading::DISABLED);
    if (!parseDtype(&context, spec.dtype))
      return "'" + spec.dtype + "' in '" + text.str() +
             "' is no dtype; use f32, f16, bf16, f64, i64, i32, i16, i8, u8 or "
             "bool";
    // "x:f32" names the input, "1,3:f32" and "batch,3:f32" its dimensions.
    if (spec.name.empty() && isIdentifier(rest)) {
      spec.name = rest.str();
      return "";
    }
  }
  if (rest.empty() && !spec.dtype.empty())
    return "";
  spec.dims.emplace();
  if (rest.consume_front("[") && !rest.consume_back("]"))
    return "'" + text.str() + "' has a '[' without ']'";
  if (rest.trim().empty()) {
    if (spec.dtype.empty() && spec.name.empty())
      return "'" + text.str() + "' says nothing of the input";
    return "";
  }
  SmallVector<StringRef> parts;
  rest.split(parts, ',');
  for (StringRef part : parts) {
    part = part.trim();
    int64_t size;
    if (part == "?") {
      spec.dims->emplace_back(std::monostate());
    } else if (!part.getAsInteger(10, size)) {
      if (size < 0)
        return "the dimension " + part.str() + " in '" + text.str() +
               "' is negative; name it, or write ? for an unknown one";
      spec.dims->emplace_back(size);
    } else if (isIdentifier(part)) {
      spec.dims->emplace_back(part.str());
    } else {
      return "'" + part.str() + "' in '" + text.str() +
             "' is no dimension; use a size, a name or ?";
    }
  }
  return "";
}

std::string parseDynamicAxis(StringRef text, DynamicAxis &axis) {
  axis = DynamicAxis();
  auto [place, symbol] = text.split('=');
  auto [input, number] = place.rsplit(':');
  axis.input = input.trim().str();
  axis.symbol = symbol.trim().str();
  if (axis.input.empty() || number.trim().getAsInteger(10, axis.axis))
    return "'" + text.str() +
           "' does not have the form input:axis=name, as in x:0=batch";
  if (!axis.symbol.empty() && !isIdentifier(axis.symbol))
    return "'" + axis.symbol + "' in '" + text.str() +
           "' is no name for a dimension";
  return "";
}

} // namespace torchonnx
