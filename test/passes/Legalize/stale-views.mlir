// RUN: torch-onnx-opt %s --split-input-file --legalize | FileCheck %s

// A view is made again from the new value when it is read after a write.
// CHECK-LABEL: func.func @base_is_written
func.func @base_is_written(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %int0 = torch.constant 0 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[OLD:.*]] = torch.aten.select.int %[[Y]], %int0, %int0
  %v = torch.aten.select.int %y, %int0, %int0 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[ABS:.*]] = torch.aten.abs %[[OLD]]
  %before = torch.aten.abs %v : !torch.tensor -> !torch.tensor
  // CHECK: %[[R:.*]] = torch.aten.relu %[[Y]]
  %0 = torch.operator "aten.relu_"(%y) : (!torch.tensor) -> !torch.tensor
  // CHECK: %[[NEW:.*]] = torch.aten.select.int %[[R]], %int0, %int0
  // CHECK: return %[[ABS]], %[[NEW]]
  return %before, %v : !torch.tensor, !torch.tensor
}

// -----

// A write through one view shows in another.
// CHECK-LABEL: func.func @sibling_is_written
func.func @sibling_is_written(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %a = torch.aten.select.int %y, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %b = torch.aten.transpose.int %y, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[N:.*]] = torch.aten.select_scatter
  %0 = torch.operator "aten.relu_"(%a) : (!torch.tensor) -> !torch.tensor
  // CHECK: %[[B:.*]] = torch.aten.transpose.int %[[N]], %int0, %int1
  // CHECK: return %[[B]]
  return %b : !torch.tensor
}

// -----

// The elements of a split are made again together.
// CHECK-LABEL: func.func @elements
func.func @elements(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %l = torch.aten.split.Tensor %y, %int2, %int0 : !torch.tensor, !torch.int, !torch.int -> !torch.list<tensor>
  %a:2 = torch.prim.ListUnpack %l : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  // CHECK: %[[R:.*]] = torch.aten.relu
  %0 = torch.operator "aten.relu_"(%y) : (!torch.tensor) -> !torch.tensor
  // CHECK-NEXT: %[[L:.*]] = torch.aten.split.Tensor %[[R]]
  // CHECK-NEXT: %[[A:.*]]:2 = torch.prim.ListUnpack %[[L]]
  // CHECK-NEXT: return %[[A]]#0, %[[A]]#1
  return %a#0, %a#1 : !torch.tensor, !torch.tensor
}

// -----

// A list sees what its elements became.
// CHECK-LABEL: func.func @list
func.func @list(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %l = torch.prim.ListConstruct %x, %y : !torch.tensor, !torch.tensor -> !torch.list<tensor>
  // CHECK: %[[R:.*]] = torch.aten.relu %[[Y]]
  %0 = torch.operator "aten.relu_"(%y) : (!torch.tensor) -> !torch.tensor
  // CHECK: %[[L:.*]] = torch.prim.ListConstruct %{{.*}}, %[[R]]
  // CHECK: torch.aten.cat %[[L]]
  %1 = torch.aten.cat %l, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %1 : !torch.tensor
}
