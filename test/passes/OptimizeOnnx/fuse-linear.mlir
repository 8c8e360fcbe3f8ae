// MatMul, Add and Transpose into Gemm.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @matmul_add
// CHECK: %[[Y:.*]] = onnx.Gemm(%{{.*}}arg0, %{{.*}}, %{{.*}})
// CHECK-NEXT: return %[[Y]]
func.func @matmul_add(%x: tensor<?x4xf32, #symbolic.shape<[b, 4]>>) -> tensor<?x3xf32, #symbolic.shape<[b, 3]>> {
  %w = onnx.initializer "w" dense<2.0> : tensor<4x3xf32>
  %b = onnx.initializer "b" dense<1.0> : tensor<3xf32>
  %0 = onnx.MatMul(%x, %w) : (tensor<?x4xf32, #symbolic.shape<[b, 4]>>, tensor<4x3xf32>) -> tensor<?x3xf32, #symbolic.shape<[b, 3]>>
  %1 = onnx.Add(%b, %0) : (tensor<3xf32>, tensor<?x3xf32, #symbolic.shape<[b, 3]>>) -> tensor<?x3xf32, #symbolic.shape<[b, 3]>>
  return %1 : tensor<?x3xf32, #symbolic.shape<[b, 3]>>
}

// -----

// Gemm is for matrices.
// CHECK-LABEL: @rank_3
// CHECK: onnx.MatMul
// CHECK: onnx.Add
func.func @rank_3(%x: tensor<2x5x4xf32>) -> tensor<2x5x3xf32> {
  %w = onnx.initializer dense<2.0> : tensor<4x3xf32>
  %b = onnx.initializer dense<1.0> : tensor<3xf32>
  %0 = onnx.MatMul(%x, %w) : (tensor<2x5x4xf32>, tensor<4x3xf32>) -> tensor<2x5x3xf32>
  %1 = onnx.Add(%0, %b) : (tensor<2x5x3xf32>, tensor<3xf32>) -> tensor<2x5x3xf32>
  return %1 : tensor<2x5x3xf32>
}

// -----

// The product is broadcast to the addend.
// CHECK-LABEL: @other_way
// CHECK: onnx.Add
func.func @other_way(%x: tensor<1x4xf32>, %c: tensor<5x3xf32>) -> tensor<5x3xf32> {
  %w = onnx.initializer dense<2.0> : tensor<4x3xf32>
  %0 = onnx.MatMul(%x, %w) : (tensor<1x4xf32>, tensor<4x3xf32>) -> tensor<1x3xf32>
  %1 = onnx.Add(%0, %c) : (tensor<1x3xf32>, tensor<5x3xf32>) -> tensor<5x3xf32>
  return %1 : tensor<5x3xf32>
}

// -----

// CHECK-LABEL: @transposed
// CHECK: onnx.Gemm(%{{.*}}arg0, %{{.*}}arg1, %{{.*}}) {transB = 1 : i64}
// CHECK-NOT: onnx.Transpose
func.func @transposed(%x: tensor<2x4xf32>, %y: tensor<3x4xf32>) -> tensor<2x3xf32> {
  %0 = onnx.Transpose(%y) {perm = array<i64: 1, 0>} : (tensor<3x4xf32>) -> tensor<4x3xf32>
  %1 = onnx.MatMul(%x, %0) : (tensor<2x4xf32>, tensor<4x3xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}
