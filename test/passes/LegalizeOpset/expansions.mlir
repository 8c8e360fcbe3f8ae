// Operators that an opset does not have, by older ones.
// RUN: torch-onnx-opt --legalize-opset --split-input-file %s | FileCheck %s

module attributes {onnx.opset = 13 : i64} {
// CHECK-LABEL: @gelu
// CHECK: onnx.Div
// CHECK: onnx.Erf
// CHECK: onnx.Add
// CHECK: onnx.Mul
// CHECK: onnx.Mul
// CHECK-NEXT: return
func.func @gelu(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = onnx.Gelu(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: @layer_norm
// CHECK: onnx.custom "" "ReduceMean"(%{{.*}}arg0) {axes = array<i64: -1>
// CHECK: onnx.Sub
// CHECK: onnx.Pow
// CHECK: onnx.custom "" "ReduceMean"
// CHECK: onnx.Add
// CHECK: onnx.Sqrt
// CHECK: onnx.Div
// CHECK: onnx.Mul
// CHECK-NEXT: onnx.Add
// CHECK-NEXT: return
func.func @layer_norm(%x: tensor<2x8xf32>, %s: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<2x8xf32> {
  %0, %1, %2 = onnx.LayerNormalization(%x, %s, %b) {axis = -1 : i64} : (tensor<2x8xf32>, tensor<8xf32>, tensor<8xf32>) -> (tensor<2x8xf32>, none, none)
  return %0 : tensor<2x8xf32>
}

// CHECK-LABEL: @hard_swish
// CHECK: onnx.HardSigmoid
// CHECK-NEXT: onnx.Mul
func.func @hard_swish(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = onnx.HardSwish(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: @causal_attention
// CHECK: onnx.Mul
// CHECK: onnx.MatMul
// CHECK: onnx.Where
// CHECK: onnx.Softmax
// CHECK-NEXT: onnx.MatMul
// CHECK-NEXT: return
func.func @causal_attention(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x3x4xf32>, %v: tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32> {
  %none = onnx.none
  %0, %1, %2, %3 = onnx.Attention(%q, %k, %v, %none, %none, %none, %none) {is_causal = 1 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, none, none, none, none) -> (tensor<1x2x3x4xf32>, none, none, none)
  return %0 : tensor<1x2x3x4xf32>
}

// A query that may look at nothing gets zeros.
// CHECK-LABEL: @masked_attention
// CHECK: onnx.Where(%[[M:.*arg3]],
// CHECK: %[[P:.*]] = onnx.Softmax
// CHECK: onnx.Where(%[[M]], %[[P]],
func.func @masked_attention(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x3x4xf32>, %v: tensor<1x2x3x4xf32>, %m: tensor<3x3xi1>) -> tensor<1x2x3x4xf32> {
  %none = onnx.none
  %0, %1, %2, %3 = onnx.Attention(%q, %k, %v, %m, %none, %none, %none) : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<3x3xi1>, none, none, none) -> (tensor<1x2x3x4xf32>, none, none, none)
  return %0 : tensor<1x2x3x4xf32>
}

// The coordinates of the pixels are a constant.
// CHECK-LABEL: @affine_grid
// CHECK: onnx.Transpose
// CHECK-NEXT: onnx.MatMul
// CHECK-NEXT: onnx.Reshape
// CHECK-NEXT: return
func.func @affine_grid(%t: tensor<1x2x3xf32>) -> tensor<1x4x4x2xf32> {
  %s = onnx.initializer dense<[1, 1, 4, 4]> : tensor<4xi64>
  %0 = onnx.AffineGrid(%t, %s) : (tensor<1x2x3xf32>, tensor<4xi64>) -> tensor<1x4x4x2xf32>
  return %0 : tensor<1x4x4x2xf32>
}

// The bounds of a Range are scalars.
// CHECK-LABEL: @affine_grid_of_sizes
// CHECK: onnx.Range(%{{.*}}) : (tensor<{{f32|i64}}>, tensor<{{f32|i64}}>, tensor<{{f32|i64}}>)
// CHECK-NOT: onnx.Range{{.*}}(tensor<1x
func.func @affine_grid_of_sizes(%t: tensor<1x2x3xf32>, %s: tensor<4xi64>) -> tensor<1x?x?x2xf32> {
  %0 = onnx.AffineGrid(%t, %s) : (tensor<1x2x3xf32>, tensor<4xi64>) -> tensor<1x?x?x2xf32>
  return %0 : tensor<1x?x?x2xf32>
}

// What nothing here is written for is expanded by onnx's own definition.
// CHECK-LABEL: @window
// CHECK-NOT: onnx.HannWindow
func.func @window(%n: tensor<i64>) -> tensor<?xf32> {
  %0 = onnx.HannWindow(%n) : (tensor<i64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
}

// -----

module attributes {onnx.opset = 11 : i64} {
// CHECK-LABEL: @greater_or_equal
// CHECK-DAG: onnx.Greater
// CHECK-DAG: onnx.Equal
// CHECK: onnx.Or
func.func @greater_or_equal(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xi1> {
  %0 = onnx.GreaterOrEqual(%x, %y) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return %0 : tensor<2xi1>
}

// CHECK-LABEL: @integer_clip
// CHECK: onnx.Greater
// CHECK: onnx.Where
// CHECK: onnx.Less
// CHECK: onnx.Where
func.func @integer_clip(%x: tensor<2xi64>) -> tensor<2xi64> {
  %low = onnx.initializer dense<0> : tensor<i64>
  %high = onnx.initializer dense<9> : tensor<i64>
  %0 = onnx.Clip(%x, %low, %high) : (tensor<2xi64>, tensor<i64>, tensor<i64>) -> tensor<2xi64>
  return %0 : tensor<2xi64>
}

// CHECK-LABEL: @einsum
// CHECK: onnx.{{Gemm|MatMul}}
// CHECK-NOT: onnx.Einsum
func.func @einsum(%x: tensor<2x3x4xf32>, %y: tensor<5x4xf32>) -> tensor<2x5x3xf32> {
  %0 = onnx.Einsum(%x, %y) {equation = "bij,kj->bki"} : (tensor<2x3x4xf32>, tensor<5x4xf32>) -> tensor<2x5x3xf32>
  return %0 : tensor<2x5x3xf32>
}

// CHECK-LABEL: @trilu
// CHECK: onnx.Where
func.func @trilu(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %none = onnx.none
  %0 = onnx.Trilu(%x, %none) {upper = 0 : i64} : (tensor<3x3xf32>, none) -> tensor<3x3xf32>
  return %0 : tensor<3x3xf32>
}
}
