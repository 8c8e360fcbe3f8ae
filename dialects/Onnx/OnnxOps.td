//===- OnnxOps.td - Hand-written parts of the onnx dialect -*- tablegen -*-===//

#ifndef TORCHONNX_DIALECTS_ONNX_ONNXOPS_TD
#define TORCHONNX_DIALECTS_ONNX_ONNXOPS_TD

include "dialects/Onnx/OnnxBase.td"

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

class Onnx_Type<string name, string mnemonic_> : TypeDef<Onnx_Dialect, name> {
  let mnemonic = mnemonic_;
}

def Onnx_SequenceType : Onnx_Type<"Sequence", "seq"> {
  let summary = "a sequence of tensors";
  let parameters = (ins "::mlir::Type":$elementType);
  let assemblyFormat = "`<` $elementType `>`";
  let builders = [TypeBuilderWithInferredContext<(ins
      "::mlir::Type":$elementType), [{
    return $_get(elementType.getContext(), elementType);
  }]>];
}

def Onnx_OptionalType : Onnx_Type<"Optional", "opt"> {
  let summary = "a tensor or sequence that may be missing";
  let parameters = (ins "::mlir::Type":$elementType);
  let assemblyFormat = "`<` $elementType `>`";
  let builders = [TypeBuilderWithInferredContext<(ins
      "::mlir::Type":$elementType), [{
    return $_get(elementType.getContext(), elementType);
  }]>];
}

def Onnx_UnknownType : Onnx_Type<"Unknown", "unknown"> {
  let summary = "a type that nothing tells, as of a custom operator's result";
}

// Element types that MLIR's builtin dialect has no types for.
def Onnx_StringType : Onnx_Type<"String", "str"> {
  let summary = "the element type of a tensor of strings";
}
def Onnx_F4E2M1Type : Onnx_Type<"F4E2M1", "f4E2M1"> {
  let summary = "the element type FLOAT4E2M1";
}
def Onnx_F8E8M0Type : Onnx_Type<"F8E8M0", "f8E8M0"> {
  let summary = "the element type FLOAT8E8M0";
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

def Onnx_FoldAttr : AttrDef<Onnx_Dialect, "Fold", [TypedAttrInterface]> {
  let mnemonic = "fold";
  let summary = "a constant that is computed when it is needed";
  let description = [{
    The result of an ONNX operator on constants, of which each is an
    elements attribute or another `#onnx.fold`. Nothing is computed until
    the bytes are read, so that a rewrite of large weights costs no memory.

    ```mlir
    #onnx.fold<"Transpose"(dense<..> : tensor<2x3xf32>)
               {perm = array<i64: 1, 0>}> : tensor<3x2xf32>
    ```
  }];
  let parameters = (ins
    StringRefParameter<"the operator's name">:$op,
    ArrayRefParameter<"::mlir::Attribute">:$inputs,
    "::mlir::DictionaryAttr":$attributes,
    AttributeSelfTypeParameter<"">:$type);
  let assemblyFormat = "`<` $op `(` $inputs `)` $attributes `>`";
  let genVerifyDecl = 1;
  let builders = [AttrBuilderWithInferredContext<(ins "::llvm::StringRef":$op,
      "::llvm::ArrayRef<::mlir::Attribute>":$inputs,
      "::mlir::DictionaryAttr":$attributes, "::mlir::Type":$type), [{
    return $_get(type.getContext(), op, inputs, attributes, type);
  }]>];
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

def Onnx_InitializerOp : Op<Onnx_Dialect, "initializer", [
    ConstantLike, Pure, DeclareOpInterfaceMethods<OpAsmOpInterface,
                                                  ["getAsmResultNames"]>]> {
  let summary = "a constant";
  let description = [{
    A constant tensor: a weight, under the name that the model has for it, or a
    number that the conversion needs. The value is an elements attribute, whose
    bytes may be a weight's own storage, or a computation on such (`#onnx.fold`).

    ```mlir
    %0 = onnx.initializer "fc1.weight" dense_resource<w0> : tensor<128x64xf32>
    %1 = onnx.initializer dense<[0, -1]> : tensor<2xi64>
    ```
  }];
  let arguments = (ins TypedAttrInterface:$value, OptionalAttr<StrAttr>:$name);
  let results = (outs AnyType:$output);
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::mlir::TypedAttr":$value,
                   CArg<"::mlir::StringAttr", "{}">:$name)>,
    OpBuilder<(ins "::mlir::TypeRange":$types, "::mlir::ValueRange":$operands,
        CArg<"::llvm::ArrayRef<::mlir::NamedAttribute>", "{}">:$attributes),
        "detail::buildSchemaOp($_state, types, operands, attributes, 0);">];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Onnx_NoneOp : Op<Onnx_Dialect, "none", [
    ConstantLike, Pure, DeclareOpInterfaceMethods<OpAsmOpInterface,
                                                  ["getAsmResultNames"]>]> {
  let summary = "stands for an optional operand that is absent";
  let results = (outs NoneType:$output);
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
  let assemblyFormat = "attr-dict";
  let hasFolder = 1;
}

def Onnx_CustomOp : Op<Onnx_Dialect, "custom", [Onnx_RandomOp]> {
  let summary = "an operator that is not in the modelled opset";
  let description = [{
    An operator of any domain. Its attributes are kept apart from those of the
    operation, so that they may have any name. An operator of the standard
    domain (`""`) is one that the modelled opset has no more, or spells
    otherwise.

    ```mlir
    %0 = onnx.custom "my.domain" "MyOp"(%x) {alpha = 1.0 : f32}
           : (tensor<2xf32>) -> tensor<2xf32>
    ```

    An attribute that is a graph is a region; `region_names` has its name.
  }];
  let arguments = (ins StrAttr:$domain, StrAttr:$op_type,
                       Variadic<AnyType>:$inputs, DictionaryAttr:$op_attributes,
                       OptionalAttr<StrArrayAttr>:$region_names);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region VariadicRegion<SizedRegion<1>>:$graphs);
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$types,
      "::llvm::StringRef":$domain, "::llvm::StringRef":$opType,
      "::mlir::ValueRange":$inputs,
      CArg<"::mlir::DictionaryAttr", "{}">:$attributes,
      CArg<"::llvm::ArrayRef<::llvm::StringRef>", "{}">:$regionNames)>];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Onnx_YieldOp : Op<Onnx_Dialect, "yield", [Pure, Terminator]> {
  let summary = "the outputs of a subgraph";
  let arguments = (ins Variadic<AnyType>:$outputs);
  let assemblyFormat = "($outputs^ `:` type($outputs))? attr-dict";
}

#endif // TORCHONNX_DIALECTS_ONNX_ONNXOPS_TD
