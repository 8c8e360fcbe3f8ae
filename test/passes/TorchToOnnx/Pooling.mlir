// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// With known sizes ceil mode is padding at the end.
// CHECK-LABEL: func.func @max_pool_ceil
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]], %[[V1:.*]] = onnx.MaxPool(%[[X]]) {kernel_shape = array<i64: 3, 3>, pads = array<i64: 0, 0, 1, 1>, strides = array<i64: 2, 2>}
// CHECK: return %[[V0]]
func.func @max_pool_ceil(%arg0: !torch.tensor<[1,2,8,8],f32>) -> (!torch.tensor<[1,2,4,4],f32>) {
  %true = torch.constant true
  %int3 = torch.constant 3 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int3, %int3 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %2 = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %4 = torch.aten.max_pool2d %arg0, %0, %1, %2, %3, %true : !torch.tensor<[1,2,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,2,4,4],f32>
  return %4 : !torch.tensor<[1,2,4,4],f32>
}

// -----

// With unknown sizes it stays ceil mode.
// CHECK-LABEL: func.func @max_pool_ceil_dynamic
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]], %[[V1:.*]] = onnx.MaxPool(%[[X]]) {ceil_mode = 1 : i64, kernel_shape = array<i64: 3, 3>, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 2, 2>}
// CHECK: return %[[V0]]
func.func @max_pool_ceil_dynamic(%arg0: !torch.tensor<[1,2,n,8],f32>) -> (!torch.tensor<[1,2,?,4],f32>) {
  %true = torch.constant true
  %int3 = torch.constant 3 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int3, %int3 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %2 = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %4 = torch.aten.max_pool2d %arg0, %0, %1, %2, %3, %true : !torch.tensor<[1,2,n,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,2,?,4],f32>
  return %4 : !torch.tensor<[1,2,?,4],f32>
}

// -----

// Positions are those in the plane.
// CHECK-LABEL: func.func @max_pool_indices
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<64> : tensor<i64>
// CHECK: %[[V1:.*]], %[[V2:.*]] = onnx.MaxPool(%[[X]]) {kernel_shape = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 2, 2>}
// CHECK: %[[V3:.*]] = onnx.Mod(%[[V2]], %[[C0]])
// CHECK: return %[[V1]], %[[V3]]
func.func @max_pool_indices(%arg0: !torch.tensor<[1,2,8,8],f32>) -> (!torch.tensor<[1,2,4,4],f32>, !torch.tensor<[1,2,4,4],i64>) {
  %false = torch.constant false
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct -> !torch.list<int>
  %2 = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %4:2 = torch.aten.max_pool2d_with_indices %arg0, %0, %1, %2, %3, %false : !torch.tensor<[1,2,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,2,4,4],f32>, !torch.tensor<[1,2,4,4],i64>
  return %4#0, %4#1 : !torch.tensor<[1,2,4,4],f32>, !torch.tensor<[1,2,4,4],i64>
}

// -----

// Padding counts, what ceil mode adds does not.
// CHECK-LABEL: func.func @avg_pool_padded_ceil
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0, 0, 1, 1, 0, 0, 1, 1]> : tensor<8xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V1:.*]] = onnx.Pad(%[[X]], %[[C0]], %[[NONE]], %[[NONE]])
// CHECK: %[[V2:.*]] = onnx.AveragePool(%[[V1]]) {kernel_shape = array<i64: 3, 3>, pads = array<i64: 0, 0, 1, 1>, strides = array<i64: 2, 2>}
// CHECK: return %[[V2]]
func.func @avg_pool_padded_ceil(%arg0: !torch.tensor<[1,2,8,8],f32>) -> (!torch.tensor<[1,2,5,5],f32>) {
  %none = torch.constant none
  %true = torch.constant true
  %int3 = torch.constant 3 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int3, %int3 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %2 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.aten.avg_pool2d %arg0, %0, %1, %2, %true, %true, %none : !torch.tensor<[1,2,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[1,2,5,5],f32>
  return %3 : !torch.tensor<[1,2,5,5],f32>
}

// -----

// An average with a divisor of its own is a scaled sum.
// CHECK-LABEL: func.func @avg_pool_divisor
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1.33333337> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.AveragePool(%[[X]]) {count_include_pad = 1 : i64, kernel_shape = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 2, 2>}
// CHECK: %[[V2:.*]] = onnx.Mul(%[[V1]], %[[C0]])
// CHECK: return %[[V2]]
func.func @avg_pool_divisor(%arg0: !torch.tensor<[1,2,8,8],f32>) -> (!torch.tensor<[1,2,4,4],f32>) {
  %true = torch.constant true
  %false = torch.constant false
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %0 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct -> !torch.list<int>
  %2 = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.aten.avg_pool2d %arg0, %0, %1, %2, %false, %true, %int3 : !torch.tensor<[1,2,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.int -> !torch.tensor<[1,2,4,4],f32>
  return %3 : !torch.tensor<[1,2,4,4],f32>
}

// -----

// One window is a global pool.
// CHECK-LABEL: func.func @adaptive_global
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.GlobalAveragePool(%[[X]])
// CHECK: return %[[V0]]
func.func @adaptive_global(%arg0: !torch.tensor<[batch,2,n,m],f32>) -> (!torch.tensor<[batch,2,1,1],f32>) {
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.adaptive_avg_pool2d %arg0, %0 : !torch.tensor<[batch,2,n,m],f32>, !torch.list<int> -> !torch.tensor<[batch,2,1,1],f32>
  return %1 : !torch.tensor<[batch,2,1,1],f32>
}

// -----

// Even windows are an ordinary pool.
// CHECK-LABEL: func.func @adaptive_even
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.AveragePool(%[[X]]) {kernel_shape = array<i64: 2, 4>, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 2, 4>}
// CHECK: return %[[V0]]
func.func @adaptive_even(%arg0: !torch.tensor<[batch,2,8,8],f32>) -> (!torch.tensor<[batch,2,4,2],f32>) {
  %int4 = torch.constant 4 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.prim.ListConstruct %int4, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.adaptive_avg_pool2d %arg0, %0 : !torch.tensor<[batch,2,8,8],f32>, !torch.list<int> -> !torch.tensor<[batch,2,4,2],f32>
  return %1 : !torch.tensor<[batch,2,4,2],f32>
}

// -----

// Uneven windows are a product with their weights.
// CHECK-LABEL: func.func @adaptive_uneven
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<
// CHECK: %[[V1:.*]] = onnx.MatMul(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @adaptive_uneven(%arg0: !torch.tensor<[1,2,4],f32>) -> (!torch.tensor<[1,2,3],f32>) {
  %int3 = torch.constant 3 : !torch.int
  %0 = torch.prim.ListConstruct %int3 : !torch.int -> !torch.list<int>
  %1 = torch.aten.adaptive_avg_pool1d %arg0, %0 : !torch.tensor<[1,2,4],f32>, !torch.list<int> -> !torch.tensor<[1,2,3],f32>
  return %1 : !torch.tensor<[1,2,3],f32>
}
