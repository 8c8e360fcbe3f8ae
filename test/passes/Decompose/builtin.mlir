// RUN: torch-onnx-opt %s --split-input-file --decompose | FileCheck %s

// Several results.
// CHECK-LABEL: func.func @results
// CHECK-SAME: %[[X:.*]]: !torch.tensor<[n,4],f32>
func.func @results(%x: !torch.tensor<[n,4],f32>) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %false = torch.constant false
  // CHECK: %[[MIN:.*]] = torch.aten.amin %[[X]]
  // CHECK: %[[MAX:.*]] = torch.aten.amax %[[X]]
  // CHECK: return %[[MIN]], %[[MAX]] : !torch.tensor<[],f32>, !torch.tensor<[],f32>
  %0:2 = torch.aten.aminmax %x, %none, %false : !torch.tensor<[n,4],f32>, !torch.none, !torch.bool -> !torch.tensor, !torch.tensor
  return %0#0, %0#1 : !torch.tensor, !torch.tensor
}

// -----

// Dispatch on a number: 2 is the sum.
// CHECK-LABEL: func.func @reduction
func.func @reduction(%x: !torch.tensor<[n,4],f32>, %y: !torch.tensor<[n,4],f32>) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  // CHECK: torch.aten.sub.Tensor
  // CHECK-NEXT: torch.aten.abs
  // CHECK-NEXT: torch.aten.sum {{.*}} -> !torch.tensor<[],f32>
  // CHECK-NEXT: return
  %0 = torch.aten.l1_loss %x, %y, %int2 : !torch.tensor<[n,4],f32>, !torch.tensor<[n,4],f32>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// A loop over a list of known length is written out.
// CHECK-LABEL: func.func @loop
func.func @loop(%x: !torch.tensor<[n,4],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // CHECK-NOT: torch.prim.Loop
  // CHECK-COUNT-2: torch.aten.cat
  // CHECK-NOT: torch.prim.Loop
  %shifts = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %dims = torch.prim.ListConstruct %int0, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %0 = torch.aten.roll %x, %shifts, %dims : !torch.tensor<[n,4],f32>, !torch.list<int>, !torch.list<int> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// A refusal leaves the operator, with the reason.
// CHECK-LABEL: func.func @refusal
func.func @refusal(%x: !torch.tensor<[4],f32>) -> !torch.tensor {
  %float = torch.constant 0.5 : !torch.float
  %true = torch.constant true
  // CHECK: torch.aten.dropout {{.*}}decline_reason = "dropout is active in training mode
  %0 = torch.aten.dropout %x, %float, %true : !torch.tensor<[4],f32>, !torch.float, !torch.bool -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// One that holds branches without results is nothing but its value.
// CHECK-LABEL: func.func @no_results
// CHECK-SAME: %[[X:.*]]: !torch.tensor<[4],f32>
func.func @no_results(%x: !torch.tensor<[4],f32>) -> !torch.tensor {
  %float = torch.constant 0.5 : !torch.float
  %false = torch.constant false
  // CHECK-NOT: torch.prim
  // CHECK: return %[[X]]
  %0 = torch.aten.alpha_dropout %x, %float, %false : !torch.tensor<[4],f32>, !torch.float, !torch.bool -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// What is converted stays, and its decomposition tells its type.
// CHECK-LABEL: func.func @converted
func.func @converted(%x: !torch.tensor<[n,4],f32>, %y: !torch.tensor<[n,3],f32>) -> !torch.tensor {
  // CHECK: %[[LIST:.*]] = torch.prim.ListConstruct
  // CHECK-NEXT: torch.aten.hstack %[[LIST]] : {{.*}} -> !torch.tensor<[n,7],f32>
  // CHECK-NEXT: return
  %list = torch.prim.ListConstruct %x, %y : !torch.tensor<[n,4],f32>, !torch.tensor<[n,3],f32> -> !torch.list<tensor>
  %0 = torch.aten.hstack %list : !torch.list<tensor> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

// A list of known length, with bounds that may lie outside the tensor.
// CHECK-LABEL: func.func @tensor_split
// CHECK-SAME: %[[X:.*]]: !torch.tensor<[n,7],f32>
func.func @tensor_split(%x: !torch.tensor<[n,7],f32>) -> (!torch.tensor, !torch.tensor) {
  %int1 = torch.constant 1 : !torch.int
  %int9 = torch.constant 9 : !torch.int
  // CHECK: %[[B:.*]] = torch.aten.slice.Tensor %[[X]], {{.*}} -> !torch.tensor<[n,0],f32>
  // CHECK-NEXT: return %[[X]], %[[B]]
  %list = torch.prim.ListConstruct %int9 : !torch.int -> !torch.list<int>
  %parts = torch.aten.tensor_split.indices %x, %list, %int1 : !torch.tensor<[n,7],f32>, !torch.list<int>, !torch.int -> !torch.list<tensor>
  %0:2 = torch.prim.ListUnpack %parts : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  return %0#0, %0#1 : !torch.tensor, !torch.tensor
}

// -----

// The number of positions is known at run time, the number of coordinates is not
// a matter of values.
// CHECK-LABEL: func.func @where
func.func @where(%x: !torch.tensor<[n,3],i1>) -> (!torch.tensor, !torch.tensor) {
  // CHECK: %[[P:.*]] = torch.aten.nonzero {{.*}} -> !torch.tensor<[?,2],i64>
  // CHECK: torch.aten.select.int %[[P]], {{.*}} -> !torch.tensor<[?],i64>
  // CHECK: torch.aten.select.int %[[P]], {{.*}} -> !torch.tensor<[?],i64>
  %list = torch.aten.where %x : !torch.tensor<[n,3],i1> -> !torch.list<tensor>
  %0:2 = torch.prim.ListUnpack %list : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  return %0#0, %0#1 : !torch.tensor, !torch.tensor
}
