// A function that only tells types leaves the operator in place.
// RUN: torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/types-only.mlir})' %s | FileCheck %s

// CHECK-LABEL: @model
// CHECK: torch.operator "mylib.soft_clip"{{.*}} -> !torch.tensor<[batch,16],f32>
func.func @model(%x: !torch.tensor<[batch,16],f32>) -> !torch.tensor {
  %float0.5 = torch.constant 0.5 : !torch.float
  %0 = torch.operator "mylib.soft_clip"(%x, %float0.5) {schema = "mylib::soft_clip(Tensor x, float limit) -> Tensor"} : (!torch.tensor<[batch,16],f32>, !torch.float) -> !torch.tensor
  return %0 : !torch.tensor
}
