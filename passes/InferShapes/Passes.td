//===- Passes.td - The pass infer-shapes -----------------------------------===//

#ifndef TORCHONNX_PASSES_INFERSHAPES_PASSES
#define TORCHONNX_PASSES_INFERSHAPES_PASSES

include "mlir/Pass/PassBase.td"

def InferShapes : Pass<"infer-shapes", "::mlir::ModuleOp"> {
  let summary = "Give every value its dtype and dimensions";
  let description = [{
    Walks each function once. A tensor's dimensions are integers or expressions
    over the named dimensions of the inputs (`batch`, `seq + 1`), and `?` where
    they depend on values. Arithmetic on sizes folds into constants and
    `torch.symbolic_int`, and branches on what is then known are resolved
    (`if x.dim() == 4`). Operators without a shape function take the types of
    their decomposition. Operands that can't fit are errors.
  }];
  let options = [
    ListOption<"decompositions", "decompositions", "std::string",
               "Files with further decompositions">
  ];
  let dependentDialects = ["::torchonnx::Torch::TorchDialect"];
}

#endif // TORCHONNX_PASSES_INFERSHAPES_PASSES
