// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @operator
func.func @operator(%x: !torch.tensor, %i: !torch.int) -> !torch.tensor {
  // CHECK: torch.operator "aten.add_.Tensor"(%{{.*}}, %{{.*}}) : (!torch.tensor, !torch.int) -> !torch.tensor
  %0 = torch.operator "aten.add_.Tensor"(%x, %i) : (!torch.tensor, !torch.int) -> !torch.tensor
  // CHECK: torch.operator "my_ops.twice"(%{{.*}}) {schema = "my_ops::twice(Tensor x) -> Tensor"} : (!torch.tensor) -> !torch.tensor
  %1 = torch.operator "my_ops.twice"(%0) {schema = "my_ops::twice(Tensor x) -> Tensor"} : (!torch.tensor) -> !torch.tensor
  // CHECK: torch.operator "aten.manual_seed"(%{{.*}}) : (!torch.int) -> ()
  torch.operator "aten.manual_seed"(%i) : (!torch.int) -> ()
  return %1 : !torch.tensor
}

// -----

func.func @unqualified(%x: !torch.tensor) {
  // expected-error @+1 {{names 'twice', but the name of an operator has the form namespace.name or namespace.name.overload}}
  %0 = torch.operator "twice"(%x) : (!torch.tensor) -> !torch.tensor
  return
}

// -----

func.func @colons(%x: !torch.tensor) {
  // expected-error @+1 {{spells the namespace of 'my.ops::twice' with '::'; write '.' instead}}
  %0 = torch.operator "my.ops::twice"(%x) : (!torch.tensor) -> !torch.tensor
  return
}
