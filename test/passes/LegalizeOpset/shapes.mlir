// Operators on shapes and axes, as opset 11 spells them.
// RUN: torch-onnx-opt --legalize-opset --split-input-file %s | FileCheck %s

module attributes {onnx.opset = 11 : i64} {
// CHECK-LABEL: @axes
func.func @axes(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %axes = onnx.initializer dense<0> : tensor<1xi64>
  // CHECK: %[[U:.*]] = onnx.custom "" "Unsqueeze"(%{{.*}}arg0) {axes = array<i64: 0>}
  %0 = onnx.Unsqueeze(%x, %axes) : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<1x2x3xf32>
  %1 = onnx.Relu(%0) : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  // CHECK: onnx.custom "" "Squeeze"(%{{.*}}) {axes = array<i64: 0>}
  %2 = onnx.Squeeze(%1, %axes) : (tensor<1x2x3xf32>, tensor<1xi64>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}

// CHECK-LABEL: @split
func.func @split(%x: tensor<5xf32>) -> (tensor<3xf32>, tensor<2xf32>, tensor<4xf32>, tensor<1xf32>) {
  %none = onnx.none
  // The last part is smaller.
  // CHECK: onnx.custom "" "Split"(%{{.*}}arg0) {axis = 0 : i64, split = array<i64: 3, 2>}
  %0, %1 = onnx.Split(%x, %none) {axis = 0 : i64, num_outputs = 2 : i64} : (tensor<5xf32>, none) -> (tensor<3xf32>, tensor<2xf32>)
  %sizes = onnx.initializer dense<[4, 1]> : tensor<2xi64>
  // CHECK: onnx.custom "" "Split"(%{{.*}}arg0) {split = array<i64: 4, 1>}
  %2, %3 = onnx.Split(%x, %sizes) : (tensor<5xf32>, tensor<2xi64>) -> (tensor<4xf32>, tensor<1xf32>)
  return %0, %1, %2, %3 : tensor<3xf32>, tensor<2xf32>, tensor<4xf32>, tensor<1xf32>
}

// CHECK-LABEL: @softmax
func.func @softmax(%x: tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>, tensor<2x3x4xf32>) {
  // CHECK: onnx.custom "" "Softmax"(%{{.*}}arg0) {axis = 2 : i64}
  %0 = onnx.Softmax(%x) {axis = -1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  // Opset 11 takes all dimensions from the axis on as one.
  // CHECK: %[[T:.*]] = onnx.Transpose(%{{.*}}arg0) {perm = array<i64: 0, 2, 1>}
  // CHECK: %[[S:.*]] = onnx.custom "" "LogSoftmax"(%[[T]]) {axis = 2 : i64}
  // CHECK: onnx.Transpose(%[[S]]) {perm = array<i64: 0, 2, 1>}
  %1 = onnx.LogSoftmax(%x) {axis = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %0, %1 : tensor<2x3x4xf32>, tensor<2x3x4xf32>
}

// CHECK-LABEL: @shape
func.func @shape(%x: tensor<?x?x4xf32, #symbolic.shape<[b, s, 4]>>) -> tensor<1xi64> {
  // CHECK: %[[S:.*]] = onnx.Shape(%{{.*}}arg0) :
  // CHECK: onnx.Slice(%[[S]]
  %0 = onnx.Shape(%x) {start = 1 : i64, end = 2 : i64} : (tensor<?x?x4xf32, #symbolic.shape<[b, s, 4]>>) -> tensor<1xi64>
  return %0 : tensor<1xi64>
}

// CHECK-LABEL: @pad
func.func @pad(%x: tensor<2x3xf32>) -> tensor<2x6xf32> {
  %none = onnx.none
  %pads = onnx.initializer dense<[1, 2]> : tensor<2xi64>
  %axes = onnx.initializer dense<1> : tensor<1xi64>
  // CHECK: %[[P:.*]] = onnx.initializer dense<[0, 1, 0, 2]> : tensor<4xi64>
  // CHECK: onnx.Pad(%{{.*}}arg0, %[[P]]
  %0 = onnx.Pad(%x, %pads, %none, %axes) : (tensor<2x3xf32>, tensor<2xi64>, none, tensor<1xi64>) -> tensor<2x6xf32>
  return %0 : tensor<2x6xf32>
}

// CHECK-LABEL: @resize
func.func @resize(%x: tensor<1x1x2x2xf32>) -> tensor<1x1x4x4xf32> {
  %none = onnx.none
  %sizes = onnx.initializer dense<[1, 1, 4, 4]> : tensor<4xi64>
  // CHECK-DAG: %[[E:.*]] = onnx.initializer dense<> : tensor<0xf32>
  // CHECK: onnx.custom "" "Resize"(%{{.*}}arg0, %[[E]], %[[E]], %{{.*}}) {mode = "linear"}
  %0 = onnx.Resize(%x, %none, %none, %sizes) {mode = "linear", antialias = 0 : i64} : (tensor<1x1x2x2xf32>, none, none, tensor<4xi64>) -> tensor<1x1x4x4xf32>
  return %0 : tensor<1x1x4x4xf32>
}
}

// -----

// Sizes that only the data tells are computed.
module attributes {onnx.opset = 17 : i64} {
// CHECK-LABEL: @dynamic_parts
// CHECK: %[[S:.*]] = onnx.Concat
// CHECK: onnx.custom "" "Split"(%{{.*}}arg0, %[[S]])
func.func @dynamic_parts(%x: tensor<?xf32, #symbolic.shape<[n]>>) -> (tensor<?xf32>, tensor<?xf32>) {
  %none = onnx.none
  %0, %1 = onnx.Split(%x, %none) {num_outputs = 2 : i64} : (tensor<?xf32, #symbolic.shape<[n]>>, none) -> (tensor<?xf32>, tensor<?xf32>)
  return %0, %1 : tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: @even_parts
// CHECK: onnx.custom "" "Split"(%{{.*}}arg0) :
func.func @even_parts(%x: tensor<?xf32, #symbolic.shape<[n * 2]>>) -> (tensor<?xf32>, tensor<?xf32>) {
  %none = onnx.none
  %0, %1 = onnx.Split(%x, %none) {num_outputs = 2 : i64} : (tensor<?xf32, #symbolic.shape<[n * 2]>>, none) -> (tensor<?xf32>, tensor<?xf32>)
  return %0, %1 : tensor<?xf32>, tensor<?xf32>
}
}
