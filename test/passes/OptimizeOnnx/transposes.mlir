// Transposes that cancel.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @inverse
// CHECK-NEXT: return %{{.*}}arg0
func.func @inverse(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %0 = onnx.Transpose(%x) {perm = array<i64: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %1 = onnx.Transpose(%0) {perm = array<i64: 2, 0, 1>} : (tensor<3x4x2xf32>) -> tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}

// -----

// CHECK-LABEL: @composed
// CHECK-NEXT: onnx.Transpose(%{{.*}}arg0) {perm = array<i64: 2, 1, 0>}
// CHECK-NEXT: return
func.func @composed(%x: tensor<2x3x4xf32>) -> tensor<4x3x2xf32> {
  %0 = onnx.Transpose(%x) {perm = array<i64: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %1 = onnx.Transpose(%0) {perm = array<i64: 1, 0, 2>} : (tensor<3x4x2xf32>) -> tensor<4x3x2xf32>
  return %1 : tensor<4x3x2xf32>
}

// -----

// Only a dimension of size 1 moves.
// CHECK-LABEL: @unit
// CHECK: onnx.Reshape
// CHECK-NOT: onnx.Transpose
func.func @unit(%x: tensor<?x1x4xf32, #symbolic.shape<[b, 1, 4]>>) -> tensor<1x?x4xf32, #symbolic.shape<[1, b, 4]>> {
  %0 = onnx.Transpose(%x) {perm = array<i64: 1, 0, 2>} : (tensor<?x1x4xf32, #symbolic.shape<[b, 1, 4]>>) -> tensor<1x?x4xf32, #symbolic.shape<[1, b, 4]>>
  return %0 : tensor<1x?x4xf32, #symbolic.shape<[1, b, 4]>>
}

// -----

// CHECK-LABEL: @around_elementwise
// CHECK-DAG: %[[C:.*]] = onnx.initializer dense<{{\[\[}}1.000000e+00], [2.000000e+00], [3.000000e+00]]> : tensor<3x1xf32>
// CHECK: %[[R:.*]] = onnx.Relu(%{{.*}}arg0)
// CHECK: onnx.Add(%[[R]], %[[C]])
// CHECK-NOT: onnx.Transpose
func.func @around_elementwise(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %c = onnx.initializer dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %0 = onnx.Transpose(%x) {perm = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %1 = onnx.Relu(%0) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = onnx.Add(%1, %c) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %3 = onnx.Transpose(%2) {perm = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %3 : tensor<3x2xf32>
}

// -----

// CHECK-LABEL: @both_operands
// CHECK: onnx.Mul(%{{.*}}arg0, %{{.*}}arg1)
// CHECK-NEXT: onnx.Transpose
// CHECK-NEXT: return
func.func @both_operands(%x: tensor<3x2xf32>, %y: tensor<3x2xf32>) -> tensor<2x3xf32> {
  %0 = onnx.Transpose(%x) {perm = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %1 = onnx.Transpose(%y) {perm = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %2 = onnx.Mul(%0, %1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}
