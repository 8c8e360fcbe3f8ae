// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// Parameters that are None are ones and zeros.
// CHECK-LABEL: func.func @batch_norm
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1.000000e+00> : tensor<3xf32>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0.000000e+00> : tensor<3xf32>
// CHECK: %[[V2:.*]], %[[V3:.*]], %[[V4:.*]] = onnx.BatchNormalization(%[[X0]], %[[C0]], %[[C1]], %[[X1]], %[[X2]]) {epsilon = 9.99999974E-6 : f32}
// CHECK: return %[[V2]]
func.func @batch_norm(%arg0: !torch.tensor<[batch,3,4,4],f32>, %arg1: !torch.tensor<[3],f32>, %arg2: !torch.tensor<[3],f32>) -> (!torch.tensor<[batch,3,4,4],f32>) {
  %true = torch.constant true
  %false = torch.constant false
  %none = torch.constant none
  %float0.1 = torch.constant 0.1 : !torch.float
  %float1.0e-05 = torch.constant 1.0e-05 : !torch.float
  %0 = torch.aten.batch_norm %arg0, %none, %none, %arg1, %arg2, %false, %float0.1, %float1.0e-05, %true : !torch.tensor<[batch,3,4,4],f32>, !torch.none, !torch.none, !torch.tensor<[3],f32>, !torch.tensor<[3],f32>, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[batch,3,4,4],f32>
  return %0 : !torch.tensor<[batch,3,4,4],f32>
}

// -----

// Without running statistics the input has its own.
// CHECK-LABEL: func.func @batch_norm_own_statistics
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<9.99999974E-6> : tensor<f32>
// CHECK: %[[V2:.*]] = onnx.ReduceMean(%[[X]], %[[C0]]) {keepdims = 1 : i64}
// CHECK: %[[V3:.*]] = onnx.Sub(%[[X]], %[[V2]])
// CHECK: %[[V4:.*]] = onnx.Mul(%[[V3]], %[[V3]])
// CHECK: %[[V5:.*]] = onnx.ReduceMean(%[[V4]], %[[C0]]) {keepdims = 1 : i64}
// CHECK: %[[V6:.*]] = onnx.Add(%[[V5]], %[[C1]])
// CHECK: %[[V7:.*]] = onnx.Sqrt(%[[V6]])
// CHECK: %[[V8:.*]] = onnx.Div(%[[V3]], %[[V7]])
// CHECK: return %[[V8]]
func.func @batch_norm_own_statistics(%arg0: !torch.tensor<[4,3],f32>) -> (!torch.tensor<[4,3],f32>) {
  %true = torch.constant true
  %none = torch.constant none
  %float0.1 = torch.constant 0.1 : !torch.float
  %float1.0e-05 = torch.constant 1.0e-05 : !torch.float
  %0 = torch.aten.batch_norm %arg0, %none, %none, %none, %none, %true, %float0.1, %float1.0e-05, %true : !torch.tensor<[4,3],f32>, !torch.none, !torch.none, !torch.none, !torch.none, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[4,3],f32>
  return %0 : !torch.tensor<[4,3],f32>
}

// -----

// Every group is an instance.
// CHECK-LABEL: func.func @group_norm
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0, 2, -1]> : tensor<3xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<1.000000e+00> : tensor<2xf32>
// CHECK: %[[C2:.*]] = onnx.initializer dense<0.000000e+00> : tensor<2xf32>
// CHECK: %[[C3:.*]] = onnx.initializer dense<[0, 4, 5, 5]> : tensor<4xi64>
// CHECK: %[[C4:.*]] = onnx.initializer dense<[-1, 1, 1]> : tensor<3xi64>
// CHECK: %[[V5:.*]] = onnx.Reshape(%[[X0]], %[[C0]])
// CHECK: %[[V6:.*]] = onnx.InstanceNormalization(%[[V5]], %[[C1]], %[[C2]]) {epsilon = 9.99999974E-6 : f32}
// CHECK: %[[V7:.*]] = onnx.Reshape(%[[V6]], %[[C3]])
// CHECK: %[[V8:.*]] = onnx.Reshape(%[[X1]], %[[C4]])
// CHECK: %[[V9:.*]] = onnx.Mul(%[[V7]], %[[V8]])
// CHECK: %[[V10:.*]] = onnx.Reshape(%[[X2]], %[[C4]])
// CHECK: %[[V11:.*]] = onnx.Add(%[[V9]], %[[V10]])
// CHECK: return %[[V11]]
func.func @group_norm(%arg0: !torch.tensor<[batch,4,5,5],f32>, %arg1: !torch.tensor<[4],f32>, %arg2: !torch.tensor<[4],f32>) -> (!torch.tensor<[batch,4,5,5],f32>) {
  %true = torch.constant true
  %float1.0e-05 = torch.constant 1.0e-05 : !torch.float
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.aten.group_norm %arg0, %int2, %arg1, %arg2, %float1.0e-05, %true : !torch.tensor<[batch,4,5,5],f32>, !torch.int, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.float, !torch.bool -> !torch.tensor<[batch,4,5,5],f32>
  return %0 : !torch.tensor<[batch,4,5,5],f32>
}

// -----

// The scale is required.
// CHECK-LABEL: func.func @layer_norm
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1.000000e+00> : tensor<8xf32>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V1:.*]], %[[V2:.*]], %[[V3:.*]] = onnx.LayerNormalization(%[[X]], %[[C0]], %[[NONE]]) {axis = -1 : i64, epsilon = 9.99999974E-6 : f32}
// CHECK: return %[[V1]]
func.func @layer_norm(%arg0: !torch.tensor<[batch,8],f32>) -> (!torch.tensor<[batch,8],f32>) {
  %true = torch.constant true
  %float1.0e-05 = torch.constant 1.0e-05 : !torch.float
  %none = torch.constant none
  %int8 = torch.constant 8 : !torch.int
  %0 = torch.prim.ListConstruct %int8 : !torch.int -> !torch.list<int>
  %1 = torch.aten.layer_norm %arg0, %0, %none, %none, %float1.0e-05, %true : !torch.tensor<[batch,8],f32>, !torch.list<int>, !torch.none, !torch.none, !torch.float, !torch.bool -> !torch.tensor<[batch,8],f32>
  return %1 : !torch.tensor<[batch,8],f32>
}

// -----

// Below opset 23 it is spelled out.
// CHECK-LABEL: func.func @rms_norm
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<-1> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<9.99999997E-7> : tensor<f32>
// CHECK: %[[V2:.*]] = onnx.Mul(%[[X0]], %[[X0]])
// CHECK: %[[V3:.*]] = onnx.ReduceMean(%[[V2]], %[[C0]]) {keepdims = 1 : i64}
// CHECK: %[[V4:.*]] = onnx.Add(%[[V3]], %[[C1]])
// CHECK: %[[V5:.*]] = onnx.Sqrt(%[[V4]])
// CHECK: %[[V6:.*]] = onnx.Div(%[[X0]], %[[V5]])
// CHECK: %[[V7:.*]] = onnx.Mul(%[[V6]], %[[X1]])
// CHECK: return %[[V7]]
module attributes {onnx.opset = 20 : i64} {
func.func @rms_norm(%arg0: !torch.tensor<[batch,8],f32>, %arg1: !torch.tensor<[8],f32>) -> (!torch.tensor<[batch,8],f32>) {
  %int8 = torch.constant 8 : !torch.int
  %float1.0e-06 = torch.constant 1.0e-06 : !torch.float
  %0 = torch.prim.ListConstruct %int8 : !torch.int -> !torch.list<int>
  %1 = torch.aten.rms_norm %arg0, %0, %arg1, %float1.0e-06 : !torch.tensor<[batch,8],f32>, !torch.list<int>, !torch.tensor<[8],f32>, !torch.float -> !torch.tensor<[batch,8],f32>
  return %1 : !torch.tensor<[batch,8],f32>
}
}

// -----

// From opset 23 on it is an operator.
// CHECK-LABEL: func.func @rms_norm_operator
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.RMSNormalization(%[[X0]], %[[X1]]) {axis = -1 : i64, epsilon = 9.99999997E-7 : f32}
// CHECK: return %[[V0]]
module attributes {onnx.opset = 23 : i64} {
func.func @rms_norm_operator(%arg0: !torch.tensor<[batch,8],f32>, %arg1: !torch.tensor<[8],f32>) -> (!torch.tensor<[batch,8],f32>) {
  %int8 = torch.constant 8 : !torch.int
  %float1.0e-06 = torch.constant 1.0e-06 : !torch.float
  %0 = torch.prim.ListConstruct %int8 : !torch.int -> !torch.list<int>
  %1 = torch.aten.rms_norm %arg0, %0, %arg1, %float1.0e-06 : !torch.tensor<[batch,8],f32>, !torch.list<int>, !torch.tensor<[8],f32>, !torch.float -> !torch.tensor<[batch,8],f32>
  return %1 : !torch.tensor<[batch,8],f32>
}
}
