//===- Passes.td - To an older opset -----------------------*- tablegen -*-===//

#ifndef TORCHONNX_PASSES_LEGALIZEOPSET_PASSES_TD
#define TORCHONNX_PASSES_LEGALIZEOPSET_PASSES_TD

include "mlir/Pass/PassBase.td"

def LegalizeOpset : Pass<"legalize-opset", "::mlir::ModuleOp"> {
  let summary = "Rewrite onnx-dialect IR for the opset that is asked for";
  let description = [{
    The onnx dialect models one opset. The module attribute `onnx.opset` (20 if
    there is none) says which one the model shall be written in.

    - An operator that the opset does not have is expanded into others.
    - One that the opset spells otherwise (axes as an attribute, for instance)
      becomes an `onnx.custom` of the domain "", with exactly the operands and
      attributes that it has there.
    - Types that an operator does not take there are cast, if that is exact.

    What remains is an error. It names the operator, the opset that it needs and
    the place in the user's code; all of them are reported together.
  }];
  let dependentDialects = ["::torchonnx::Onnx::OnnxDialect"];
}

#endif // TORCHONNX_PASSES_LEGALIZEOPSET_PASSES_TD
