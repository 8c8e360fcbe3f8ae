// Operators on constants are evaluated: small ones now, large ones as a recipe.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @arithmetic
// CHECK: onnx.initializer dense<[-1, 3, -3]> : tensor<3xi64>
// CHECK-NOT: onnx.Div
func.func @arithmetic() -> tensor<3xi64> {
  // Integers are divided toward zero.
  %a = onnx.initializer dense<[-3, 7, -7]> : tensor<3xi64>
  %b = onnx.initializer dense<2> : tensor<i64>
  %c = onnx.Div(%a, %b) : (tensor<3xi64>, tensor<i64>) -> tensor<3xi64>
  return %c : tensor<3xi64>
}

// -----

// CHECK-LABEL: @bool_and_slices
// CHECK-DAG: onnx.initializer dense<[true, false]> : tensor<2xi1>
// CHECK-DAG: onnx.initializer dense<[3, 1]> : tensor<2xi64>
func.func @bool_and_slices() -> (tensor<2xi1>, tensor<2xi64>) {
  %none = onnx.none
  %a = onnx.initializer dense<[1, 2, 3, 4]> : tensor<4xi64>
  %two = onnx.initializer dense<[2]> : tensor<1xi64>
  %zero = onnx.initializer dense<[0]> : tensor<1xi64>
  %minus = onnx.initializer dense<[-5]> : tensor<1xi64>
  %step = onnx.initializer dense<[-2]> : tensor<1xi64>
  %s = onnx.Slice(%a, %two, %minus, %zero, %step) : (tensor<4xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>
  %g = onnx.Greater(%s, %two) : (tensor<2xi64>, tensor<1xi64>) -> tensor<2xi1>
  return %g, %s : tensor<2xi1>, tensor<2xi64>
}

// -----

// A weight of more than 16 KiB is transposed when the file is written.
// CHECK-LABEL: @large
// CHECK: onnx.initializer "fc.weight.transpose" #onnx.fold<"Transpose"(dense<1.000000e+00> : tensor<128x64xf32>) {perm = array<i64: 1, 0>}> : tensor<64x128xf32>
// CHECK: onnx.MatMul
// CHECK-NOT: onnx.Transpose
func.func @large(%x: tensor<2x3x64xf32>) -> tensor<2x3x128xf32> {
  %w = onnx.initializer "fc.weight" dense<1.0> : tensor<128x64xf32>
  %t = onnx.Transpose(%w) {perm = array<i64: 1, 0>} : (tensor<128x64xf32>) -> tensor<64x128xf32>
  %y = onnx.MatMul(%x, %t) : (tensor<2x3x64xf32>, tensor<64x128xf32>) -> tensor<2x3x128xf32>
  return %y : tensor<2x3x128xf32>
}

// -----

// What would make the file larger stays.
// CHECK-LABEL: @grows
// CHECK: onnx.Expand
func.func @grows() -> tensor<1000x1000xf32> {
  %c = onnx.initializer dense<1.0> : tensor<1xf32>
  %s = onnx.initializer dense<1000> : tensor<2xi64>
  %y = onnx.Expand(%c, %s) : (tensor<1xf32>, tensor<2xi64>) -> tensor<1000x1000xf32>
  return %y : tensor<1000x1000xf32>
}

// -----

// A weight that is used as it is, too, is not stored twice.
// CHECK-LABEL: @tied
// CHECK: onnx.Transpose
func.func @tied(%i: tensor<2x3xi64>) -> tensor<2x3x500xf32> {
  %w = onnx.initializer "embed.weight" dense<1.0> : tensor<500x64xf32>
  %e = onnx.Gather(%w, %i) {axis = 0 : i64} : (tensor<500x64xf32>, tensor<2x3xi64>) -> tensor<2x3x64xf32>
  %t = onnx.Transpose(%w) {perm = array<i64: 1, 0>} : (tensor<500x64xf32>) -> tensor<64x500xf32>
  %y = onnx.MatMul(%e, %t) : (tensor<2x3x64xf32>, tensor<64x500xf32>) -> tensor<2x3x500xf32>
  return %y : tensor<2x3x500xf32>
}

// -----

// CHECK-LABEL: @split
// CHECK-DAG: onnx.initializer dense<[1, 2]> : tensor<2xi64>
// CHECK-DAG: onnx.initializer dense<3> : tensor<1xi64>
// CHECK-NOT: onnx.Split
func.func @split() -> (tensor<2xi64>, tensor<1xi64>) {
  %none = onnx.none
  %a = onnx.initializer dense<[1, 2, 3]> : tensor<3xi64>
  %s = onnx.initializer dense<[2, 1]> : tensor<2xi64>
  %0, %1 = onnx.Split(%a, %s) {axis = 0 : i64} : (tensor<3xi64>, tensor<2xi64>) -> (tensor<2xi64>, tensor<1xi64>)
  return %0, %1 : tensor<2xi64>, tensor<1xi64>
}

// -----

// CHECK-LABEL: @constant_operator
// CHECK: onnx.initializer dense<2.500000e+00> : tensor<f32>
func.func @constant_operator() -> tensor<f32> {
  %c = onnx.Constant() {value_float = 2.5 : f32} : () -> tensor<f32>
  return %c : tensor<f32>
}

// -----

// Division by zero is left to the runtime.
// CHECK-LABEL: @division_by_zero
// CHECK: onnx.Div
func.func @division_by_zero() -> tensor<i64> {
  %a = onnx.initializer dense<1> : tensor<i64>
  %b = onnx.initializer dense<0> : tensor<i64>
  %c = onnx.Div(%a, %b) : (tensor<i64>, tensor<i64>) -> tensor<i64>
  return %c : tensor<i64>
}

// -----

// CHECK-LABEL: @gemm
// CHECK-NEXT: %[[Y:.*]] = onnx.initializer dense<{{\[\[}}6.000000e+00, 1.350000e+01{{\]\]}}> : tensor<1x2xf32>
// CHECK-NEXT: return %[[Y]]
func.func @gemm() -> tensor<1x2xf32> {
  %a = onnx.initializer dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %b = onnx.initializer dense<[[3.0, 4.0], [5.0, 6.0]]> : tensor<2x2xf32>
  %c = onnx.initializer dense<[1.0, 10.0]> : tensor<2xf32>
  %0 = onnx.Gemm(%a, %b, %c) {alpha = 0.5 : f32, beta = 0.5 : f32, transA = 1 : i64, transB = 1 : i64} : (tensor<2x1xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}
