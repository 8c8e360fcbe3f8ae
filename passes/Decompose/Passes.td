//===- Passes.td - The pass decompose --------------------------------------===//

#ifndef TORCHONNX_PASSES_DECOMPOSE_PASSES
#define TORCHONNX_PASSES_DECOMPOSE_PASSES

include "mlir/Pass/PassBase.td"

def Decompose : Pass<"decompose", "::mlir::ModuleOp"> {
  let summary = "Replace operators that have no ONNX form by ones that have";
  let description = [{
    An operator without a conversion is replaced by the body of the function
    named after it in the built-in library (passes/Decompose/*.mlir) or in a
    file given with `decompositions`, which comes first and also replaces
    operators that have a conversion. The operations of the body are typed,
    folded and decomposed on the way in. A body whose branches can't be decided
    at compile time declines, and the operator stays as it was.
  }];
  let options = [
    ListOption<"decompositions", "decompositions", "std::string",
               "Files with further decompositions">,
    Option<"explain", "explain", "bool", "false",
           "Say which decompositions were used or declined, and why">
  ];
  let dependentDialects = ["::torchonnx::Torch::TorchDialect"];
}

#endif // TORCHONNX_PASSES_DECOMPOSE_PASSES
