// What an opset cannot say is reported, all of it.
// RUN: torch-onnx-opt --legalize-opset --split-input-file --verify-diagnostics %s

module attributes {onnx.opset = 15 : i64} {
func.func @missing(%x: tensor<1x1x4x4xf32>, %g: tensor<1x2x2x2xf32>, %i: tensor<2xi32>, %s: tensor<4xi64>, %axes: tensor<1xi64>) -> (tensor<1x1x2x2xf32>, tensor<2xi32>, tensor<1x1x8x8xf32>, tensor<?x?x?x?xf32>) {
  %none = onnx.none
  // expected-error @below {{'onnx.GridSample' needs opset 16, but the model is exported for opset 15}}
  %0 = onnx.GridSample(%x, %g) : (tensor<1x1x4x4xf32>, tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  // expected-error @below {{'onnx.BitwiseAnd' needs opset 18, but the model is exported for opset 15}}
  %1 = onnx.BitwiseAnd(%i, %i) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  // expected-error @below {{'onnx.Resize' with 'antialias' needs opset 18, but the model is exported for opset 15}}
  %2 = onnx.Resize(%x, %none, %none, %s) {antialias = 1 : i64, mode = "linear"} : (tensor<1x1x4x4xf32>, none, none, tensor<4xi64>) -> tensor<1x1x8x8xf32>
  // expected-error @below {{'onnx.ReduceMean' with 'axes' that are computed needs opset 18, but the model is exported for opset 15}}
  %3 = onnx.ReduceMean(%x, %axes) : (tensor<1x1x4x4xf32>, tensor<1xi64>) -> tensor<?x?x?x?xf32>
  return %0, %1, %2, %3 : tensor<1x1x2x2xf32>, tensor<2xi32>, tensor<1x1x8x8xf32>, tensor<?x?x?x?xf32>
}
}

// -----

module attributes {onnx.opset = 11 : i64} {
func.func @options(%x: tensor<2x3xf32>, %i: tensor<2x3xi64>) -> (tensor<3xi64>, tensor<2x3xf32>) {
  // expected-error @below {{'onnx.ArgMax' with the attribute 'select_last_index' needs opset 12, but the model is exported for opset 11}}
  %0 = onnx.ArgMax(%x) {axis = 0 : i64, keepdims = 0 : i64, select_last_index = 1 : i64} : (tensor<2x3xf32>) -> tensor<3xi64>
  // expected-error @below {{'onnx.ScatterElements' with the attribute 'reduction' needs opset 16, but the model is exported for opset 11}}
  %1 = onnx.ScatterElements(%x, %i, %x) {axis = 0 : i64, reduction = "add"} : (tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0, %1 : tensor<3xi64>, tensor<2x3xf32>
}
}

// -----

// Equal problems are told once.
module attributes {onnx.opset = 15 : i64} {
func.func @twice(%i: tensor<2xi32>) -> tensor<2xi32> {
  // expected-error @below {{'onnx.BitwiseAnd' needs opset 18}}
  %0 = onnx.BitwiseAnd(%i, %i) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  // expected-note @below {{and here}}
  %1 = onnx.BitwiseAnd(%0, %i) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  return %1 : tensor<2xi32>
}
}

// -----

// expected-error @below {{opset 10 is not supported; the opsets from 11 to 26 are}}
module attributes {onnx.opset = 10 : i64} {
}

// -----

// A double does not hold all 64-bit integers.
module attributes {onnx.opset = 11 : i64} {
func.func @types(%x: tensor<2xi64>) -> tensor<2xi64> {
  // expected-error @below {{'onnx.Pow' on tensor(int64) needs opset 12, but the model is exported for opset 11}}
  %0 = onnx.Pow(%x, %x) : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  return %0 : tensor<2xi64>
}
}

// -----

// Parts of a size that may not divide.
module attributes {onnx.opset = 12 : i64} {
func.func @parts(%x: tensor<?xf32, #symbolic.shape<[n]>>) -> (tensor<?xf32>, tensor<?xf32>) {
  %none = onnx.none
  // expected-error @below {{'onnx.Split' of a dimension whose size is not known into parts of equal size needs opset 13, but the model is exported for opset 12}}
  %0, %1 = onnx.Split(%x, %none) {num_outputs = 2 : i64} : (tensor<?xf32, #symbolic.shape<[n]>>, none) -> (tensor<?xf32>, tensor<?xf32>)
  return %0, %1 : tensor<?xf32>, tensor<?xf32>
}
}
