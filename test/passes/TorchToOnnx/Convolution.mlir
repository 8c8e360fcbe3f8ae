// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// A sample without a batch gets one.
// CHECK-LABEL: func.func @conv_unbatched
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V1:.*]] = onnx.Unsqueeze(%[[X0]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.Conv(%[[V1]], %[[X1]], %[[NONE]]) {dilations = array<i64: 1, 1>, group = 1 : i64, kernel_shape = array<i64: 3, 3>, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 2, 2>}
// CHECK: %[[V3:.*]] = onnx.Squeeze(%[[V2]], %[[C0]])
// CHECK: return %[[V3]]
func.func @conv_unbatched(%arg0: !torch.tensor<[3,8,8],f32>, %arg1: !torch.tensor<[4,3,3,3],f32>) -> (!torch.tensor<[4,4,4],f32>) {
  %true = torch.constant true
  %false = torch.constant false
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %2 = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.aten.unsqueeze %arg0, %int0 : !torch.tensor<[3,8,8],f32>, !torch.int -> !torch.tensor<[1,3,8,8],f32>
  %4 = torch.aten._convolution %3, %arg1, %none, %0, %1, %1, %false, %2, %int1, %false, %false, %true, %true : !torch.tensor<[1,3,8,8],f32>, !torch.tensor<[4,3,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int, !torch.bool, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[1,4,4,4],f32>
  %5 = torch.aten.squeeze.dim %4, %int0 : !torch.tensor<[1,4,4,4],f32>, !torch.int -> !torch.tensor<[4,4,4],f32>
  return %5 : !torch.tensor<[4,4,4],f32>
}

// -----

// Attributes of a transposed convolution.
// CHECK-LABEL: func.func @conv_transpose
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V0:.*]] = onnx.ConvTranspose(%[[X0]], %[[X1]], %[[NONE]]) {dilations = array<i64: 1, 1>, group = 2 : i64, kernel_shape = array<i64: 3, 3>, output_padding = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 2, 2>}
// CHECK: return %[[V0]]
func.func @conv_transpose(%arg0: !torch.tensor<[batch,4,5,5],f32>, %arg1: !torch.tensor<[4,2,3,3],f32>) -> (!torch.tensor<[batch,4,10,10],f32>) {
  %false = torch.constant false
  %true = torch.constant true
  %none = torch.constant none
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %2 = torch.aten._convolution %arg0, %arg1, %none, %0, %1, %1, %true, %1, %int2, %false, %false, %true, %true : !torch.tensor<[batch,4,5,5],f32>, !torch.tensor<[4,2,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int, !torch.bool, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[batch,4,10,10],f32>
  return %2 : !torch.tensor<[batch,4,10,10],f32>
}

// -----

// There is no kernel of f64.
// CHECK-LABEL: func.func @conv_double
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V0:.*]] = onnx.Cast(%[[X0]]) {to = 1 : i64}
// CHECK: %[[V1:.*]] = onnx.Cast(%[[X1]]) {to = 1 : i64}
// CHECK: %[[V2:.*]] = onnx.Conv(%[[V0]], %[[V1]], %[[NONE]]) {dilations = array<i64: 1>, group = 1 : i64, kernel_shape = array<i64: 3>, pads = array<i64: 0, 0>, strides = array<i64: 1>}
// CHECK: %[[V3:.*]] = onnx.Cast(%[[V2]]) {to = 11 : i64}
// CHECK: return %[[V3]]
func.func @conv_double(%arg0: !torch.tensor<[1,3,8],f64>, %arg1: !torch.tensor<[4,3,3],f64>) -> (!torch.tensor<[1,4,6],f64>) {
  %true = torch.constant true
  %false = torch.constant false
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %0 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
  %1 = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
  %2 = torch.aten._convolution %arg0, %arg1, %none, %0, %1, %0, %false, %1, %int1, %false, %false, %true, %true : !torch.tensor<[1,3,8],f64>, !torch.tensor<[4,3,3],f64>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int, !torch.bool, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[1,4,6],f64>
  return %2 : !torch.tensor<[1,4,6],f64>
}
