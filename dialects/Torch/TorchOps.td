//===- TorchOps.td - Hand-written operations of the torch dialect ----------===//

#ifndef TORCHONNX_DIALECTS_TORCH_TORCHOPS
#define TORCHONNX_DIALECTS_TORCH_TORCHOPS

include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/Torch/TorchTypes.td"

class Torch_Op<string mnemonic, list<Trait> traits = []>
    : Op<Torch_Dialect, mnemonic, traits>;

/// Operations of TorchScript that take any number of values, printed like the
/// generated ones: `%r = torch.prim.ListConstruct %a, %b : types -> type`.
class Torch_PrimOp<string mnemonic, list<Trait> traits = []>
    : Torch_Op<mnemonic, traits> {
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<
      (ins "::mlir::TypeRange":$types, "::mlir::ValueRange":$values,
       CArg<"::llvm::ArrayRef<::mlir::NamedAttribute>", "{}">:$attributes), [{
    $_state.addOperands(values);
    $_state.addTypes(types);
    $_state.addAttributes(attributes);
  }]>];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

def Torch_SymbolicDimAttr : Attr<
    CPred<"::llvm::isa<::torchonnx::Symbolic::DimAttr>($_self)">,
    "a symbolic dimension"> {
  let storageType = "::torchonnx::Symbolic::DimAttr";
  let returnType = "::torchonnx::Symbolic::DimAttr";
  let convertFromStorage = "$_self";
  let constBuilderCall = "$0";
}

def Torch_ConstantOp : Torch_Op<"constant", [
    ConstantLike, Pure,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "a scalar, a string, a device or None";
  let description = [{
        %int1 = torch.constant 1 : !torch.int
        %float1.5 = torch.constant 1.5 : !torch.float
        %true = torch.constant true
        %str_mean = torch.constant "mean"
        %cpu = torch.constant "cpu" : !torch.device
        %none = torch.constant none
    The attribute is an i64 IntegerAttr, an f64 FloatAttr, a BoolAttr, a
    StringAttr (str, device) or a UnitAttr (none).
  }];
  let arguments = (ins AnyAttr:$value);
  let results = (outs AnyType:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Torch_SymbolicIntOp : Torch_Op<"symbolic_int", [
    ConstantLike, Pure,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "an integer that is an expression of named dimensions";
  let arguments = (ins Torch_SymbolicDimAttr:$value);
  let results = (outs Torch_IntType:$result);
  let description = [{
        %batch = torch.symbolic_int #symbolic.dim<batch> : !torch.int
  }];
  let hasCustomAssemblyFormat = 1;
  let hasFolder = 1;
}

def Torch_TensorConstantOp : Torch_Op<"tensor_constant", [
    ConstantLike, Pure,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "a parameter, a buffer or a literal tensor";
  let description = [{
        %w = torch.tensor_constant "fc1.weight" dense_resource<k> : tensor<2xf32>
             -> !torch.tensor<[2],f32>
    The name is that of the state_dict and is empty for literals. The elements
    are contiguous and usually lie in storage that LibTorch owns.
  }];
  let arguments = (ins ElementsAttr:$value,
                       OptionalAttr<StrAttr>:$name);
  let results = (outs Torch_TensorType:$result);
  let assemblyFormat = "($name^)? $value attr-dict `->` qualified(type($result))";
  let hasVerifier = 1;
  let hasFolder = 1;
  let builders = [OpBuilder<(ins "::mlir::ElementsAttr":$value,
                                 CArg<"::llvm::StringRef", "{}">:$name)>];
}

//===----------------------------------------------------------------------===//
// Operators of no list
//===----------------------------------------------------------------------===//

def Torch_OperatorOp : Torch_Op<"operator"> {
  let summary = "an operator that no list of this dialect names";
  let description = [{
        %0 = torch.operator "my_ops.twice"(%x) {schema = "..."}
             : (!torch.tensor) -> !torch.tensor
    In-place and `out=` operators arrive in this form, and operators of user
    libraries, which bring their schema.
  }];
  let arguments = (ins StrAttr:$name, Variadic<AnyType>:$arguments,
                       OptionalAttr<StrAttr>:$schema);
  let results = (outs Variadic<AnyType>:$values);
  let assemblyFormat = [{
    $name `(` $arguments `)` attr-dict `:`
    functional-type($arguments, $values)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Containers
//===----------------------------------------------------------------------===//

def Torch_PrimListConstructOp : Torch_PrimOp<"prim.ListConstruct", [Pure]> {
  let summary = "a list of its operands";
  let arguments = (ins Variadic<AnyType>:$elements);
  let results = (outs Torch_ListType:$list);
}

def Torch_PrimListUnpackOp : Torch_PrimOp<"prim.ListUnpack", [Pure]> {
  let summary = "the elements of a list whose length is known";
  let arguments = (ins Torch_ListType:$list);
  let results = (outs Variadic<AnyType>:$elements);
}

def Torch_PrimTupleConstructOp : Torch_PrimOp<"prim.TupleConstruct", [Pure]> {
  let summary = "a tuple of its operands";
  let arguments = (ins Variadic<AnyType>:$elements);
  let results = (outs Torch_TupleType:$tuple);
}

def Torch_PrimTupleUnpackOp : Torch_PrimOp<"prim.TupleUnpack", [Pure]> {
  let summary = "the elements of a tuple";
  let arguments = (ins Torch_TupleType:$tuple);
  let results = (outs Variadic<AnyType>:$elements);
}

def Torch_PrimDictConstructOp : Torch_PrimOp<"prim.DictConstruct", [Pure]> {
  let summary = "a dictionary of its operands: key, value, key, value, ...";
  let arguments = (ins Variadic<AnyType>:$keysAndValues);
  let results = (outs Torch_DictType:$dict);
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

def Torch_PrimIfOp : Torch_Op<"prim.If", [
    SingleBlock, NoRegionArguments, RecursiveMemoryEffects,
    RecursivelySpeculatable]> {
  let summary = "a branch on a condition";
  let description = [{
        %r = torch.prim.If %cond -> (!torch.int) {
          torch.prim.yield %a : !torch.int
        } else {
          torch.prim.yield %b : !torch.int
        }
  }];
  let arguments = (ins Torch_BoolType:$condition);
  let results = (outs Variadic<AnyType>:$values);
  let regions = (region SizedRegion<1>:$thenRegion, SizedRegion<1>:$elseRegion);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let skipDefaultBuilders = 1;
  /// The regions get an empty block each, whose terminator the caller adds.
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$types,
                                 "::mlir::Value":$condition)>];
  let extraClassDeclaration = [{
    ::mlir::Block &getThenBlock() { return getThenRegion().front(); }
    ::mlir::Block &getElseBlock() { return getElseRegion().front(); }
    /// The value that result `index` has after the given branch.
    ::mlir::Value getThenValue(unsigned index) {
      return getThenBlock().getTerminator()->getOperand(index);
    }
    ::mlir::Value getElseValue(unsigned index) {
      return getElseBlock().getTerminator()->getOperand(index);
    }
  }];
}

def Torch_PrimLoopOp : Torch_Op<"prim.Loop", [
    SingleBlock, RecursiveMemoryEffects]> {
  let summary = "a loop with a trip count, a condition and carried values";
  let description = [{
        %r = torch.prim.Loop %max, %true, init(%a) : (!torch.int) -> !torch.int {
        ^bb0(%i: !torch.int, %c: !torch.int):
          ...
          torch.prim.loop_condition %go, iter(%next) : !torch.int
        }
    The body runs while the condition holds and at most `maxTripCount` times.
  }];
  let arguments = (ins Torch_IntType:$maxTripCount,
                       Torch_BoolType:$initialCondition,
                       Variadic<AnyType>:$initialValues);
  let results = (outs Variadic<AnyType>:$values);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $maxTripCount `,` $initialCondition `,` `init` `(` $initialValues `)`
    attr-dict `:` functional-type($initialValues, $values) $body
  }];
  let hasVerifier = 1;
  let skipDefaultBuilders = 1;
  /// The body gets a block with its arguments, whose terminator the caller adds.
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$types,
                                 "::mlir::Value":$maxTripCount,
                                 "::mlir::Value":$initialCondition,
                                 "::mlir::ValueRange":$initialValues)>];
  let extraClassDeclaration = [{
    ::mlir::Block &getBodyBlock() { return getBody().front(); }
    ::mlir::Value getInductionVariable() {
      return getBodyBlock().getArgument(0);
    }
    /// Whether it is a `for`: the condition is true, now and in every round.
    bool isForLike();
  }];
}

def Torch_PrimYieldOp : Torch_Op<"prim.yield", [
    Pure, Terminator, HasParent<"PrimIfOp">]> {
  let summary = "the values of a branch";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

def Torch_PrimLoopConditionOp : Torch_Op<"prim.loop_condition", [
    Pure, Terminator, HasParent<"PrimLoopOp">]> {
  let summary = "whether a loop goes on, and the values it carries";
  let arguments = (ins Torch_BoolType:$condition, Variadic<AnyType>:$values);
  let assemblyFormat = [{
    $condition attr-dict (`,` `iter` `(` $values^ `)` `:` type($values))?
  }];
}

#endif // TORCHONNX_DIALECTS_TORCH_TORCHOPS
