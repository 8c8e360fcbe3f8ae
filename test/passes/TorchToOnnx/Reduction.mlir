// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// Booleans are counted.
// CHECK-LABEL: func.func @sum_bool
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.Cast(%[[X]]) {to = 7 : i64}
// CHECK: %[[V2:.*]] = onnx.ReduceSum(%[[V1]], %[[C0]]) {keepdims = 0 : i64}
// CHECK: return %[[V2]]
func.func @sum_bool(%arg0: !torch.tensor<[2,3],i1>) -> (!torch.tensor<[2],i64>) {
  %none = torch.constant none
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
  %1 = torch.aten.sum.dim_IntList %arg0, %0, %false, %none : !torch.tensor<[2,3],i1>, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor<[2],i64>
  return %1 : !torch.tensor<[2],i64>
}

// -----

// No axes stand for all.
// CHECK-LABEL: func.func @mean_all
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V0:.*]] = onnx.ReduceMean(%[[X]], %[[NONE]]) {keepdims = 0 : i64}
// CHECK: return %[[V0]]
func.func @mean_all(%arg0: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[],f32>) {
  %none = torch.constant none
  %0 = torch.aten.mean %arg0, %none : !torch.tensor<[2,3],f32>, !torch.none -> !torch.tensor<[],f32>
  return %0 : !torch.tensor<[],f32>
}

// -----

// Booleans have a maximum from opset 20 on.
// CHECK-LABEL: func.func @any
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.ReduceMax(%[[X]], %[[C0]]) {keepdims = 0 : i64}
// CHECK: return %[[V1]]
module attributes {onnx.opset = 20 : i64} {
func.func @any(%arg0: !torch.tensor<[2,3],i1>) -> (!torch.tensor<[2],i1>) {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.any.dim %arg0, %int1, %false : !torch.tensor<[2,3],i1>, !torch.int, !torch.bool -> !torch.tensor<[2],i1>
  return %0 : !torch.tensor<[2],i1>
}
}

// -----

// Before, integers have.
// CHECK-LABEL: func.func @any_old
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.Cast(%[[X]]) {to = 6 : i64}
// CHECK: %[[V2:.*]] = onnx.ReduceMax(%[[V1]], %[[C0]]) {keepdims = 0 : i64}
// CHECK: %[[V3:.*]] = onnx.Cast(%[[V2]]) {to = 9 : i64}
// CHECK: return %[[V3]]
module attributes {onnx.opset = 18 : i64} {
func.func @any_old(%arg0: !torch.tensor<[2,3],i1>) -> (!torch.tensor<[2],i1>) {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.any.dim %arg0, %int1, %false : !torch.tensor<[2,3],i1>, !torch.int, !torch.bool -> !torch.tensor<[2],i1>
  return %0 : !torch.tensor<[2],i1>
}
}

// -----

// Values and where they are.
// CHECK-LABEL: func.func @max_dim
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.ReduceMax(%[[X]], %[[C0]]) {keepdims = 0 : i64}
// CHECK: %[[V2:.*]] = onnx.ArgMax(%[[X]]) {axis = 1 : i64, keepdims = 0 : i64}
// CHECK: return %[[V1]], %[[V2]]
func.func @max_dim(%arg0: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],i64>) {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %0:2 = torch.aten.max.dim %arg0, %int1, %false : !torch.tensor<[2,3],f32>, !torch.int, !torch.bool -> !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
  return %0#0, %0#1 : !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
}

// -----

// Of all elements: flattened.
// CHECK-LABEL: func.func @argmax_all
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<-1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.Reshape(%[[X]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.ArgMax(%[[V1]]) {axis = 0 : i64, keepdims = 0 : i64}
// CHECK: return %[[V2]]
func.func @argmax_all(%arg0: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[],i64>) {
  %false = torch.constant false
  %none = torch.constant none
  %0 = torch.aten.argmax %arg0, %none, %false : !torch.tensor<[2,3],f32>, !torch.none, !torch.bool -> !torch.tensor<[],i64>
  return %0 : !torch.tensor<[],i64>
}

// -----

// (sum |x|^p)^(1/p)
// CHECK-LABEL: func.func @norm
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<3.000000e+00> : tensor<f32>
// CHECK: %[[C1:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<0.333333343> : tensor<f32>
// CHECK: %[[V3:.*]] = onnx.Abs(%[[X]])
// CHECK: %[[V4:.*]] = onnx.Pow(%[[V3]], %[[C0]])
// CHECK: %[[V5:.*]] = onnx.ReduceSum(%[[V4]], %[[C1]]) {keepdims = 0 : i64}
// CHECK: %[[V6:.*]] = onnx.Pow(%[[V5]], %[[C2]])
// CHECK: return %[[V6]]
func.func @norm(%arg0: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[2],f32>) {
  %none = torch.constant none
  %false = torch.constant false
  %int3 = torch.constant 3 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
  %1 = torch.aten.linalg_vector_norm %arg0, %int3, %0, %false, %none : !torch.tensor<[2,3],f32>, !torch.int, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor<[2],f32>
  return %1 : !torch.tensor<[2],f32>
}

// -----

// All of an axis in order.
// CHECK-LABEL: func.func @sort
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Shape(%[[X]]) {end = 2 : i64, start = 1 : i64}
// CHECK: %[[V1:.*]], %[[V2:.*]] = onnx.TopK(%[[X]], %[[V0]]) {axis = 1 : i64, largest = 0 : i64, sorted = 1 : i64}
// CHECK: return %[[V1]], %[[V2]]
func.func @sort(%arg0: !torch.tensor<[2,n],f32>) -> (!torch.tensor<[2,n],f32>, !torch.tensor<[2,n],i64>) {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %0:2 = torch.aten.sort %arg0, %int1, %false : !torch.tensor<[2,n],f32>, !torch.int, !torch.bool -> !torch.tensor<[2,n],f32>, !torch.tensor<[2,n],i64>
  return %0#0, %0#1 : !torch.tensor<[2,n],f32>, !torch.tensor<[2,n],i64>
}

// -----

// The middle one of the sorted.
// CHECK-LABEL: func.func @median
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<3> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<2> : tensor<i64>
// CHECK: %[[V2:.*]], %[[V3:.*]] = onnx.TopK(%[[X]], %[[C0]]) {axis = 1 : i64, largest = 0 : i64, sorted = 1 : i64}
// CHECK: %[[V4:.*]] = onnx.Gather(%[[V2]], %[[C1]]) {axis = 1 : i64}
// CHECK: %[[V5:.*]] = onnx.Gather(%[[V3]], %[[C1]]) {axis = 1 : i64}
// CHECK: return %[[V4]], %[[V5]]
func.func @median(%arg0: !torch.tensor<[2,5],f32>) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],i64>) {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %0:2 = torch.aten.median.dim %arg0, %int1, %false : !torch.tensor<[2,5],f32>, !torch.int, !torch.bool -> !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
  return %0#0, %0#1 : !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
}
