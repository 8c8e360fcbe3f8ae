// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @same
// CHECK-NEXT: return %{{.*}}arg0
func.func @same(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = onnx.Cast(%x) {to = 1 : i64} : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

// Wider and back is nothing.
// CHECK-LABEL: @round_trip
// CHECK-NEXT: return %{{.*}}arg0
func.func @round_trip(%x: tensor<2xf16>) -> tensor<2xf16> {
  %0 = onnx.Cast(%x) {to = 1 : i64} : (tensor<2xf16>) -> tensor<2xf32>
  %1 = onnx.Cast(%0) {to = 10 : i64} : (tensor<2xf32>) -> tensor<2xf16>
  return %1 : tensor<2xf16>
}

// -----

// Narrower and back rounds.
// CHECK-LABEL: @rounds
// CHECK: onnx.Cast
// CHECK: onnx.Cast
func.func @rounds(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = onnx.Cast(%x) {to = 10 : i64} : (tensor<2xf32>) -> tensor<2xf16>
  %1 = onnx.Cast(%0) {to = 1 : i64} : (tensor<2xf16>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// -----

// CHECK-LABEL: @through_wider
// CHECK: onnx.Cast(%{{.*}}) {to = 1 : i64} : (tensor<2xi1>) -> tensor<2xf32>
// CHECK-NEXT: return
func.func @through_wider(%x: tensor<2xi1>) -> tensor<2xf32> {
  %0 = onnx.Cast(%x) {to = 7 : i64} : (tensor<2xi1>) -> tensor<2xi64>
  %1 = onnx.Cast(%0) {to = 1 : i64} : (tensor<2xi64>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// -----

// An i64 does not fit in the 53 bits of a double.
// CHECK-LABEL: @wide_integer
// CHECK-COUNT-2: onnx.Cast
func.func @wide_integer(%x: tensor<2xi64>) -> tensor<2xi64> {
  %0 = onnx.Cast(%x) {to = 11 : i64} : (tensor<2xi64>) -> tensor<2xf64>
  %1 = onnx.Cast(%0) {to = 7 : i64} : (tensor<2xf64>) -> tensor<2xi64>
  return %1 : tensor<2xi64>
}
