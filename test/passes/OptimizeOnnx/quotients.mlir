// Products with a reciprocal.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @rsqrt
// CHECK-NEXT: %[[S:.*]] = onnx.Sqrt(%arg1)
// CHECK-NEXT: %[[Y:.*]] = onnx.Div(%arg0, %[[S]])
// CHECK-NEXT: return %[[Y]]
func.func @rsqrt(%x: tensor<2x3xf32>, %y: tensor<2x1xf32>) -> tensor<2x3xf32> {
  %0 = onnx.Sqrt(%y) : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %1 = onnx.Reciprocal(%0) : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %2 = onnx.Mul(%1, %x) : (tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}

// -----

// Two quotients cost more than one.
// CHECK-LABEL: @shared
// CHECK: onnx.Reciprocal
// CHECK-NOT: onnx.Div
func.func @shared(%x: tensor<3xf32>, %y: tensor<3xf32>, %z: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %0 = onnx.Reciprocal(%z) : (tensor<3xf32>) -> tensor<3xf32>
  %1 = onnx.Mul(%x, %0) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %2 = onnx.Mul(%y, %0) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %1, %2 : tensor<3xf32>, tensor<3xf32>
}

// -----

// 1 / y is infinite for the smallest y, where x / y need not be.
// CHECK-LABEL: @no_root
// CHECK: onnx.Reciprocal
func.func @no_root(%x: tensor<3xf32>, %y: tensor<3xf32>) -> tensor<3xf32> {
  %0 = onnx.Reciprocal(%y) : (tensor<3xf32>) -> tensor<3xf32>
  %1 = onnx.Mul(%x, %0) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %1 : tensor<3xf32>
}
