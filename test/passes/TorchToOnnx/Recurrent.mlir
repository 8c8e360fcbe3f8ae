// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// Gates i, f, g, o become i, o, f, c; an initial state of zeros is left out.
// CHECK-LABEL: func.func @lstm
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor{{.*}}%[[X3:.*]]: tensor{{.*}}%[[X4:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<2> : tensor<1xi64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<[0, 1, 6, 7, 2, 3, 4, 5]> : tensor<8xi64>
// CHECK: %[[C3:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V4:.*]] = onnx.Shape(%[[X0]]) {end = 2 : i64, start = 1 : i64}
// CHECK: %[[V5:.*]] = onnx.Concat(%[[C0]], %[[V4]], %[[C1]]) {axis = 0 : i64}
// CHECK: %[[V6:.*]] = onnx.ConstantOfShape(%[[V5]]) {value = dense<0.000000e+00> : tensor<1xf32>}
// CHECK: %[[V7:.*]] = onnx.Concat(%[[C0]], %[[V4]], %[[C1]]) {axis = 0 : i64}
// CHECK: %[[V8:.*]] = onnx.ConstantOfShape(%[[V7]]) {value = dense<0.000000e+00> : tensor<1xf32>}
// CHECK: %[[V9:.*]] = onnx.Gather(%[[X1]], %[[C2]]) {axis = 0 : i64}
// CHECK: %[[V10:.*]] = onnx.Unsqueeze(%[[V9]], %[[C3]])
// CHECK: %[[V11:.*]] = onnx.Gather(%[[X2]], %[[C2]]) {axis = 0 : i64}
// CHECK: %[[V12:.*]] = onnx.Unsqueeze(%[[V11]], %[[C3]])
// CHECK: %[[V13:.*]] = onnx.Gather(%[[X3]], %[[C2]]) {axis = 0 : i64}
// CHECK: %[[V14:.*]] = onnx.Gather(%[[X4]], %[[C2]]) {axis = 0 : i64}
// CHECK: %[[V15:.*]] = onnx.Concat(%[[V13]], %[[V14]]) {axis = 0 : i64}
// CHECK: %[[V16:.*]] = onnx.Unsqueeze(%[[V15]], %[[C3]])
// CHECK: %[[V17:.*]], %[[V18:.*]], %[[V19:.*]] = onnx.LSTM(%[[X0]], %[[V10]], %[[V12]], %[[V16]], %[[NONE]], %[[NONE]], %[[NONE]], %[[NONE]]) {hidden_size = 2 : i64}
// CHECK: %[[V20:.*]] = onnx.Squeeze(%[[V17]], %[[C0]])
// CHECK: return %[[V20]]
func.func @lstm(%arg0: !torch.tensor<[3,batch,4],f32>, %arg1: !torch.tensor<[8,4],f32>, %arg2: !torch.tensor<[8,2],f32>, %arg3: !torch.tensor<[8],f32>, %arg4: !torch.tensor<[8],f32>) -> (!torch.tensor<[3,batch,2],f32>) {
  %true = torch.constant true
  %false = torch.constant false
  %device_cpu = torch.constant "cpu" : !torch.device
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %batch = torch.symbolic_int #symbolic.dim<batch> : !torch.int
  %0 = torch.prim.ListConstruct %int1, %batch, %int2 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.zeros %0, %none, %none, %device_cpu, %false : !torch.list<int>, !torch.none, !torch.none, !torch.device, !torch.bool -> !torch.tensor<[1,batch,2],f32>
  %2 = torch.prim.ListConstruct %int1, %batch, %int2 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %3 = torch.aten.zeros %2, %none, %none, %device_cpu, %false : !torch.list<int>, !torch.none, !torch.none, !torch.device, !torch.bool -> !torch.tensor<[1,batch,2],f32>
  %4 = torch.prim.ListConstruct %1, %3 : !torch.tensor<[1,batch,2],f32>, !torch.tensor<[1,batch,2],f32> -> !torch.list<tensor>
  %5 = torch.prim.ListConstruct %arg1, %arg2, %arg3, %arg4 : !torch.tensor<[8,4],f32>, !torch.tensor<[8,2],f32>, !torch.tensor<[8],f32>, !torch.tensor<[8],f32> -> !torch.list<tensor>
  %6:3 = torch.aten.lstm.input %arg0, %4, %5, %true, %int1, %float0.0, %false, %false, %false : !torch.tensor<[3,batch,4],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[3,batch,2],f32>, !torch.tensor<[1,batch,2],f32>, !torch.tensor<[1,batch,2],f32>
  return %6#0 : !torch.tensor<[3,batch,2],f32>
}

// -----

// Gates r, z, n become z, r, h.
// CHECK-LABEL: func.func @gru_batch_first
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor{{.*}}%[[X3:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[2, 3, 0, 1, 4, 5]> : tensor<6xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[C2:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V3:.*]] = onnx.Transpose(%[[X0]]) {perm = array<i64: 1, 0, 2>}
// CHECK: %[[V4:.*]] = onnx.Gather(%[[X2]], %[[C0]]) {axis = 0 : i64}
// CHECK: %[[V5:.*]] = onnx.Unsqueeze(%[[V4]], %[[C1]])
// CHECK: %[[V6:.*]] = onnx.Gather(%[[X3]], %[[C0]]) {axis = 0 : i64}
// CHECK: %[[V7:.*]] = onnx.Unsqueeze(%[[V6]], %[[C1]])
// CHECK: %[[V8:.*]], %[[V9:.*]] = onnx.GRU(%[[V3]], %[[V5]], %[[V7]], %[[NONE]], %[[NONE]], %[[X1]]) {hidden_size = 2 : i64, linear_before_reset = 1 : i64}
// CHECK: %[[V10:.*]] = onnx.Squeeze(%[[V8]], %[[C2]])
// CHECK: %[[V11:.*]] = onnx.Transpose(%[[V10]]) {perm = array<i64: 1, 0, 2>}
// CHECK: return %[[V11]], %[[V9]]
func.func @gru_batch_first(%arg0: !torch.tensor<[2,3,4],f32>, %arg1: !torch.tensor<[1,2,2],f32>, %arg2: !torch.tensor<[6,4],f32>, %arg3: !torch.tensor<[6,2],f32>) -> (!torch.tensor<[2,3,2],f32>, !torch.tensor<[1,2,2],f32>) {
  %true = torch.constant true
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %0 = torch.prim.ListConstruct %arg2, %arg3 : !torch.tensor<[6,4],f32>, !torch.tensor<[6,2],f32> -> !torch.list<tensor>
  %1:2 = torch.aten.gru.input %arg0, %arg1, %0, %false, %int1, %float0.0, %false, %false, %true : !torch.tensor<[2,3,4],f32>, !torch.tensor<[1,2,2],f32>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[2,3,2],f32>, !torch.tensor<[1,2,2],f32>
  return %1#0, %1#1 : !torch.tensor<[2,3,2],f32>, !torch.tensor<[1,2,2],f32>
}
