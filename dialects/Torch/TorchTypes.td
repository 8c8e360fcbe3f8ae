//===- TorchTypes.td - Types of the torch dialect --------------------------===//

#ifndef TORCHONNX_DIALECTS_TORCH_TORCHTYPES
#define TORCHONNX_DIALECTS_TORCH_TORCHTYPES

include "mlir/IR/AttrTypeBase.td"
include "dialects/Torch/TorchBase.td"

class Torch_Type<string name, string keyword, list<Trait> traits = []>
    : TypeDef<Torch_Dialect, name, traits> {
  let mnemonic = keyword;
}

class Torch_ScalarType<string name, string keyword, string text>
    : Torch_Type<name, keyword> {
  let summary = text;
  let builderCall = "$_builder.getType<::torchonnx::Torch::" # name # "Type>()";
}

def Torch_IntType : Torch_ScalarType<"Int", "int", "a 64 bit integer">;
def Torch_FloatType : Torch_ScalarType<"Float", "float", "a 64 bit float">;
def Torch_BoolType : Torch_ScalarType<"Bool", "bool", "a truth value">;
def Torch_StrType : Torch_ScalarType<"Str", "str", "a string">;
def Torch_NoneType : Torch_ScalarType<"None", "none", "Python's None">;
def Torch_DeviceType : Torch_ScalarType<"Device", "device", "a device">;
def Torch_NumberType : Torch_ScalarType<"Number", "number", "an int or a float">;
def Torch_GeneratorType
    : Torch_ScalarType<"Generator", "generator", "a random number generator">;
def Torch_AnyType : Torch_ScalarType<"Any", "any", "a value of any type">;

def Torch_TensorType : Torch_Type<"Tensor", "tensor"> {
  let summary = "a tensor of which dtype and dimensions may be unknown";
  let description = [{
        !torch.tensor                            nothing is known
        !torch.tensor<[batch,3,seq + 1,?],f32>   ranked; `?` is unknown
        !torch.tensor<*,f32>                     unknown rank
        !torch.tensor<[2],?>                     unknown dtype
        !torch.tensor<[],f64,wrapped>            a Python number in a tensor,
                                                 which is weak in promotion
    The dtype is a builtin type; i1 is bool, signless integers are signed.
  }];
  let parameters = (ins "bool":$ranked,
                        ArrayRefParameter<"::torchonnx::Symbolic::DimAttr">:$dimList,
                        "::mlir::Type":$dtype, "bool":$wrapped);
  let skipDefaultBuilders = 1;
  let genAccessors = 0;
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    using DimAttr = ::torchonnx::Symbolic::DimAttr;

    /// A tensor of `dims`, or of unknown rank without them. A null dimension
    /// and a null `dtype` are unknown.
    static TensorType get(::mlir::MLIRContext *context,
                          std::optional<::llvm::ArrayRef<DimAttr>> dims,
                          ::mlir::Type dtype, bool wrapped = false);
    /// A tensor of constant sizes.
    static TensorType getStatic(::mlir::MLIRContext *context,
                                ::llvm::ArrayRef<int64_t> sizes,
                                ::mlir::Type dtype, bool wrapped = false);
    /// A tensor nothing is known about.
    static TensorType getUnknown(::mlir::MLIRContext *context);

    bool hasRank() const;
    int64_t getRank() const;
    /// The dimensions; empty if the rank is unknown.
    ::llvm::ArrayRef<DimAttr> getDims() const;
    /// The dimensions, if the rank is known.
    std::optional<::llvm::ArrayRef<DimAttr>> getOptionalDims() const;
    /// The dtype; null if unknown.
    ::mlir::Type getDtype() const;
    bool hasDtype() const { return static_cast<bool>(getDtype()); }
    /// Whether the tensor stands for a Python number in type promotion.
    bool isWrapped() const;
    /// The sizes, if all of them are constants.
    std::optional<::llvm::SmallVector<int64_t>> getStaticSizes() const;

    TensorType withDims(std::optional<::llvm::ArrayRef<DimAttr>> dims) const;
    TensorType withDtype(::mlir::Type dtype) const;
    TensorType withWrapped(bool wrapped) const;
  }];
}

def Torch_ListType : Torch_Type<"List", "list"> {
  let summary = "a list";
  let parameters = (ins "::mlir::Type":$elementType);
  let builders = [TypeBuilderWithInferredContext<
      (ins "::mlir::Type":$elementType), [{
    return $_get(elementType.getContext(), elementType);
  }]>];
  let assemblyFormat = "`<` custom<NestedType>($elementType) `>`";
}

def Torch_OptionalType : Torch_Type<"Optional", "optional"> {
  let summary = "a value or None";
  let parameters = (ins "::mlir::Type":$elementType);
  let builders = [TypeBuilderWithInferredContext<
      (ins "::mlir::Type":$elementType), [{
    return $_get(elementType.getContext(), elementType);
  }]>];
  let assemblyFormat = "`<` custom<NestedType>($elementType) `>`";
}

def Torch_TupleType : Torch_Type<"Tuple", "tuple"> {
  let summary = "a tuple";
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$elementTypes);
  let assemblyFormat = "`<` custom<NestedTypes>($elementTypes) `>`";
}

def Torch_DictType : Torch_Type<"Dict", "dict"> {
  let summary = "a dictionary";
  let parameters = (ins "::mlir::Type":$keyType, "::mlir::Type":$valueType);
  let builders = [TypeBuilderWithInferredContext<
      (ins "::mlir::Type":$keyType, "::mlir::Type":$valueType), [{
    return $_get(keyType.getContext(), keyType, valueType);
  }]>];
  let assemblyFormat =
      "`<` custom<NestedType>($keyType) `,` custom<NestedType>($valueType) `>`";
}

#endif // TORCHONNX_DIALECTS_TORCH_TORCHTYPES
