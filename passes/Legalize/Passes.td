//===- Passes.td - TorchScript-isms to value semantics ---------------------===//

#ifndef TORCHONNX_PASSES_LEGALIZE_PASSES
#define TORCHONNX_PASSES_LEGALIZE_PASSES

include "mlir/Pass/PassBase.td"

def Legalize : Pass<"legalize", "::mlir::ModuleOp"> {
  let summary = "Turn TorchScript into IR with value semantics";
  let description = [{
    After this pass no operation writes to an operand and there are no tuples.

    - An in-place or `out=` operator becomes its functional form, cast to the
      dtype of the tensor it writes to. Whoever reads that tensor later, or
      another view of its storage, reads the new value.
    - A write through a view is replayed onto the tensor that was viewed
      (`select_scatter` for `select`, and so on). A write whose way back is not
      known is an error.
    - A write inside `prim.If` or `prim.Loop` becomes a value that the region
      yields.
    - Lists, tuples and dictionaries are taken apart where their elements are
      known.
    - Asserts, device changes, `contiguous`, `clone`, `detach` and the like
      disappear.

    Whether operators such as `reshape` share memory with their operand can
    depend on the tensor's strides. Such a pair is taken as separate tensors
    until one of them is written to; a later read of the other is an error.
  }];
  let dependentDialects = ["::torchonnx::Torch::TorchDialect"];
}

def VerifyLegalized : Pass<"verify-legalized", "::mlir::ModuleOp"> {
  let summary = "Check that no operation mutates and that no tuple is left";
}

#endif // TORCHONNX_PASSES_LEGALIZE_PASSES
