// A pass in a shared library runs like a built-in one.
// RUN: torch-onnx-opt --load-pass-plugin=%plugins/libCountOperators.so --pass-pipeline='builtin.module(count-operators)' %s 2>&1 | FileCheck %s

// CHECK: remark: aten.relu: 2
// CHECK: remark: aten.sigmoid: 1
func.func @model(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  %0 = torch.aten.relu %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  %1 = torch.aten.relu %0 : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  %2 = torch.aten.sigmoid %1 : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %2 : !torch.tensor<[2],f32>
}
