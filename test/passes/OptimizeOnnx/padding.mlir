// Pads and clips into their neighbours.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @conv
// CHECK: onnx.Conv(%{{.*}}arg0, {{.*}}pads = array<i64: 1, 3, 1, 3>
// CHECK-NOT: onnx.Pad
func.func @conv(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x6x10xf32> {
  %none = onnx.none
  %w = onnx.initializer dense<4.0> : tensor<1x1x1x1xf32>
  %pads = onnx.initializer dense<[0, 0, 1, 2, 0, 0, 1, 2]> : tensor<8xi64>
  %zero = onnx.initializer dense<0.0> : tensor<f32>
  %0 = onnx.Pad(%x, %pads, %zero, %none) : (tensor<1x1x4x4xf32>, tensor<8xi64>, tensor<f32>, none) -> tensor<1x1x6x8xf32>
  %1 = onnx.Conv(%0, %w, %none) {pads = array<i64: 0, 1, 0, 1>} : (tensor<1x1x6x8xf32>, tensor<1x1x1x1xf32>, none) -> tensor<1x1x6x10xf32>
  return %1 : tensor<1x1x6x10xf32>
}

// -----

// CHECK-LABEL: @not_zero
// CHECK: onnx.Pad
func.func @not_zero(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x6x6xf32> {
  %none = onnx.none
  %w = onnx.initializer dense<4.0> : tensor<1x1x1x1xf32>
  %pads = onnx.initializer dense<[0, 0, 1, 1, 0, 0, 1, 1]> : tensor<8xi64>
  %one = onnx.initializer dense<1.0> : tensor<f32>
  %0 = onnx.Pad(%x, %pads, %one, %none) : (tensor<1x1x4x4xf32>, tensor<8xi64>, tensor<f32>, none) -> tensor<1x1x6x6xf32>
  %1 = onnx.Conv(%0, %w, %none) : (tensor<1x1x6x6xf32>, tensor<1x1x1x1xf32>, none) -> tensor<1x1x6x6xf32>
  return %1 : tensor<1x1x6x6xf32>
}

// -----

// CHECK-LABEL: @average_pool
// CHECK: onnx.AveragePool(%{{.*}}arg0) {count_include_pad = 1 : i64, kernel_shape = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>}
func.func @average_pool(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %none = onnx.none
  %pads = onnx.initializer dense<1> : tensor<4xi64>
  %axes = onnx.initializer dense<[2, 3]> : tensor<2xi64>
  %0 = onnx.Pad(%x, %pads, %none, %axes) : (tensor<1x1x4x4xf32>, tensor<4xi64>, none, tensor<2xi64>) -> tensor<1x1x6x6xf32>
  %1 = onnx.AveragePool(%0) {kernel_shape = array<i64: 3, 3>} : (tensor<1x1x6x6xf32>) -> tensor<1x1x4x4xf32>
  return %1 : tensor<1x1x4x4xf32>
}

// -----

// CHECK-LABEL: @clips
// CHECK-DAG: %[[LOW:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK-DAG: %[[HIGH:.*]] = onnx.initializer dense<4.000000e+00> : tensor<f32>
// CHECK: onnx.Clip(%{{.*}}arg0, %[[LOW]], %[[HIGH]])
// CHECK-NEXT: return
func.func @clips(%x: tensor<2xf32>) -> tensor<2xf32> {
  %none = onnx.none
  %four = onnx.initializer dense<4.0> : tensor<f32>
  %six = onnx.initializer dense<6.0> : tensor<f32>
  %0 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = onnx.Relu(%0) : (tensor<2xf32>) -> tensor<2xf32>
  %2 = onnx.Clip(%1, %none, %six) : (tensor<2xf32>, none, tensor<f32>) -> tensor<2xf32>
  %3 = onnx.Clip(%2, %none, %four) : (tensor<2xf32>, none, tensor<f32>) -> tensor<2xf32>
  %4 = onnx.Relu(%3) : (tensor<2xf32>) -> tensor<2xf32>
  return %4 : tensor<2xf32>
}
