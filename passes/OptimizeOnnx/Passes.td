//===- Passes.td - Optimization of onnx-dialect IR ---------*- tablegen -*-===//

#ifndef TORCHONNX_PASSES_OPTIMIZEONNX_PASSES_TD
#define TORCHONNX_PASSES_OPTIMIZEONNX_PASSES_TD

include "mlir/Pass/PassBase.td"

def OptimizeOnnx : Pass<"optimize", "::mlir::ModuleOp"> {
  let summary = "Fold, fuse and remove what an onnx model can do without";
  let description = [{
    Evaluates operators on constants, merges equal operators, fuses
    BatchNormalization and biases into weights, computes shapes that are known,
    and removes transposes, reshapes, casts and other operators that cancel.
    Every rewrite gives the same numbers, up to the rounding of a fused weight.

    A constant that is large is not computed here: it becomes a `#onnx.fold`,
    which is evaluated when the model is written.
  }];
  let dependentDialects = ["::torchonnx::Onnx::OnnxDialect"];
  let options = [
    Option<"maxGrowth", "max-growth", "int64_t", "65536",
           "Bytes by which one folded constant may exceed the constants it "
           "replaces">,
    Option<"explain", "explain", "bool", "false",
           "Say which rewrites were applied or declined, and why">,
  ];
}

#endif // TORCHONNX_PASSES_OPTIMIZEONNX_PASSES_TD
