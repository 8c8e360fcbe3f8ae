// Shapes that are known are constants; equal ones are computed once.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @known
// CHECK: onnx.initializer dense<12> : tensor<i64>
// CHECK-NEXT: return
func.func @known(%x: tensor<?x3x4xf32, #symbolic.shape<[b, 3, 4]>>) -> tensor<i64> {
  %shape = onnx.Shape(%x) : (tensor<?x3x4xf32, #symbolic.shape<[b, 3, 4]>>) -> tensor<3xi64>
  %one = onnx.initializer dense<1> : tensor<i64>
  %two = onnx.initializer dense<-1> : tensor<i64>
  %h = onnx.Gather(%shape, %one) {axis = 0 : i64} : (tensor<3xi64>, tensor<i64>) -> tensor<i64>
  %w = onnx.Gather(%shape, %two) {axis = 0 : i64} : (tensor<3xi64>, tensor<i64>) -> tensor<i64>
  %n = onnx.Mul(%h, %w) : (tensor<i64>, tensor<i64>) -> tensor<i64>
  return %n : tensor<i64>
}

// -----

// Of both tensors the first dimension is the same.
// CHECK-LABEL: @shared
// CHECK-COUNT-1: onnx.Shape
// CHECK-NOT: onnx.Shape
func.func @shared(%x: tensor<?xf32, #symbolic.shape<[b]>>) -> (tensor<1xi64>, tensor<1xi64>) {
  %y = onnx.Relu(%x) : (tensor<?xf32, #symbolic.shape<[b]>>) -> tensor<?xf32, #symbolic.shape<[b]>>
  %0 = onnx.Shape(%x) : (tensor<?xf32, #symbolic.shape<[b]>>) -> tensor<1xi64>
  %1 = onnx.Shape(%y) : (tensor<?xf32, #symbolic.shape<[b]>>) -> tensor<1xi64>
  return %0, %1 : tensor<1xi64>, tensor<1xi64>
}

// -----

// b * 4 / 4 is b.
// CHECK-LABEL: @quotient
// CHECK: %[[S:.*]] = onnx.Shape
// CHECK: return %[[S]], %[[S]]
func.func @quotient(%x: tensor<?xf32, #symbolic.shape<[b]>>) -> (tensor<1xi64>, tensor<1xi64>) {
  %four = onnx.initializer dense<4> : tensor<i64>
  %0 = onnx.Shape(%x) : (tensor<?xf32, #symbolic.shape<[b]>>) -> tensor<1xi64>
  %1 = onnx.Mul(%0, %four) : (tensor<1xi64>, tensor<i64>) -> tensor<1xi64>
  %2 = onnx.Div(%1, %four) : (tensor<1xi64>, tensor<i64>) -> tensor<1xi64>
  return %0, %2 : tensor<1xi64>, tensor<1xi64>
}

// -----

// One operator for a part of a shape.
// CHECK-LABEL: @part
// CHECK-NEXT: onnx.Shape(%{{.*}}arg0) {end = 2 : i64}
// CHECK-NEXT: return
func.func @part(%x: tensor<?x?x3xf32, #symbolic.shape<[b, s, 3]>>) -> tensor<2xi64> {
  %shape = onnx.Shape(%x) : (tensor<?x?x3xf32, #symbolic.shape<[b, s, 3]>>) -> tensor<3xi64>
  %zero = onnx.initializer dense<0> : tensor<i64>
  %one = onnx.initializer dense<1> : tensor<i64>
  %axes = onnx.initializer dense<0> : tensor<1xi64>
  %b = onnx.Gather(%shape, %zero) {axis = 0 : i64} : (tensor<3xi64>, tensor<i64>) -> tensor<i64>
  %s = onnx.Gather(%shape, %one) {axis = 0 : i64} : (tensor<3xi64>, tensor<i64>) -> tensor<i64>
  %b1 = onnx.Unsqueeze(%b, %axes) : (tensor<i64>, tensor<1xi64>) -> tensor<1xi64>
  %s1 = onnx.Unsqueeze(%s, %axes) : (tensor<i64>, tensor<1xi64>) -> tensor<1xi64>
  %0 = onnx.Concat(%b1, %s1) {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>
  return %0 : tensor<2xi64>
}

// -----

// Equal operators are merged, and those that nobody uses go.
// CHECK-LABEL: @merge
// CHECK-NEXT: %[[E:.*]] = onnx.Exp
// CHECK-NEXT: onnx.Add(%[[E]], %[[E]])
// CHECK-NEXT: return
func.func @merge(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %dead = onnx.Log(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %2 = onnx.Add(%0, %1) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %2 : tensor<2xf32>
}
