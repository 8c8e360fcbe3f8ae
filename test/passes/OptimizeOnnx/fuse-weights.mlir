// Scales and biases go into the weights before them.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// scale / sqrt(var + eps) = 4 / sqrt(3 + 1) = 2; the bias is (0.5 - 1) * 2 + 3.
// CHECK-LABEL: @batch_norm
// CHECK-DAG: onnx.initializer "conv.weight.fused" dense<8.000000e+00> : tensor<2x1x1x1xf32>
// CHECK-DAG: onnx.initializer "conv.bias.fused" dense<2.000000e+00> : tensor<2xf32>
// CHECK: onnx.Conv
// CHECK-NEXT: return
func.func @batch_norm(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = onnx.initializer "conv.weight" dense<4.0> : tensor<2x1x1x1xf32>
  %b = onnx.initializer "conv.bias" dense<0.5> : tensor<2xf32>
  %scale = onnx.initializer dense<4.0> : tensor<2xf32>
  %shift = onnx.initializer dense<3.0> : tensor<2xf32>
  %mean = onnx.initializer dense<1.0> : tensor<2xf32>
  %var = onnx.initializer dense<3.0> : tensor<2xf32>
  %0 = onnx.Conv(%x, %w, %b) : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  %1, %2, %3 = onnx.BatchNormalization(%0, %scale, %shift, %mean, %var) {epsilon = 1.0 : f32} : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x2x4x4xf32>, none, none)
  return %1 : tensor<1x2x4x4xf32>
}

// -----

// A large weight is multiplied when it is written.
// CHECK-LABEL: @large
// CHECK: onnx.initializer "w.fused" #onnx.fold<"Mul"(dense<1.000000e+00> : tensor<64x64x3x3xf32>, dense<{{.*}}> : tensor<64x1x1x1xf32>) {}> : tensor<64x64x3x3xf32>
// CHECK-NOT: onnx.BatchNormalization
func.func @large(%x: tensor<1x64x4x4xf32>) -> tensor<1x64x4x4xf32> {
  %none = onnx.none
  %w = onnx.initializer "w" dense<1.0> : tensor<64x64x3x3xf32>
  %p = onnx.initializer dense<2.0> : tensor<64xf32>
  %0 = onnx.Conv(%x, %w, %none) {pads = array<i64: 1, 1, 1, 1>} : (tensor<1x64x4x4xf32>, tensor<64x64x3x3xf32>, none) -> tensor<1x64x4x4xf32>
  %1, %2, %3 = onnx.BatchNormalization(%0, %p, %p, %p, %p) : (tensor<1x64x4x4xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) -> (tensor<1x64x4x4xf32>, none, none)
  return %1 : tensor<1x64x4x4xf32>
}

// -----

// Someone else wants the convolution as it is.
// CHECK-LABEL: @used_twice
// CHECK: onnx.BatchNormalization
func.func @used_twice(%x: tensor<1x1x4x4xf32>) -> (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) {
  %none = onnx.none
  %w = onnx.initializer dense<4.0> : tensor<2x1x1x1xf32>
  %p = onnx.initializer dense<2.0> : tensor<2xf32>
  %0 = onnx.Conv(%x, %w, %none) : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>, none) -> tensor<1x2x4x4xf32>
  %1, %2, %3 = onnx.BatchNormalization(%0, %p, %p, %p, %p) : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<1x2x4x4xf32>, none, none)
  return %0, %1 : tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>
}

// -----

// Two groups, each with one input and two output channels.
// CHECK-LABEL: @transposed_groups
// CHECK-DAG: onnx.initializer dense<{{\[\[}}{{\[\[}}1.000000e+00]], {{\[\[}}2.000000e+00]]], {{\[\[\[}}3.000000e+00]], {{\[\[}}4.000000e+00]]]]> : tensor<2x2x1x1xf32>
// CHECK: onnx.ConvTranspose
// CHECK-NOT: onnx.Mul
func.func @transposed_groups(%x: tensor<1x2x4x4xf32>) -> tensor<1x4x4x4xf32> {
  %none = onnx.none
  %w = onnx.initializer dense<1.0> : tensor<2x2x1x1xf32>
  %s = onnx.initializer dense<[[[1.0]], [[2.0]], [[3.0]], [[4.0]]]> : tensor<4x1x1xf32>
  %0 = onnx.ConvTranspose(%x, %w, %none) {group = 2 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>, none) -> tensor<1x4x4x4xf32>
  %1 = onnx.Mul(%0, %s) : (tensor<1x4x4x4xf32>, tensor<4x1x1xf32>) -> tensor<1x4x4x4xf32>
  return %1 : tensor<1x4x4x4xf32>
}

// -----

// CHECK-LABEL: @gemm
// CHECK-DAG: onnx.initializer dense<6.000000e+00> : tensor<3x2xf32>
// CHECK-DAG: onnx.initializer dense<-1.000000e+00> : tensor<3xf32>
// CHECK: onnx.Gemm
// CHECK-NEXT: return
func.func @gemm(%x: tensor<5x2xf32>) -> tensor<5x3xf32> {
  %w = onnx.initializer dense<3.0> : tensor<3x2xf32>
  %b = onnx.initializer dense<1.0> : tensor<3xf32>
  %scale = onnx.initializer dense<4.0> : tensor<3xf32>
  %shift = onnx.initializer dense<1.0> : tensor<3xf32>
  %mean = onnx.initializer dense<2.0> : tensor<3xf32>
  %var = onnx.initializer dense<3.0> : tensor<3xf32>
  %0 = onnx.Gemm(%x, %w, %b) {transB = 1 : i64} : (tensor<5x2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<5x3xf32>
  %1, %2, %3 = onnx.BatchNormalization(%0, %scale, %shift, %mean, %var) {epsilon = 1.0 : f32} : (tensor<5x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<5x3xf32>, none, none)
  return %1 : tensor<5x3xf32>
}

// -----

// CHECK-LABEL: @add
// CHECK: %[[B:.*]] = onnx.initializer dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
// CHECK: onnx.Conv(%{{.*}}arg0, %{{.*}}, %[[B]])
// CHECK-NEXT: return
func.func @add(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %none = onnx.none
  %w = onnx.initializer dense<4.0> : tensor<2x1x1x1xf32>
  %b = onnx.initializer dense<[[[1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %0 = onnx.Conv(%x, %w, %none) : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>, none) -> tensor<1x2x4x4xf32>
  %1 = onnx.Add(%0, %b) : (tensor<1x2x4x4xf32>, tensor<2x1x1xf32>) -> tensor<1x2x4x4xf32>
  return %1 : tensor<1x2x4x4xf32>
}
