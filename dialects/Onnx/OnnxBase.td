//===- OnnxBase.td - The onnx dialect: shared definitions --*- tablegen -*-===//

#ifndef TORCHONNX_DIALECTS_ONNX_ONNXBASE_TD
#define TORCHONNX_DIALECTS_ONNX_ONNXBASE_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Onnx_Dialect : Dialect {
  let name = "onnx";
  let cppNamespace = "::torchonnx::Onnx";
  let summary = "The operators of ONNX";
  let description = [{
    All ai.onnx operators of one opset, `kDialectOpset`. Operators and their
    attributes, operands and results are named as in the ONNX specification.

    An optional operand that is absent is the value of `onnx.none`; an optional
    result that is not wanted has the type `none`. Attributes that are absent
    have their schema's default.
  }];
  let dependentDialects = ["::torchonnx::Symbolic::SymbolicDialect"];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  // Attributes live in the operation's dictionary: they are read far less often
  // than 200 property classes take to compile.
  let usePropertiesForAttributes = 0;
  let extraClassDeclaration = [{
    std::optional<ParseOpHook>
    getParseOperationHook(::llvm::StringRef name) const override;
    ::llvm::unique_function<void(::mlir::Operation *, ::mlir::OpAsmPrinter &)>
    getOperationPrinter(::mlir::Operation *op) const override;

  private:
    void registerHandWrittenOps();
    void registerAttributes();
    void registerTypes();
    // One function for each group of generated operators, defined in its own
    // translation unit: registration is what takes long to compile.
    void registerOpsAtoF();
    void registerOpsGtoQ();
    void registerOpsRtoZ();

  public:
  }];
}

// The operation is one of the ONNX specification; it verifies itself against
// its schema.
def Onnx_SchemaOp : NativeOpTrait<"SchemaOp"> {
  let cppNamespace = "::torchonnx::Onnx";
}

// Two evaluations of the operation give different values: it may be erased
// when unused, but never merged with another.
def Onnx_RandomEffect : NativeOpTrait<"RandomEffect"> {
  let cppNamespace = "::torchonnx::Onnx";
}
def Onnx_RandomOp
    : TraitList<[MemoryEffectsOpInterface, Onnx_RandomEffect]>;

class Onnx_Attr<string storage, string native, string convert,
                string summary_> : Attr<CPred<"true">, summary_> {
  let storageType = storage;
  let returnType = native;
  let convertFromStorage = convert;
}

def Onnx_IntAttr : Onnx_Attr<"::mlir::IntegerAttr", "int64_t", "$_self.getInt()",
                             "integer"> {
  let constBuilderCall = "$_builder.getI64IntegerAttr($0)";
  let valueType = I64;
}
def Onnx_FloatAttr : Onnx_Attr<"::mlir::FloatAttr", "float",
                               "$_self.getValue().convertToFloat()", "float"> {
  let constBuilderCall = "$_builder.getF32FloatAttr($0)";
  let valueType = F32;
}
def Onnx_StringAttr : Onnx_Attr<"::mlir::StringAttr", "::llvm::StringRef",
                                "$_self.getValue()", "string"> {
  let constBuilderCall = "$_builder.getStringAttr($0)";
}
def Onnx_IntsAttr : Onnx_Attr<"::mlir::DenseI64ArrayAttr",
                              "::llvm::ArrayRef<int64_t>",
                              "$_self.asArrayRef()", "list of integers">;
def Onnx_FloatsAttr : Onnx_Attr<"::mlir::DenseF32ArrayAttr",
                                "::llvm::ArrayRef<float>",
                                "$_self.asArrayRef()", "list of floats">;
def Onnx_StringsAttr : Onnx_Attr<"::mlir::ArrayAttr", "::mlir::ArrayAttr",
                                 "$_self", "list of strings">;
def Onnx_TensorAttr : Onnx_Attr<"::mlir::ElementsAttr", "::mlir::ElementsAttr",
                                "$_self", "tensor">;
def Onnx_AnyAttr : Onnx_Attr<"::mlir::Attribute", "::mlir::Attribute", "$_self",
                             "attribute">;

class Onnx_Op<string mnemonic, list<Trait> traits, int regionCount = 0>
    : Op<Onnx_Dialect, mnemonic, traits> {
  // One builder fits all operators: operands in the order of the schema (an
  // absent optional one is the value of an `onnx.none`), and attributes.
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$types,
      "::mlir::ValueRange":$operands,
      CArg<"::llvm::ArrayRef<::mlir::NamedAttribute>", "{}">:$attributes),
      "detail::buildSchemaOp($_state, types, operands, attributes, "
      # regionCount # ");">];
}

#endif // TORCHONNX_DIALECTS_ONNX_ONNXBASE_TD
