// What was rewritten is said at the user's line.
// RUN: torch-onnx-opt --pass-pipeline='builtin.module(optimize{explain})' %s 2>&1 | FileCheck %s

// CHECK: explain.mlir:[[#@LINE+4]]:8: remark: onnx.Transpose is rewritten by merge-transposes
// CHECK: return %arg0
func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = onnx.Transpose(%x) {perm = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = onnx.Transpose(%0) {perm = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}
