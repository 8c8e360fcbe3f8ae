// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// Of matrices a linear layer is Gemm.
// CHECK-LABEL: func.func @linear_matrix
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Gemm(%[[X0]], %[[X1]], %[[X2]]) {transB = 1 : i64}
// CHECK: return %[[V0]]
func.func @linear_matrix(%arg0: !torch.tensor<[batch,8],f32>, %arg1: !torch.tensor<[4,8],f32>, %arg2: !torch.tensor<[4],f32>) -> (!torch.tensor<[batch,4],f32>) {
  %0 = torch.aten.linear %arg0, %arg1, %arg2 : !torch.tensor<[batch,8],f32>, !torch.tensor<[4,8],f32>, !torch.tensor<[4],f32> -> !torch.tensor<[batch,4],f32>
  return %0 : !torch.tensor<[batch,4],f32>
}

// -----

// Of more dimensions it is a product and a sum.
// CHECK-LABEL: func.func @linear_batched
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Transpose(%[[X1]]) {perm = array<i64: 1, 0>}
// CHECK: %[[V1:.*]] = onnx.MatMul(%[[X0]], %[[V0]])
// CHECK: %[[V2:.*]] = onnx.Add(%[[V1]], %[[X2]])
// CHECK: return %[[V2]]
func.func @linear_batched(%arg0: !torch.tensor<[batch,seq,8],f32>, %arg1: !torch.tensor<[4,8],f32>, %arg2: !torch.tensor<[4],f32>) -> (!torch.tensor<[batch,seq,4],f32>) {
  %0 = torch.aten.linear %arg0, %arg1, %arg2 : !torch.tensor<[batch,seq,8],f32>, !torch.tensor<[4,8],f32>, !torch.tensor<[4],f32> -> !torch.tensor<[batch,seq,4],f32>
  return %0 : !torch.tensor<[batch,seq,4],f32>
}

// -----

// Factors are attributes.
// CHECK-LABEL: func.func @addmm
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Gemm(%[[X1]], %[[X2]], %[[X0]]) {alpha = 3.000000e+00 : f32, beta = 2.000000e+00 : f32}
// CHECK: return %[[V0]]
func.func @addmm(%arg0: !torch.tensor<[4],f32>, %arg1: !torch.tensor<[2,3],f32>, %arg2: !torch.tensor<[3,4],f32>) -> (!torch.tensor<[2,4],f32>) {
  %int2 = torch.constant 2 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %0 = torch.aten.addmm %arg0, %arg1, %arg2, %int2, %int3 : !torch.tensor<[4],f32>, !torch.tensor<[2,3],f32>, !torch.tensor<[3,4],f32>, !torch.int, !torch.int -> !torch.tensor<[2,4],f32>
  return %0 : !torch.tensor<[2,4],f32>
}

// -----

// Spaces in the equation are left out.
// CHECK-LABEL: func.func @einsum
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Einsum(%[[X0]], %[[X1]]) {equation = "bij,bjk->bik"}
// CHECK: return %[[V0]]
func.func @einsum(%arg0: !torch.tensor<[2,3,4],f32>, %arg1: !torch.tensor<[2,4,5],f32>) -> (!torch.tensor<[2,3,5],f32>) {
  %none = torch.constant none
  %str = torch.constant "b i j, b j k -> b i k"
  %0 = torch.prim.ListConstruct %arg0, %arg1 : !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,4,5],f32> -> !torch.list<tensor>
  %1 = torch.aten.einsum %str, %0, %none : !torch.str, !torch.list<tensor>, !torch.none -> !torch.tensor<[2,3,5],f32>
  return %1 : !torch.tensor<[2,3,5],f32>
}
