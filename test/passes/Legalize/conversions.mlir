// RUN: torch-onnx-opt %s --split-input-file --legalize | FileCheck %s

// An exported model has no devices.
// CHECK-LABEL: func.func @device
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @device(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %false = torch.constant false
  %none = torch.constant none
  %device = torch.constant "cuda:0" : !torch.device
  %int6 = torch.constant 6 : !torch.int
  %0 = torch.aten.to.prim_Device %x, %device, %none, %false, %false : !torch.tensor, !torch.device, !torch.none, !torch.bool, !torch.bool -> !torch.tensor
  // CHECK: %[[C:.*]] = torch.aten.to.dtype %[[X]], %int6
  %1 = torch.aten.to.device %0, %device, %int6, %false, %false, %none : !torch.tensor, !torch.device, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
  // CHECK: return %[[X]], %[[C]]
  return %0, %1 : !torch.tensor, !torch.tensor
}

// -----

// The same dtype is the same tensor.
// CHECK-LABEL: func.func @same_dtype
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @same_dtype(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  %false = torch.constant false
  %none = torch.constant none
  %int6 = torch.constant 6 : !torch.int
  %0 = torch.aten.to.dtype %x, %int6, %false, %false, %none : !torch.tensor<[2],f32>, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[2],f32>
  // CHECK-NEXT: return %[[X]]
  return %0 : !torch.tensor<[2],f32>
}

// -----

// CHECK-LABEL: func.func @no_effect
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @no_effect(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %float = torch.constant 0.5 : !torch.float
  %false = torch.constant false
  %0 = torch.aten.contiguous %x, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %1 = torch.aten.alias %0 : !torch.tensor -> !torch.tensor
  %2 = torch.aten.dropout %1, %float, %false : !torch.tensor, !torch.float, !torch.bool -> !torch.tensor
  // CHECK-NEXT: return %[[X]]
  return %2 : !torch.tensor
}

// -----

// What nobody reads is removed.
// CHECK-LABEL: func.func @unused
func.func @unused(%x: !torch.tensor) -> !torch.tensor {
  %0 = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %1 = torch.operator "aten.relu_"(%0) : (!torch.tensor) -> !torch.tensor
  // CHECK-NEXT: return
  return %x : !torch.tensor
}
