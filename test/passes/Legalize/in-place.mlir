// RUN: torch-onnx-opt %s --split-input-file --legalize | FileCheck %s

// An in-place operator is its functional form, and later reads see the result.
// CHECK-LABEL: func.func @unary
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @unary(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  // CHECK-NEXT: %[[Y:.*]] = torch.aten.neg %[[X]]
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK-NEXT: %[[R:.*]] = torch.aten.relu %[[Y]]
  %r = torch.operator "aten.relu_"(%y) : (!torch.tensor) -> !torch.tensor
  // CHECK-NEXT: return %[[R]], %[[R]]
  return %y, %r : !torch.tensor, !torch.tensor
}

// -----

// Where another operand may promote the dtype, the result is cast back.
// CHECK-LABEL: func.func @binary
// CHECK-SAME: %[[X:.*]]: !torch.tensor, %[[B:.*]]: !torch.tensor
func.func @binary(%x: !torch.tensor, %b: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg %[[X]]
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[SUM:.*]] = torch.aten.add.Tensor %[[Y]], %[[B]], %int1
  // CHECK: %[[CAST:.*]] = torch.aten.type_as %[[SUM]], %[[Y]]
  %0 = torch.operator "aten.add_.Tensor"(%y, %b, %int1) : (!torch.tensor, !torch.tensor, !torch.int) -> !torch.tensor
  // CHECK: return %[[CAST]]
  return %y : !torch.tensor
}

// -----

// A comparison in place keeps the dtype of the tensor.
// CHECK-LABEL: func.func @comparison
func.func @comparison(%x: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[EQ:.*]] = torch.aten.eq.Scalar %[[Y]], %int1
  // CHECK: torch.aten.type_as %[[EQ]], %[[Y]]
  %0 = torch.operator "aten.eq_.Scalar"(%y, %int1) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// Python's `&=` has a name of its own.
// CHECK-LABEL: func.func @iand
func.func @iand(%x: !torch.tensor, %b: !torch.tensor) -> !torch.tensor {
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: torch.aten.bitwise_and.Tensor
  %0 = torch.operator "aten.__iand__.Tensor"(%y, %b) : (!torch.tensor, !torch.tensor) -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @copy
// CHECK-SAME: %[[X:.*]]: !torch.tensor, %[[B:.*]]: !torch.tensor
func.func @copy(%x: !torch.tensor, %b: !torch.tensor) -> !torch.tensor {
  %false = torch.constant false
  // CHECK: %[[Y:.*]] = torch.aten.neg %[[X]]
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[CAST:.*]] = torch.aten.type_as %[[B]], %[[Y]]
  // CHECK: %[[COPY:.*]] = torch.aten.expand_as %[[CAST]], %[[Y]]
  %0 = torch.operator "aten.copy_"(%y, %b, %false) : (!torch.tensor, !torch.tensor, !torch.bool) -> !torch.tensor
  // CHECK: return %[[COPY]]
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @fill_and_zero
func.func @fill_and_zero(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %float = torch.constant 1.5 : !torch.float
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %z = torch.aten.abs %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[F:.*]] = torch.aten.full_like
  %0 = torch.operator "aten.fill_.Scalar"(%y, %float) : (!torch.tensor, !torch.float) -> !torch.tensor
  // CHECK: %[[Z:.*]] = torch.aten.zeros_like
  %1 = torch.operator "aten.zero_"(%z) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[F]], %[[Z]]
  return %y, %z : !torch.tensor, !torch.tensor
}

// -----

// `out=` tensors take the result.
// CHECK-LABEL: func.func @out
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @out(%x: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg %[[X]]
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[SUM:.*]] = torch.aten.add.Tensor %[[X]], %[[X]], %int1
  // CHECK: %[[CAST:.*]] = torch.aten.type_as %[[SUM]], %[[Y]]
  %0 = torch.operator "aten.add.out"(%x, %x, %int1, %y) : (!torch.tensor, !torch.tensor, !torch.int, !torch.tensor) -> !torch.tensor
  // CHECK: return %[[CAST]]
  return %y : !torch.tensor
}

// -----

// The tensor becomes a view of itself; a write to it reaches older views.
// CHECK-LABEL: func.func @in_place_view
func.func @in_place_view(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %int0 = torch.constant 0 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %int1 = torch.constant 1 : !torch.int
  %t = torch.aten.transpose.int %y, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  // CHECK: %[[U:.*]] = torch.aten.unsqueeze %[[Y]]
  %0 = torch.operator "aten.unsqueeze_"(%y, %int0) : (!torch.tensor, !torch.int) -> !torch.tensor
  // CHECK: %[[R:.*]] = torch.aten.relu %[[U]]
  // CHECK: %[[N:.*]] = torch.aten.reshape_as %[[R]], %[[Y]]
  %1 = torch.operator "aten.relu_"(%y) : (!torch.tensor) -> !torch.tensor
  // CHECK: %[[T:.*]] = torch.aten.transpose.int %[[N]]
  // CHECK: return %[[R]], %[[T]]
  return %y, %t : !torch.tensor, !torch.tensor
}

// -----

// The caller's tensor is not changed, which is said once.
// CHECK-LABEL: func.func @input
func.func @input(%x: !torch.tensor {onnx.name = "x"}) -> !torch.tensor {
  // CHECK: %[[R:.*]] = torch.aten.relu
  %0 = torch.operator "aten.relu_"(%x) : (!torch.tensor) -> !torch.tensor
  // CHECK: return %[[R]]
  return %x : !torch.tensor
}
