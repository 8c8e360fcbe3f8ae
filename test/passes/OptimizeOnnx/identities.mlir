// Operators that give back their operand.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @neutral
// CHECK-NEXT: return %{{.*}}arg0
func.func @neutral(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %one = onnx.initializer dense<1.0> : tensor<f32>
  %zero = onnx.initializer dense<0.0> : tensor<1xf32>
  %minus_zero = onnx.initializer dense<-0.0> : tensor<f32>
  %0 = onnx.Mul(%one, %x) : (tensor<f32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %1 = onnx.Div(%0, %one) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %2 = onnx.Sub(%1, %zero) : (tensor<2x3xf32>, tensor<1xf32>) -> tensor<2x3xf32>
  %3 = onnx.Add(%2, %minus_zero) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %4 = onnx.Identity(%3) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %4 : tensor<2x3xf32>
}

// -----

// -0.0 + 0.0 is 0.0.
// CHECK-LABEL: @not_neutral
// CHECK: onnx.Add
func.func @not_neutral(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %zero = onnx.initializer dense<0.0> : tensor<f32>
  %0 = onnx.Add(%x, %zero) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

// The sign of a sum of products that is 0 is nobody's business.
// CHECK-LABEL: @zero_bias
// CHECK-NOT: onnx.Add
// CHECK: return
func.func @zero_bias(%x: tensor<?x4x3xf32, #symbolic.shape<[batch, 4, 3]>>, %w: tensor<3x2xf32>, %v: tensor<2x2xf32>) -> (tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>, tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>) {
  %zeros = onnx.initializer dense<0.0> : tensor<2xf32>
  %0 = onnx.MatMul(%x, %w) : (tensor<?x4x3xf32, #symbolic.shape<[batch, 4, 3]>>, tensor<3x2xf32>) -> tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>
  %1 = onnx.Add(%0, %zeros) : (tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>, tensor<2xf32>) -> tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>
  %2 = onnx.Tanh(%1) : (tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>) -> tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>
  %3 = onnx.Add(%zeros, %2) : (tensor<2xf32>, tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>) -> tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>
  %4 = onnx.MatMul(%3, %v) : (tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>, tensor<2x2xf32>) -> tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>
  return %1, %4 : tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>, tensor<?x4x2xf32, #symbolic.shape<[batch, 4, 2]>>
}

// -----

// A blob's elements are looked at until one differs.
// CHECK-LABEL: @ones
// CHECK-NEXT: %[[W:.*]] = onnx.initializer
// CHECK-NEXT: %[[Y:.*]] = onnx.Mul(%arg0, %[[W]])
// CHECK-NEXT: return %arg0, %[[Y]]
func.func @ones(%x: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
  %ones = onnx.initializer dense_resource<ones> : tensor<3xf32>
  %other = onnx.initializer dense_resource<other> : tensor<3xf32>
  %0 = onnx.Mul(%ones, %x) : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %1 = onnx.Mul(%0, %other) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %0, %1 : tensor<2x3xf32>, tensor<2x3xf32>
}
{-#
  dialect_resources: {
    builtin: {
      ones: "0x040000000000803F0000803F0000803F",
      other: "0x040000000000803F0000803F00000040"
    }
  }
#-}

// -----

// The constant makes the shape.
// CHECK-LABEL: @broadcasts
// CHECK: onnx.Mul
func.func @broadcasts(%x: tensor<3xf32>) -> tensor<1x3xf32> {
  %one = onnx.initializer dense<1.0> : tensor<1x1xf32>
  %0 = onnx.Mul(%x, %one) : (tensor<3xf32>, tensor<1x1xf32>) -> tensor<1x3xf32>
  return %0 : tensor<1x3xf32>
}

// -----

// CHECK-LABEL: @dropout
// CHECK-NEXT: return %{{.*}}arg0
func.func @dropout(%x: tensor<2xf32>) -> tensor<2xf32> {
  %none = onnx.none
  %0, %1 = onnx.Dropout(%x, %none, %none) : (tensor<2xf32>, none, none) -> (tensor<2xf32>, none)
  return %0 : tensor<2xf32>
}

// -----

// CHECK-LABEL: @same_shape
// CHECK-NEXT: return %{{.*}}arg0
func.func @same_shape(%x: tensor<?x3xf32, #symbolic.shape<[batch, 3]>>) -> tensor<?x3xf32, #symbolic.shape<[batch, 3]>> {
  %none = onnx.none
  %s = onnx.Shape(%x) : (tensor<?x3xf32, #symbolic.shape<[batch, 3]>>) -> tensor<2xi64>
  %0 = onnx.Expand(%x, %s) : (tensor<?x3xf32, #symbolic.shape<[batch, 3]>>, tensor<2xi64>) -> tensor<?x3xf32, #symbolic.shape<[batch, 3]>>
  %zero = onnx.initializer dense<0> : tensor<1xi64>
  %end = onnx.initializer dense<9223372036854775807> : tensor<1xi64>
  %1 = onnx.Slice(%0, %zero, %end, %zero, %none) : (tensor<?x3xf32, #symbolic.shape<[batch, 3]>>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, none) -> tensor<?x3xf32, #symbolic.shape<[batch, 3]>>
  return %1 : tensor<?x3xf32, #symbolic.shape<[batch, 3]>>
}

// -----

// CHECK-LABEL: @reversed
// CHECK: onnx.Slice
func.func @reversed(%x: tensor<3xf32>) -> tensor<3xf32> {
  %start = onnx.initializer dense<2> : tensor<1xi64>
  %end = onnx.initializer dense<-4> : tensor<1xi64>
  %zero = onnx.initializer dense<0> : tensor<1xi64>
  %step = onnx.initializer dense<-1> : tensor<1xi64>
  %0 = onnx.Slice(%x, %start, %end, %zero, %step) : (tensor<3xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

// CHECK-LABEL: @concat
// CHECK: onnx.Concat(%{{.*}}arg0, %{{.*}}arg1, %{{.*}}arg0)
// CHECK-NEXT: return
func.func @concat(%x: tensor<2xf32>, %y: tensor<3xf32>) -> tensor<7xf32> {
  %0 = onnx.Concat(%x) {axis = 0 : i64} : (tensor<2xf32>) -> tensor<2xf32>
  %1 = onnx.Concat(%0, %y) {axis = 0 : i64} : (tensor<2xf32>, tensor<3xf32>) -> tensor<5xf32>
  %2 = onnx.Concat(%1, %x) {axis = -1 : i64} : (tensor<5xf32>, tensor<2xf32>) -> tensor<7xf32>
  return %2 : tensor<7xf32>
}

// -----

// CHECK-LABEL: @split_concat
// CHECK-NEXT: return %{{.*}}arg0
func.func @split_concat(%x: tensor<4xf32>) -> tensor<4xf32> {
  %none = onnx.none
  %0, %1 = onnx.Split(%x, %none) {axis = 0 : i64, num_outputs = 2 : i64} : (tensor<4xf32>, none) -> (tensor<2xf32>, tensor<2xf32>)
  %2 = onnx.Concat(%0, %1) {axis = 0 : i64} : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

// CHECK-LABEL: @logical
// CHECK-NEXT: return %{{.*}}arg0
func.func @logical(%x: tensor<4xi1>) -> tensor<4xi1> {
  %true = onnx.initializer dense<true> : tensor<i1>
  %false = onnx.initializer dense<false> : tensor<1xi1>
  %0 = onnx.And(%x, %true) : (tensor<4xi1>, tensor<i1>) -> tensor<4xi1>
  %1 = onnx.Or(%false, %0) : (tensor<1xi1>, tensor<4xi1>) -> tensor<4xi1>
  %2 = onnx.Not(%1) : (tensor<4xi1>) -> tensor<4xi1>
  %3 = onnx.Not(%2) : (tensor<4xi1>) -> tensor<4xi1>
  return %3 : tensor<4xi1>
}

// -----

// Add broadcasts by itself.
// CHECK-LABEL: @expand_before_add
// CHECK-NOT: onnx.Expand
func.func @expand_before_add(%x: tensor<1x3xf32>, %y: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = onnx.initializer dense<[2, 3]> : tensor<2xi64>
  %0 = onnx.Expand(%x, %s) : (tensor<1x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  %1 = onnx.Add(%0, %y) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// -----

// CHECK-LABEL: @known_branch
// CHECK-NEXT: %[[Y:.*]] = onnx.Exp(%{{.*}}arg0)
// CHECK-NEXT: return %[[Y]]
func.func @known_branch(%x: tensor<2xf32>) -> tensor<2xf32> {
  %true = onnx.initializer dense<true> : tensor<i1>
  %0 = onnx.If(%true) : (tensor<i1>) -> tensor<2xf32> else_branch {
    %1 = onnx.Log(%x) : (tensor<2xf32>) -> tensor<2xf32>
    onnx.yield %1 : tensor<2xf32>
  } then_branch {
    %1 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
    onnx.yield %1 : tensor<2xf32>
  }
  return %0 : tensor<2xf32>
}
