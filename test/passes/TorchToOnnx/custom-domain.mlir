// RUN: torch-onnx-opt %s --pass-pipeline='builtin.module(torch-to-onnx{custom-domains=mylib=my.domain:3})' | FileCheck %s
// RUN: not torch-onnx-opt %s --pass-pipeline='builtin.module(torch-to-onnx{custom-domains=mylib})' 2>&1 | FileCheck --check-prefix=FORM %s

// FORM: error: custom domain 'mylib' is not of the form library=domain:version

// Tensors are inputs, other arguments attributes under the schema's names.
// CHECK: module attributes {onnx.opset_imports = {my.domain = 3 : i64}}
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[X:.*]]: tensor<2xf32>
// CHECK: %[[Y:.*]] = onnx.custom "my.domain" "scale"(%[[X]], %[[X]]) {factor = 2.500000e+00 : f32, mode = "up", sizes = array<i64: 1, 2>} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
// CHECK: return %[[Y]]
func.func @main(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  %factor = torch.constant 2.5 : !torch.float
  %mode = torch.constant "up"
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %sizes = torch.prim.ListConstruct %int1, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %0 = torch.operator "mylib.scale"(%x, %x, %factor, %sizes, %mode, %none) {schema = "mylib::scale(Tensor x, Tensor y, float factor=1., int[2] sizes=[1, 1], *, str mode=\"down\", int? axis=None) -> Tensor"} : (!torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.float, !torch.list<int>, !torch.str, !torch.none) -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}
