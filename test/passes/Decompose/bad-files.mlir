// A file that can't serve is an error at its line, whatever the model is.
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/operands.mlir})' %s 2>&1 | FileCheck %s --check-prefix=OPERANDS
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/unknown.mlir})' %s 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/cycle.mlir})' %s 2>&1 | FileCheck %s --check-prefix=CYCLE
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/syntax.mlir})' %s 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/empty.mlir})' %s 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/missing.mlir})' %s 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/bad/functions.mlir})' %s 2>&1 | FileCheck %s --check-prefix=FUNCTIONS

// OPERANDS: operands.mlir:1:1: error: the decomposition of aten.addcmul takes 1 operands, the operator takes 4
// OPERANDS-NOT: see current operation
// OPERANDS: note: its schema is aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor
// UNKNOWN: unknown.mlir:1:1: error: there is no operator aten.div.Tesnor
// UNKNOWN: note: overloads of this name: aten.div.Tensor
// CYCLE: cycle.mlir:{{[0-9]+}}:1: error: the decomposition of aten.exp{{.*}} leads back to itself
// SYNTAX: syntax.mlir:2:
// SYNTAX-SAME: error:
// EMPTY: error: the decomposition file '{{.*}}empty.mlir' holds no function
// MISSING: error: can't read the decomposition file '{{.*}}missing.mlir': No such file or directory
// FUNCTIONS: functions.mlir:1:1: error: the decomposition of aten.neg has no body
// FUNCTIONS: functions.mlir:3:1: error: the decomposition of aten.exp returns 2 results, the operator returns 1
// FUNCTIONS: functions.mlir:7:1: error: a decomposition file holds functions only (func.func)

func.func @model(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  return %x : !torch.tensor<[2],f32>
}
