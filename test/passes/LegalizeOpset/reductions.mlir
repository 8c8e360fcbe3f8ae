// Axes became operands in opset 13 (ReduceSum) and 18.
// RUN: torch-onnx-opt --legalize-opset --split-input-file %s | FileCheck %s

module attributes {onnx.opset = 17 : i64} {
// CHECK-LABEL: @opset_17
func.func @opset_17(%x: tensor<2x3xf32>) -> (tensor<2x1xf32>, tensor<2xf32>, tensor<f32>) {
  %none = onnx.none
  %axes = onnx.initializer dense<1> : tensor<1xi64>
  // CHECK: onnx.custom "" "ReduceMean"(%{{.*}}arg0) {axes = array<i64: 1>}
  %0 = onnx.ReduceMean(%x, %axes) : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<2x1xf32>
  // CHECK: onnx.ReduceSum(
  %1 = onnx.ReduceSum(%x, %axes) {keepdims = 0 : i64} : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<2xf32>
  // CHECK: onnx.custom "" "ReduceMax"(%{{.*}}arg0) {keepdims = 0 : i64}
  %2 = onnx.ReduceMax(%x, %none) {keepdims = 0 : i64} : (tensor<2x3xf32>, none) -> tensor<f32>
  return %0, %1, %2 : tensor<2x1xf32>, tensor<2xf32>, tensor<f32>
}
}

// -----

module attributes {onnx.opset = 11 : i64} {
// CHECK-LABEL: @opset_11
func.func @opset_11(%x: tensor<2x3xf32>) -> (tensor<2xf32>, tensor<2x3xf32>) {
  %none = onnx.none
  %axes = onnx.initializer dense<1> : tensor<1xi64>
  // CHECK: onnx.custom "" "ReduceSum"(%{{.*}}arg0) {axes = array<i64: 1>, keepdims = 0 : i64}
  %0 = onnx.ReduceSum(%x, %axes) {keepdims = 0 : i64} : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<2xf32>
  // CHECK: onnx.Abs
  %1 = onnx.ReduceL2(%x, %none) {noop_with_empty_axes = 1 : i64} : (tensor<2x3xf32>, none) -> tensor<2x3xf32>
  return %0, %1 : tensor<2xf32>, tensor<2x3xf32>
}
}

// -----

// The newest opset is the dialect's own.
module attributes {onnx.opset = 26 : i64} {
// CHECK-LABEL: @opset_26
func.func @opset_26(%x: tensor<2x3xf32>) -> tensor<2x1xf32> {
  %axes = onnx.initializer dense<1> : tensor<1xi64>
  // CHECK: onnx.ReduceMean
  %0 = onnx.ReduceMean(%x, %axes) : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<2x1xf32>
  return %0 : tensor<2x1xf32>
}
}
