// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// floor(i * in / out)
// CHECK-LABEL: func.func @nearest
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[1.000000e+00, 1.000000e+00, 2.000000e+00, 2.000000e+00]> : tensor<4xf32>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V1:.*]] = onnx.Resize(%[[X]], %[[NONE]], %[[C0]], %[[NONE]]) {coordinate_transformation_mode = "asymmetric", mode = "nearest", nearest_mode = "floor"}
// CHECK: return %[[V1]]
func.func @nearest(%arg0: !torch.tensor<[batch,3,4,4],f32>) -> (!torch.tensor<[batch,3,8,8],f32>) {
  %none = torch.constant none
  %float2.0 = torch.constant 2.0 : !torch.float
  %0 = torch.prim.ListConstruct %float2.0, %float2.0 : !torch.float, !torch.float -> !torch.list<float>
  %1 = torch.aten.upsample_nearest2d.vec %arg0, %none, %0 : !torch.tensor<[batch,3,4,4],f32>, !torch.none, !torch.list<float> -> !torch.tensor<[batch,3,8,8],f32>
  return %1 : !torch.tensor<[batch,3,8,8],f32>
}

// -----

// Sizes of the spatial axes alone.
// CHECK-LABEL: func.func @bilinear_size
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[6, 8]> : tensor<2xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V1:.*]] = onnx.Resize(%[[X]], %[[NONE]], %[[NONE]], %[[C0]]) {axes = array<i64: 2, 3>, coordinate_transformation_mode = "half_pixel", mode = "linear"}
// CHECK: return %[[V1]]
module attributes {onnx.opset = 20 : i64} {
func.func @bilinear_size(%arg0: !torch.tensor<[batch,3,4,4],f32>) -> (!torch.tensor<[batch,3,6,8],f32>) {
  %none = torch.constant none
  %false = torch.constant false
  %int6 = torch.constant 6 : !torch.int
  %int8 = torch.constant 8 : !torch.int
  %0 = torch.prim.ListConstruct %int6, %int8 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.upsample_bilinear2d %arg0, %0, %false, %none, %none : !torch.tensor<[batch,3,4,4],f32>, !torch.list<int>, !torch.bool, !torch.none, !torch.none -> !torch.tensor<[batch,3,6,8],f32>
  return %1 : !torch.tensor<[batch,3,6,8],f32>
}
}

// -----

// Modes by name.
// CHECK-LABEL: func.func @grid_sample
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.GridSample(%[[X0]], %[[X1]]) {align_corners = 1 : i64, mode = "nearest", padding_mode = "border"}
// CHECK: return %[[V0]]
func.func @grid_sample(%arg0: !torch.tensor<[1,2,4,4],f32>, %arg1: !torch.tensor<[1,3,3,2],f32>) -> (!torch.tensor<[1,2,3,3],f32>) {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.grid_sampler %arg0, %arg1, %int1, %int1, %true : !torch.tensor<[1,2,4,4],f32>, !torch.tensor<[1,3,3,2],f32>, !torch.int, !torch.int, !torch.bool -> !torch.tensor<[1,2,3,3],f32>
  return %0 : !torch.tensor<[1,2,3,3],f32>
}
