// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// Four products and a softmax.
// CHECK-LABEL: func.func @plain
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<5.000000e-01> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Transpose(%[[X1]]) {perm = array<i64: 0, 1, 3, 2>}
// CHECK: %[[V2:.*]] = onnx.MatMul(%[[X0]], %[[V1]])
// CHECK: %[[V3:.*]] = onnx.Mul(%[[V2]], %[[C0]])
// CHECK: %[[V4:.*]] = onnx.Softmax(%[[V3]]) {axis = -1 : i64}
// CHECK: %[[V5:.*]] = onnx.MatMul(%[[V4]], %[[X2]])
// CHECK: return %[[V5]]
func.func @plain(%arg0: !torch.tensor<[batch,2,seq,4],f32>, %arg1: !torch.tensor<[batch,2,seq,4],f32>, %arg2: !torch.tensor<[batch,2,seq,4],f32>) -> (!torch.tensor<[batch,2,seq,4],f32>) {
  %false = torch.constant false
  %float0.0 = torch.constant 0.0 : !torch.float
  %none = torch.constant none
  %0 = torch.aten.scaled_dot_product_attention %arg0, %arg1, %arg2, %none, %float0.0, %false, %none, %false : !torch.tensor<[batch,2,seq,4],f32>, !torch.tensor<[batch,2,seq,4],f32>, !torch.tensor<[batch,2,seq,4],f32>, !torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[batch,2,seq,4],f32>
  return %0 : !torch.tensor<[batch,2,seq,4],f32>
}

// -----

// What is masked has no weight, also in rows without any.
// CHECK-LABEL: func.func @bool_mask
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor{{.*}}%[[X3:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<5.000000e-01> : tensor<f32>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0xFF800000> : tensor<f32>
// CHECK: %[[C2:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V3:.*]] = onnx.Transpose(%[[X1]]) {perm = array<i64: 0, 1, 3, 2>}
// CHECK: %[[V4:.*]] = onnx.MatMul(%[[X0]], %[[V3]])
// CHECK: %[[V5:.*]] = onnx.Mul(%[[V4]], %[[C0]])
// CHECK: %[[V6:.*]] = onnx.Where(%[[X3]], %[[V5]], %[[C1]])
// CHECK: %[[V7:.*]] = onnx.Softmax(%[[V6]]) {axis = -1 : i64}
// CHECK: %[[V8:.*]] = onnx.Where(%[[X3]], %[[V7]], %[[C2]])
// CHECK: %[[V9:.*]] = onnx.MatMul(%[[V8]], %[[X2]])
// CHECK: return %[[V9]]
func.func @bool_mask(%arg0: !torch.tensor<[1,2,3,4],f32>, %arg1: !torch.tensor<[1,2,3,4],f32>, %arg2: !torch.tensor<[1,2,3,4],f32>, %arg3: !torch.tensor<[3,3],i1>) -> (!torch.tensor<[1,2,3,4],f32>) {
  %none = torch.constant none
  %false = torch.constant false
  %float0.0 = torch.constant 0.0 : !torch.float
  %0 = torch.aten.scaled_dot_product_attention %arg0, %arg1, %arg2, %arg3, %float0.0, %false, %none, %false : !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[3,3],i1>, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[1,2,3,4],f32>
  return %0 : !torch.tensor<[1,2,3,4],f32>
}

// -----

// Rows whose mask is -inf throughout are 0.
// CHECK-LABEL: func.func @float_mask
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor{{.*}}%[[X3:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<5.000000e-01> : tensor<f32>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK: %[[C2:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[C3:.*]] = onnx.initializer dense<0xFF800000> : tensor<f32>
// CHECK: %[[V4:.*]] = onnx.Transpose(%[[X1]]) {perm = array<i64: 0, 1, 3, 2>}
// CHECK: %[[V5:.*]] = onnx.MatMul(%[[X0]], %[[V4]])
// CHECK: %[[V6:.*]] = onnx.Mul(%[[V5]], %[[C0]])
// CHECK: %[[V7:.*]] = onnx.Add(%[[V6]], %[[X3]])
// CHECK: %[[V8:.*]] = onnx.Softmax(%[[V7]]) {axis = -1 : i64}
// CHECK: %[[V9:.*]] = onnx.MatMul(%[[V8]], %[[X2]])
// CHECK: %[[V10:.*]] = onnx.ReduceMax(%[[X3]], %[[C2]]) {keepdims = 1 : i64}
// CHECK: %[[V11:.*]] = onnx.Equal(%[[V10]], %[[C3]])
// CHECK: %[[V12:.*]] = onnx.Where(%[[V11]], %[[C1]], %[[V9]])
// CHECK: return %[[V12]]
func.func @float_mask(%arg0: !torch.tensor<[1,2,3,4],f32>, %arg1: !torch.tensor<[1,2,3,4],f32>, %arg2: !torch.tensor<[1,2,3,4],f32>, %arg3: !torch.tensor<[3,3],f32>) -> (!torch.tensor<[1,2,3,4],f32>) {
  %none = torch.constant none
  %false = torch.constant false
  %float0.0 = torch.constant 0.0 : !torch.float
  %0 = torch.aten.scaled_dot_product_attention %arg0, %arg1, %arg2, %arg3, %float0.0, %false, %none, %false : !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[3,3],f32>, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[1,2,3,4],f32>
  return %0 : !torch.tensor<[1,2,3,4],f32>
}

// -----

// The upper triangle is -inf.
// CHECK-LABEL: func.func @causal
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<i64>
// CHECK: %[[V1:.*]] = onnx.Shape(%[[X0]]) {end = 3 : i64, start = 2 : i64}
// CHECK: %[[V2:.*]] = onnx.Transpose(%[[X1]]) {perm = array<i64: 0, 1, 3, 2>}
// CHECK: %[[V3:.*]] = onnx.MatMul(%[[X0]], %[[V2]])
// CHECK: %[[V4:.*]] = onnx.Concat(%[[V1]], %[[V1]]) {axis = 0 : i64}
// CHECK: %[[V5:.*]] = onnx.ConstantOfShape(%[[V4]]) {value = dense<0xFF800000> : tensor<1xf32>}
// CHECK: %[[V6:.*]] = onnx.Trilu(%[[V5]], %[[C0]]) {upper = 1 : i64}
// CHECK: %[[V7:.*]] = onnx.Add(%[[V3]], %[[V6]])
// CHECK: %[[V8:.*]] = onnx.Softmax(%[[V7]]) {axis = -1 : i64}
// CHECK: %[[V9:.*]] = onnx.MatMul(%[[V8]], %[[X2]])
// CHECK: return %[[V9]]
func.func @causal(%arg0: !torch.tensor<[batch,2,seq,4],f32>, %arg1: !torch.tensor<[batch,2,seq,4],f32>, %arg2: !torch.tensor<[batch,2,seq,4],f32>) -> (!torch.tensor<[batch,2,seq,4],f32>) {
  %false = torch.constant false
  %true = torch.constant true
  %none = torch.constant none
  %float0.0 = torch.constant 0.0 : !torch.float
  %float1.0 = torch.constant 1.0 : !torch.float
  %0 = torch.aten.scaled_dot_product_attention %arg0, %arg1, %arg2, %none, %float0.0, %true, %float1.0, %false : !torch.tensor<[batch,2,seq,4],f32>, !torch.tensor<[batch,2,seq,4],f32>, !torch.tensor<[batch,2,seq,4],f32>, !torch.none, !torch.float, !torch.bool, !torch.float, !torch.bool -> !torch.tensor<[batch,2,seq,4],f32>
  return %0 : !torch.tensor<[batch,2,seq,4],f32>
}

// -----

// Heads of keys and values are repeated.
// CHECK-LABEL: func.func @grouped
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<2> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<[1, 1, 2, 1, 1]> : tensor<5xi64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<4> : tensor<1xi64>
// CHECK: %[[C3:.*]] = onnx.initializer dense<[1, 4, 3, 4]> : tensor<4xi64>
// CHECK: %[[C4:.*]] = onnx.initializer dense<5.000000e-01> : tensor<f32>
// CHECK: %[[V5:.*]] = onnx.Unsqueeze(%[[X1]], %[[C0]])
// CHECK: %[[V6:.*]] = onnx.Expand(%[[V5]], %[[C1]])
// CHECK: %[[V7:.*]] = onnx.Shape(%[[X1]]) {end = 1 : i64}
// CHECK: %[[V8:.*]] = onnx.Shape(%[[X1]]) {start = 2 : i64}
// CHECK: %[[V9:.*]] = onnx.Reshape(%[[V6]], %[[C3]])
// CHECK: %[[V10:.*]] = onnx.Unsqueeze(%[[X2]], %[[C0]])
// CHECK: %[[V11:.*]] = onnx.Expand(%[[V10]], %[[C1]])
// CHECK: %[[V12:.*]] = onnx.Shape(%[[X2]]) {end = 1 : i64}
// CHECK: %[[V13:.*]] = onnx.Shape(%[[X2]]) {start = 2 : i64}
// CHECK: %[[V14:.*]] = onnx.Reshape(%[[V11]], %[[C3]])
// CHECK: %[[V15:.*]] = onnx.Transpose(%[[V9]]) {perm = array<i64: 0, 1, 3, 2>}
// CHECK: %[[V16:.*]] = onnx.MatMul(%[[X0]], %[[V15]])
// CHECK: %[[V17:.*]] = onnx.Mul(%[[V16]], %[[C4]])
// CHECK: %[[V18:.*]] = onnx.Softmax(%[[V17]]) {axis = -1 : i64}
// CHECK: %[[V19:.*]] = onnx.MatMul(%[[V18]], %[[V14]])
// CHECK: return %[[V19]]
func.func @grouped(%arg0: !torch.tensor<[1,4,3,4],f32>, %arg1: !torch.tensor<[1,2,3,4],f32>, %arg2: !torch.tensor<[1,2,3,4],f32>) -> (!torch.tensor<[1,4,3,4],f32>) {
  %true = torch.constant true
  %false = torch.constant false
  %none = torch.constant none
  %float0.0 = torch.constant 0.0 : !torch.float
  %0 = torch.aten.scaled_dot_product_attention %arg0, %arg1, %arg2, %none, %float0.0, %false, %none, %true : !torch.tensor<[1,4,3,4],f32>, !torch.tensor<[1,2,3,4],f32>, !torch.tensor<[1,2,3,4],f32>, !torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[1,4,3,4],f32>
  return %0 : !torch.tensor<[1,4,3,4],f32>
}

// -----

// The form for CUDA calls its mask a bias, and has results for training only.
// CHECK-LABEL: func.func @efficient
// CHECK-SAME: %[[Q:.*]]: tensor{{.*}}%[[K:.*]]: tensor{{.*}}%[[V:.*]]: tensor{{.*}}%[[B:.*]]: tensor
// CHECK: onnx.Add({{.*}}, %[[B]])
// CHECK: onnx.Softmax
// CHECK: onnx.MatMul({{.*}}, %[[V]])
func.func @efficient(%q: !torch.tensor<[2,2,3,4],f32>, %k: !torch.tensor<[2,2,5,4],f32>, %v: !torch.tensor<[2,2,5,4],f32>, %b: !torch.tensor<[2,2,3,5],f32>) -> (!torch.tensor<[2,2,3,4],f32>) {
  %false = torch.constant false
  %float0 = torch.constant 0.0 : !torch.float
  %none = torch.constant none
  %0:4 = torch.aten._scaled_dot_product_efficient_attention %q, %k, %v, %b, %false, %float0, %false, %none : !torch.tensor<[2,2,3,4],f32>, !torch.tensor<[2,2,5,4],f32>, !torch.tensor<[2,2,5,4],f32>, !torch.tensor<[2,2,3,5],f32>, !torch.bool, !torch.float, !torch.bool, !torch.none -> !torch.tensor<[2,2,3,4],f32>, !torch.tensor, !torch.tensor, !torch.tensor
  return %0#0 : !torch.tensor<[2,2,3,4],f32>
}
