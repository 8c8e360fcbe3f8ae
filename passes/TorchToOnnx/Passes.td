//===- Passes.td - From the torch to the onnx dialect ------*- tablegen -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_PASSES_TD
#define TORCHONNX_PASSES_TORCHTOONNX_PASSES_TD

include "mlir/Pass/PassBase.td"

def TorchToOnnx : Pass<"torch-to-onnx", "::mlir::ModuleOp"> {
  let summary = "Convert the torch dialect to the onnx dialect";
  let description = [{
    Writes every function anew in the onnx dialect, in one walk. Each torch
    operator has one conversion, found by its schema key; what they build is
    ONNX as of the dialect's opset and computes what PyTorch computes eagerly.
    Every result keeps the type that infer-shapes found, as a builtin tensor
    type whose symbolic dimensions are its encoding.

    Dimensions that are known as expressions of the inputs' are constants, 0 or
    -1 in Reshape where that says it, and otherwise computed once at the start
    of the function. Element types for which ONNX Runtime has no kernel of an
    operator are cast around it.

    Operators of a user's library become nodes of the domain that
    `custom-domains` gives the library: tensors are the node's inputs, all other
    arguments its attributes, under the names of the operator's schema.

    Fails, with every operator that has no conversion and where it is used,
    before anything is changed.
  }];
  let options = [ListOption<"customDomains", "custom-domains", "std::string",
      "ONNX domains of operator libraries: library=domain:version">];
  let statistics = [Statistic<"convertedOps", "converted-ops",
                              "Number of torch operations that were converted">];
  let dependentDialects = ["::torchonnx::Onnx::OnnxDialect",
                           "::torchonnx::Symbolic::SymbolicDialect"];
}

#endif // TORCHONNX_PASSES_TORCHTOONNX_PASSES_TD
