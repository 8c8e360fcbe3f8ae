// RUN: torch-onnx-opt %s --split-input-file --legalize | FileCheck %s

// CHECK-LABEL: func.func @select
func.func @select(%x: !torch.tensor, %v: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %false = torch.constant false
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %s = torch.aten.select.int %y, %int0, %int2 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[NEW:.*]] = torch.aten.expand_as
  // CHECK: %[[R:.*]] = torch.aten.select_scatter %[[Y]], %[[NEW]], %int0, %int2
  %0 = torch.operator "aten.copy_"(%s, %v, %false) : (!torch.tensor, !torch.tensor, !torch.bool) -> !torch.tensor
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// x[1:, 0] = 0
// CHECK-LABEL: func.func @nested
func.func @nested(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[A:.*]] = torch.aten.slice.Tensor %[[Y]]
  %a = torch.aten.slice.Tensor %y, %int0, %int1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
  %b = torch.aten.select.int %a, %int1, %int0 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.zeros_like
  // CHECK: %[[S:.*]] = torch.aten.select_scatter %[[A]], %[[Z]], %int1, %int0
  // CHECK: %[[R:.*]] = torch.aten.slice_scatter %[[Y]], %[[S]], %int0, %int1, %none, %int1
  %0 = torch.operator "aten.zero_"(%b) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @view
func.func @view(%x: !torch.tensor, %n: !torch.int) -> !torch.tensor {
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %size = torch.prim.ListConstruct %n : !torch.int -> !torch.list<int>
  %v = torch.aten.view %y, %size : !torch.tensor, !torch.list<int> -> !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.relu
  // CHECK: %[[R:.*]] = torch.aten.reshape_as %[[Z]], %[[Y]]
  %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @transpose
func.func @transpose(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %v = torch.aten.transpose.int %y, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.relu
  // CHECK: %[[R:.*]] = torch.aten.transpose.int %[[Z]], %int0, %int1
  %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// The permutation [2, 0, 1] has the inverse [1, 2, 0].
// CHECK-LABEL: func.func @permute
func.func @permute(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %dims = torch.prim.ListConstruct %int-1, %int0, %int1 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %v = torch.aten.permute %y, %dims : !torch.tensor, !torch.list<int> -> !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.relu
  // CHECK: %[[A:.*]] = torch.constant 1 : !torch.int
  // CHECK: %[[B:.*]] = torch.constant 2 : !torch.int
  // CHECK: %[[C:.*]] = torch.constant 0 : !torch.int
  // CHECK: %[[I:.*]] = torch.prim.ListConstruct %[[A]], %[[B]], %[[C]]
  // CHECK: %[[R:.*]] = torch.aten.permute %[[Z]], %[[I]]
  %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @diagonal
func.func @diagonal(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %v = torch.aten.diagonal %y, %int0, %int0, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.relu
  // CHECK: torch.aten.diagonal_scatter %{{.*}}, %[[Z]], %int0, %int0, %int1
  %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
  return %y : !torch.tensor
}

// -----

// narrow(d, -2, 2) ends where the tensor does.
// CHECK-LABEL: func.func @narrow
func.func @narrow(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int-2 = torch.constant -2 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %v = torch.aten.narrow %y, %int0, %int-2, %int2 : !torch.tensor, !torch.int, !torch.int, !torch.int -> !torch.tensor
  // CHECK: torch.aten.slice_scatter %{{.*}}, %{{.*}}, %int0, %int-2, %none, %{{.*}}
  %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @chunk
func.func @chunk(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %l = torch.aten.chunk %y, %int2, %int0 : !torch.tensor, !torch.int, !torch.int -> !torch.list<tensor>
  // CHECK: %[[A:.*]]:2 = torch.prim.ListUnpack
  %a:2 = torch.prim.ListUnpack %l : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.relu %[[A]]#1
  // CHECK: %[[PARTS:.*]] = torch.prim.ListConstruct %[[A]]#0, %[[Z]]
  // CHECK: %[[R:.*]] = torch.aten.cat %[[PARTS]], %int0
  %0 = torch.operator "aten.relu_"(%a#1) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @unbind
func.func @unbind(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %l = torch.aten.unbind.int %y, %int0 : !torch.tensor, !torch.int -> !torch.list<tensor>
  %a:2 = torch.prim.ListUnpack %l : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.relu
  // CHECK: %[[ONE:.*]] = torch.constant 1
  // CHECK: torch.aten.select_scatter %{{.*}}, %[[Z]], %int0, %[[ONE]]
  %0 = torch.operator "aten.relu_"(%a#1) : (!torch.tensor) -> !torch.tensor
  return %y : !torch.tensor
}

// -----

// detach shares memory, clone does not.
// CHECK-LABEL: func.func @detach_and_clone
func.func @detach_and_clone(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %c = torch.aten.clone %y, %none : !torch.tensor, !torch.none -> !torch.tensor
  %d = torch.aten.detach %y : !torch.tensor -> !torch.tensor
  // CHECK-NEXT: %[[R:.*]] = torch.aten.relu %[[Y]]
  %0 = torch.operator "aten.relu_"(%d) : (!torch.tensor) -> !torch.tensor
  // CHECK-NEXT: return %[[R]], %[[Y]]
  return %y, %c : !torch.tensor, !torch.tensor
}
