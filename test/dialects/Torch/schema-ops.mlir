// RUN: torch-onnx-opt %s | FileCheck %s
// RUN: torch-onnx-opt %s | torch-onnx-opt | FileCheck %s
// RUN: torch-onnx-opt %s -mlir-print-op-generic | torch-onnx-opt | FileCheck %s

// CHECK-LABEL: @add
func.func @add(%x: !torch.tensor<[2],f32>, %y: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  %int1 = torch.constant 1
  // CHECK: torch.aten.add.Tensor %{{.*}}, %{{.*}}, %int1 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.int -> !torch.tensor<[2],f32>
  %0 = torch.aten.add.Tensor %x, %y, %int1 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.int -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// Attributes that are nobody's stay.
// CHECK-LABEL: @attributes
func.func @attributes(%x: !torch.tensor) -> !torch.tensor {
  // CHECK: torch.aten.relu %{{.*}} {note = "mine"} : !torch.tensor -> !torch.tensor
  %0 = torch.aten.relu %x {note = "mine"} : !torch.tensor -> !torch.tensor
  return %0 : !torch.tensor
}

// Several results, and an argument that is None.
// CHECK-LABEL: @results
func.func @results(%x: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1
  %true = torch.constant true
  %none = torch.constant none
  // CHECK: %{{.*}}:2 = torch.aten.max.dim %{{.*}}, %int1, %true : !torch.tensor, !torch.int, !torch.bool -> !torch.tensor, !torch.tensor
  %0:2 = torch.aten.max.dim %x, %int1, %true : !torch.tensor, !torch.int, !torch.bool -> !torch.tensor, !torch.tensor
  // CHECK: torch.aten.linear %{{.*}}, %{{.*}}, %none : !torch.tensor, !torch.tensor, !torch.none -> !torch.tensor
  %1 = torch.aten.linear %x, %0#1, %none : !torch.tensor, !torch.tensor, !torch.none -> !torch.tensor
  return %1 : !torch.tensor
}

// No results; no operands.
// CHECK-LABEL: @bare
func.func @bare() -> !torch.any {
  %text = torch.constant "no"
  %none = torch.constant none
  // CHECK: torch.prim.RaiseException %str_no, %none : !torch.str, !torch.none{{$}}
  torch.prim.RaiseException %text, %none : !torch.str, !torch.none
  // CHECK: torch.prim.Uninitialized -> !torch.any
  %0 = torch.prim.Uninitialized -> !torch.any
  return %0 : !torch.any
}

// What a schema's types admit.
// CHECK-LABEL: @kinds
func.func @kinds(%x: !torch.tensor, %o: !torch.optional<tensor>, %n: !torch.number,
                 %l: !torch.list<int>, %any: !torch.any, %i: !torch.list<optional<tensor>>) {
  %none = torch.constant none
  %float = torch.constant 1.5
  // CHECK-COUNT-3: torch.aten.add.Scalar
  %0 = torch.aten.add.Scalar %x, %float, %n : !torch.tensor, !torch.float, !torch.number -> !torch.tensor
  %1 = torch.aten.add.Scalar %any, %n, %n : !torch.any, !torch.number, !torch.number -> !torch.tensor
  %2 = torch.aten.add.Scalar %x, %any, %n : !torch.tensor, !torch.any, !torch.number -> !torch.tensor
  // CHECK-COUNT-2: torch.aten.linear
  %3 = torch.aten.linear %x, %x, %o : !torch.tensor, !torch.tensor, !torch.optional<tensor> -> !torch.tensor
  %4 = torch.aten.linear %x, %x, %x : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  // CHECK: torch.aten.index.Tensor
  %5 = torch.aten.index.Tensor %x, %i : !torch.tensor, !torch.list<optional<tensor>> -> !torch.tensor
  // CHECK: torch.aten.view
  %6 = torch.aten.view %x, %l : !torch.tensor, !torch.list<int> -> !torch.tensor
  // CHECK: torch.aten.__getitem__.t
  %7 = torch.aten.__getitem__.t %l, %n : !torch.list<int>, !torch.number -> !torch.int
  return
}
