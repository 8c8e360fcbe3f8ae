// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// Relu has no kernel of integers: max(x, 0).
// CHECK-LABEL: func.func @relu_int
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<i64>
// CHECK: %[[V1:.*]] = onnx.Max(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @relu_int(%arg0: !torch.tensor<[4],i64>) -> (!torch.tensor<[4],i64>) {
  %0 = torch.aten.relu %arg0 : !torch.tensor<[4],i64> -> !torch.tensor<[4],i64>
  return %0 : !torch.tensor<[4],i64>
}

// -----

// Above a low threshold softplus is its operand.
// CHECK-LABEL: func.func @softplus_threshold
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<2.000000e+00> : tensor<f32>
// CHECK: %[[C1:.*]] = onnx.initializer dense<5.000000e+00> : tensor<f32>
// CHECK: %[[V2:.*]] = onnx.Mul(%[[X]], %[[C0]])
// CHECK: %[[V3:.*]] = onnx.Softplus(%[[V2]])
// CHECK: %[[V4:.*]] = onnx.Div(%[[V3]], %[[C0]])
// CHECK: %[[V5:.*]] = onnx.Greater(%[[V2]], %[[C1]])
// CHECK: %[[V6:.*]] = onnx.Where(%[[V5]], %[[X]], %[[V4]])
// CHECK: return %[[V6]]
func.func @softplus_threshold(%arg0: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %float2.0 = torch.constant 2.0 : !torch.float
  %float5.0 = torch.constant 5.0 : !torch.float
  %0 = torch.aten.softplus %arg0, %float2.0, %float5.0 : !torch.tensor<[4],f32>, !torch.float, !torch.float -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// scale * elu(input_scale * x) where x is negative.
// CHECK-LABEL: func.func @elu_scaled
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<5.000000e-01> : tensor<f32>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK: %[[C2:.*]] = onnx.initializer dense<2.000000e+00> : tensor<f32>
// CHECK: %[[V3:.*]] = onnx.Mul(%[[X]], %[[C0]])
// CHECK: %[[V4:.*]] = onnx.Elu(%[[V3]]) {alpha = 1.000000e+00 : f32}
// CHECK: %[[V5:.*]] = onnx.Greater(%[[X]], %[[C1]])
// CHECK: %[[V6:.*]] = onnx.Where(%[[V5]], %[[X]], %[[V4]])
// CHECK: %[[V7:.*]] = onnx.Mul(%[[V6]], %[[C2]])
// CHECK: return %[[V7]]
func.func @elu_scaled(%arg0: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %float1.0 = torch.constant 1.0 : !torch.float
  %float2.0 = torch.constant 2.0 : !torch.float
  %float0.5 = torch.constant 0.5 : !torch.float
  %0 = torch.aten.elu %arg0, %float1.0, %float2.0, %float0.5 : !torch.tensor<[4],f32>, !torch.float, !torch.float, !torch.float -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// The slopes lie along the channels.
// CHECK-LABEL: func.func @prelu
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[-1, 1]> : tensor<2xi64>
// CHECK: %[[V1:.*]] = onnx.Reshape(%[[X1]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.PRelu(%[[X0]], %[[V1]])
// CHECK: return %[[V2]]
func.func @prelu(%arg0: !torch.tensor<[batch,3,4],f32>, %arg1: !torch.tensor<[3],f32>) -> (!torch.tensor<[batch,3,4],f32>) {
  %0 = torch.aten.prelu %arg0, %arg1 : !torch.tensor<[batch,3,4],f32>, !torch.tensor<[3],f32> -> !torch.tensor<[batch,3,4],f32>
  return %0 : !torch.tensor<[batch,3,4],f32>
}

// -----

// A tensor without dimensions has one axis for softmax.
// CHECK-LABEL: func.func @softmax_scalar
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<i64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[V2:.*]] = onnx.Gather(%[[X]], %[[C0]]) {axis = 0 : i64}
// CHECK: %[[V3:.*]] = onnx.Unsqueeze(%[[V2]], %[[C1]])
// CHECK: %[[V4:.*]] = onnx.Softmax(%[[V3]]) {axis = 0 : i64}
// CHECK: %[[V5:.*]] = onnx.Squeeze(%[[V4]], %[[C1]])
// CHECK: return %[[V5]]
func.func @softmax_scalar(%arg0: !torch.tensor<[2],f32>) -> (!torch.tensor<[],f32>) {
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %0 = torch.aten.select.int %arg0, %int0, %int0 : !torch.tensor<[2],f32>, !torch.int, !torch.int -> !torch.tensor<[],f32>
  %1 = torch.aten.softmax.int %0, %int0, %none : !torch.tensor<[],f32>, !torch.int, !torch.none -> !torch.tensor<[],f32>
  return %1 : !torch.tensor<[],f32>
}

// -----

// The operand is converted first.
// CHECK-LABEL: func.func @softmax_dtype
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Cast(%[[X]]) {to = 11 : i64}
// CHECK: %[[V1:.*]] = onnx.Softmax(%[[V0]]) {axis = 1 : i64}
// CHECK: return %[[V1]]
func.func @softmax_dtype(%arg0: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[2,3],f64>) {
  %int-1 = torch.constant -1 : !torch.int
  %int7 = torch.constant 7 : !torch.int
  %0 = torch.aten.softmax.int %arg0, %int-1, %int7 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor<[2,3],f64>
  return %0 : !torch.tensor<[2,3],f64>
}

// -----

// The approximation is an attribute.
// CHECK-LABEL: func.func @gelu_tanh
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Gelu(%[[X]]) {approximate = "tanh"}
// CHECK: return %[[V0]]
func.func @gelu_tanh(%arg0: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %str_tanh = torch.constant "tanh"
  %0 = torch.aten.gelu %arg0, %str_tanh : !torch.tensor<[4],f32>, !torch.str -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// Computed in f32, the type that there is a kernel for.
// CHECK-LABEL: func.func @mish_double
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Cast(%[[X]]) {to = 1 : i64}
// CHECK: %[[V1:.*]] = onnx.Mish(%[[V0]])
// CHECK: %[[V2:.*]] = onnx.Cast(%[[V1]]) {to = 11 : i64}
// CHECK: return %[[V2]]
func.func @mish_double(%arg0: !torch.tensor<[4],f64>) -> (!torch.tensor<[4],f64>) {
  %0 = torch.aten.mish %arg0 : !torch.tensor<[4],f64> -> !torch.tensor<[4],f64>
  return %0 : !torch.tensor<[4],f64>
}
