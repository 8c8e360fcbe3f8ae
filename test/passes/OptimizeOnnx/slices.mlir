// Slices of one tensor.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @slices
// CHECK-DAG: %[[S:.*]] = onnx.initializer dense<1> : tensor<2xi64>
// CHECK-DAG: %[[A:.*]] = onnx.initializer dense<[0, 1]> : tensor<2xi64>
// CHECK: onnx.Slice
// CHECK-NOT: onnx.Slice
func.func @slices(%x: tensor<4x5xf32>) -> tensor<2x2xf32> {
  %none = onnx.none
  %zero = onnx.initializer dense<0> : tensor<1xi64>
  %one = onnx.initializer dense<1> : tensor<1xi64>
  %three = onnx.initializer dense<3> : tensor<1xi64>
  %0 = onnx.Slice(%x, %one, %three, %zero, %none) : (tensor<4x5xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<2x5xf32>
  %1 = onnx.Slice(%0, %one, %three, %one, %none) : (tensor<2x5xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// -----

// Slices that take an axis apart, in any order and however they are written.
// CHECK-LABEL: @apart
// CHECK-NEXT: %[[SIZES:.*]] = onnx.initializer dense<[1, 2, 3]> : tensor<3xi64>
// CHECK-NEXT: %[[P:.*]]:3 = onnx.Split(%arg0, %[[SIZES]]) {axis = 1 : i64}
// CHECK-NEXT: return %[[P]]#2, %[[P]]#0, %[[P]]#1
func.func @apart(%x: tensor<?x6xf32, #symbolic.shape<[batch, 6]>>) -> (tensor<?x3xf32, #symbolic.shape<[batch, 3]>>, tensor<?x1xf32, #symbolic.shape<[batch, 1]>>, tensor<?x2xf32, #symbolic.shape<[batch, 2]>>) {
  %none = onnx.none
  %axis = onnx.initializer dense<1> : tensor<1xi64>
  %last = onnx.initializer dense<-1> : tensor<1xi64>
  %i0 = onnx.initializer dense<0> : tensor<1xi64>
  %i3 = onnx.initializer dense<3> : tensor<1xi64>
  %im3 = onnx.initializer dense<-3> : tensor<1xi64>
  %max = onnx.initializer dense<9223372036854775807> : tensor<1xi64>
  %2 = onnx.Slice(%x, %im3, %max, %last, %none) : (tensor<?x6xf32, #symbolic.shape<[batch, 6]>>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<?x3xf32, #symbolic.shape<[batch, 3]>>
  %0 = onnx.Slice(%x, %i0, %axis, %axis, %none) : (tensor<?x6xf32, #symbolic.shape<[batch, 6]>>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<?x1xf32, #symbolic.shape<[batch, 1]>>
  %1 = onnx.Slice(%x, %axis, %i3, %axis, %axis) : (tensor<?x6xf32, #symbolic.shape<[batch, 6]>>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?x2xf32, #symbolic.shape<[batch, 2]>>
  return %2, %0, %1 : tensor<?x3xf32, #symbolic.shape<[batch, 3]>>, tensor<?x1xf32, #symbolic.shape<[batch, 1]>>, tensor<?x2xf32, #symbolic.shape<[batch, 2]>>
}

// -----

// Element 2 is in both, or in none.
// CHECK-LABEL: @overlap_and_gap
// CHECK-NOT: onnx.Split
func.func @overlap_and_gap(%x: tensor<5xf32>, %y: tensor<5xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<2xf32>, tensor<2xf32>) {
  %none = onnx.none
  %i0 = onnx.initializer dense<0> : tensor<1xi64>
  %i2 = onnx.initializer dense<2> : tensor<1xi64>
  %i3 = onnx.initializer dense<3> : tensor<1xi64>
  %i5 = onnx.initializer dense<5> : tensor<1xi64>
  %0 = onnx.Slice(%x, %i0, %i3, %i0, %none) : (tensor<5xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<3xf32>
  %1 = onnx.Slice(%x, %i2, %i5, %i0, %none) : (tensor<5xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<3xf32>
  %2 = onnx.Slice(%y, %i0, %i2, %i0, %none) : (tensor<5xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<2xf32>
  %3 = onnx.Slice(%y, %i3, %i5, %i0, %none) : (tensor<5xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<2xf32>
  return %0, %1, %2, %3 : tensor<3xf32>, tensor<3xf32>, tensor<2xf32>, tensor<2xf32>
}

// -----

// Before opset 13 the sizes are an attribute.
module attributes {onnx.opset = 12 : i64} {
// CHECK-LABEL: @old
// CHECK-NOT: onnx.Split
func.func @old(%x: tensor<2xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
  %none = onnx.none
  %i0 = onnx.initializer dense<0> : tensor<1xi64>
  %i1 = onnx.initializer dense<1> : tensor<1xi64>
  %i2 = onnx.initializer dense<2> : tensor<1xi64>
  %0 = onnx.Slice(%x, %i0, %i1, %i0, %none) : (tensor<2xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<1xf32>
  %1 = onnx.Slice(%x, %i1, %i2, %i0, %none) : (tensor<2xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<1xf32>
  return %0, %1 : tensor<1xf32>, tensor<1xf32>
}
}
