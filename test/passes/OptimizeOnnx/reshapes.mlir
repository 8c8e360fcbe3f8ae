// Chains of operators that change the shape only.
// RUN: torch-onnx-opt --optimize --split-input-file %s | FileCheck %s

// CHECK-LABEL: @chain
// CHECK: %[[T:.*]] = onnx.initializer dense<[6, 4]>
// CHECK: onnx.Reshape(%{{.*}}arg0, %[[T]])
// CHECK-NEXT: return
func.func @chain(%x: tensor<2x3x4xf32>) -> tensor<6x4xf32> {
  %s = onnx.initializer dense<[4, 6]> : tensor<2xi64>
  %t = onnx.initializer dense<[6, -1]> : tensor<2xi64>
  %0 = onnx.Reshape(%x, %s) : (tensor<2x3x4xf32>, tensor<2xi64>) -> tensor<4x6xf32>
  %1 = onnx.Reshape(%0, %t) : (tensor<4x6xf32>, tensor<2xi64>) -> tensor<6x4xf32>
  return %1 : tensor<6x4xf32>
}

// -----

// CHECK-LABEL: @there_and_back
// CHECK-NEXT: return %{{.*}}arg0
func.func @there_and_back(%x: tensor<?x3xf32, #symbolic.shape<[b, 3]>>) -> tensor<?x3xf32, #symbolic.shape<[b, 3]>> {
  %axes = onnx.initializer dense<1> : tensor<1xi64>
  %0 = onnx.Unsqueeze(%x, %axes) : (tensor<?x3xf32, #symbolic.shape<[b, 3]>>, tensor<1xi64>) -> tensor<?x1x3xf32, #symbolic.shape<[b, 1, 3]>>
  %1 = onnx.Squeeze(%0, %axes) : (tensor<?x1x3xf32, #symbolic.shape<[b, 1, 3]>>, tensor<1xi64>) -> tensor<?x3xf32, #symbolic.shape<[b, 3]>>
  return %1 : tensor<?x3xf32, #symbolic.shape<[b, 3]>>
}

// -----

// Two dimensions of which nothing is known may be any.
// CHECK-LABEL: @unknown
// CHECK-COUNT-2: onnx.Reshape
func.func @unknown(%x: tensor<?x?xf32>, %s: tensor<2xi64>, %t: tensor<2xi64>) -> tensor<?x?xf32> {
  %0 = onnx.Reshape(%x, %s) : (tensor<?x?xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  %1 = onnx.Reshape(%0, %t) : (tensor<?x?xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return %1 : tensor<?x?xf32>
}

// -----

// Only one dimension of the target is computed: it is what remains.
// CHECK-LABEL: @target
// CHECK: %[[T:.*]] = onnx.initializer dense<[0, -1, 12, 64]>
// CHECK-NEXT: onnx.Reshape(%{{.*}}arg0, %[[T]])
// CHECK-NEXT: return
func.func @target(%x: tensor<?x?x768xf32, #symbolic.shape<[b, s, 768]>>) -> tensor<?x?x12x64xf32, #symbolic.shape<[b, s + 1, 12, 64]>> {
  %none = onnx.none
  %shape = onnx.Shape(%x) : (tensor<?x?x768xf32, #symbolic.shape<[b, s, 768]>>) -> tensor<3xi64>
  %zero = onnx.initializer dense<0> : tensor<1xi64>
  %one = onnx.initializer dense<1> : tensor<1xi64>
  %two = onnx.initializer dense<2> : tensor<1xi64>
  %b = onnx.Slice(%shape, %zero, %one, %none, %none) : (tensor<3xi64>, tensor<1xi64>, tensor<1xi64>, none, none) -> tensor<1xi64>
  %s = onnx.Slice(%shape, %one, %two, %none, %none) : (tensor<3xi64>, tensor<1xi64>, tensor<1xi64>, none, none) -> tensor<1xi64>
  %s1 = onnx.Add(%s, %one) : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi64>
  %heads = onnx.initializer dense<[12, 64]> : tensor<2xi64>
  %t = onnx.Concat(%b, %s1, %heads) {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>, tensor<2xi64>) -> tensor<4xi64>
  %0 = onnx.Reshape(%x, %t) : (tensor<?x?x768xf32, #symbolic.shape<[b, s, 768]>>, tensor<4xi64>) -> tensor<?x?x12x64xf32, #symbolic.shape<[b, s + 1, 12, 64]>>
  return %0 : tensor<?x?x12x64xf32, #symbolic.shape<[b, s + 1, 12, 64]>>
}

// -----

// An expansion need not say the dimensions that stay.
// CHECK-LABEL: @expand
// CHECK: onnx.initializer dense<[1, 12, 1]>
// CHECK-NEXT: onnx.Expand
// CHECK-NEXT: return
func.func @expand(%x: tensor<?x1x?xf32, #symbolic.shape<[b, 1, s]>>) -> tensor<?x12x?xf32, #symbolic.shape<[b, 12, s]>> {
  %shape = onnx.Shape(%x) : (tensor<?x1x?xf32, #symbolic.shape<[b, 1, s]>>) -> tensor<3xi64>
  %twelve = onnx.initializer dense<[1, 12, 1]> : tensor<3xi64>
  %t = onnx.Mul(%shape, %twelve) : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %0 = onnx.Expand(%x, %t) : (tensor<?x1x?xf32, #symbolic.shape<[b, 1, s]>>, tensor<3xi64>) -> tensor<?x12x?xf32, #symbolic.shape<[b, 12, s]>>
  return %0 : tensor<?x12x?xf32, #symbolic.shape<[b, 12, s]>>
}
