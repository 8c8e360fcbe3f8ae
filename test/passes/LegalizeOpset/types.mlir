// Types that an operator did not take yet are cast, if that is exact.
// RUN: torch-onnx-opt --legalize-opset %s | FileCheck %s

module attributes {onnx.opset = 13 : i64} {
// CHECK-LABEL: @small_integers
// CHECK: %[[X:.*]] = onnx.Cast(%{{.*}}arg0) {to = 6 : i64}
// CHECK: %[[Y:.*]] = onnx.Add(%[[X]], %{{.*}}) : (tensor<2xi32>
// CHECK: onnx.Cast(%[[Y]]) {to = 5 : i64}
func.func @small_integers(%x: tensor<2xi16>) -> tensor<2xi16> {
  %0 = onnx.Add(%x, %x) : (tensor<2xi16>, tensor<2xi16>) -> tensor<2xi16>
  return %0 : tensor<2xi16>
}

// A default that is newer than the opset need not be said.
// CHECK-LABEL: @newer_default
// CHECK: onnx.AveragePool(%{{.*}}arg0) {kernel_shape = array<i64: 2, 2>}
func.func @newer_default(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32> {
  %0 = onnx.AveragePool(%x) {kernel_shape = array<i64: 2, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}
}
