// A user's file decomposes a user's operator, and comes before what the compiler
// would do.
// RUN: torch-onnx-opt --pass-pipeline='builtin.module(decompose{decompositions=%S/Inputs/user.mlir})' %s | FileCheck %s

// CHECK-LABEL: @own_operator
// CHECK: torch.aten.add.Tensor {{.*}} -> !torch.tensor<[batch,3],f32>
// CHECK-NOT: mylib.twice
func.func @own_operator(%x: !torch.tensor<[batch,3],f32>) -> !torch.tensor {
  %0 = torch.operator "mylib.twice"(%x) {schema = "mylib::twice(Tensor self) -> Tensor"} : (!torch.tensor<[batch,3],f32>) -> !torch.tensor
  return %0 : !torch.tensor
}

// CHECK-LABEL: @override
// CHECK: torch.aten.clamp_min
func.func @override(%x: !torch.tensor<[n],f32>) -> !torch.tensor {
  %0 = torch.aten.relu %x : !torch.tensor<[n],f32> -> !torch.tensor
  return %0 : !torch.tensor
}

// A decomposition that refuses leaves everything as it was, and says why.
// CHECK-LABEL: @refused
// CHECK-NEXT: torch.aten.relu {{.*}} {torch.decline_reason = "only vectors are rectified here"} {{.*}} -> !torch.tensor<[n,2],f32>
// CHECK-NEXT: return
func.func @refused(%x: !torch.tensor<[n,2],f32>) -> !torch.tensor {
  %0 = torch.aten.relu %x : !torch.tensor<[n,2],f32> -> !torch.tensor
  return %0 : !torch.tensor
}
