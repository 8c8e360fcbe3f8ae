// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// A shape from the input.
// CHECK-LABEL: func.func @zeros_dynamic
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<4> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.Shape(%[[X]]) {end = 1 : i64}
// CHECK: %[[V2:.*]] = onnx.Concat(%[[V1]], %[[C0]]) {axis = 0 : i64}
// CHECK: %[[V3:.*]] = onnx.ConstantOfShape(%[[V2]]) {value = dense<0.000000e+00> : tensor<1xf32>}
// CHECK: return %[[V3]]
func.func @zeros_dynamic(%arg0: !torch.tensor<[batch,2],f32>) -> (!torch.tensor<[batch,4],f32>) {
  %false = torch.constant false
  %device_cpu = torch.constant "cpu" : !torch.device
  %none = torch.constant none
  %int4 = torch.constant 4 : !torch.int
  %batch = torch.symbolic_int #symbolic.dim<batch> : !torch.int
  %0 = torch.prim.ListConstruct %batch, %int4 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.zeros %0, %none, %none, %device_cpu, %false : !torch.list<int>, !torch.none, !torch.none, !torch.device, !torch.bool -> !torch.tensor<[batch,4],f32>
  return %1 : !torch.tensor<[batch,4],f32>
}

// -----

// A small one is stored.
// CHECK-LABEL: func.func @ones_small
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1.000000e+00> : tensor<3xf32>
// CHECK: %[[V1:.*]] = onnx.Add(%[[C0]], %[[X]])
// CHECK: return %[[V1]]
func.func @ones_small(%arg0: !torch.tensor<[3],f32>) -> (!torch.tensor<[3],f32>) {
  %int1 = torch.constant 1 : !torch.int
  %false = torch.constant false
  %device_cpu = torch.constant "cpu" : !torch.device
  %none = torch.constant none
  %int3 = torch.constant 3 : !torch.int
  %0 = torch.prim.ListConstruct %int3 : !torch.int -> !torch.list<int>
  %1 = torch.aten.ones %0, %none, %none, %device_cpu, %false : !torch.list<int>, !torch.none, !torch.none, !torch.device, !torch.bool -> !torch.tensor<[3],f32>
  %2 = torch.aten.add.Tensor %1, %arg0, %int1 : !torch.tensor<[3],f32>, !torch.tensor<[3],f32>, !torch.int -> !torch.tensor<[3],f32>
  return %2 : !torch.tensor<[3],f32>
}

// -----

// A range up to a size.
// CHECK-LABEL: func.func @arange_dynamic
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<i64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<1> : tensor<i64>
// CHECK: %[[V3:.*]] = onnx.Shape(%[[X]]) {end = 1 : i64}
// CHECK: %[[V4:.*]] = onnx.Squeeze(%[[V3]], %[[C1]])
// CHECK: %[[V5:.*]] = onnx.Range(%[[C0]], %[[V4]], %[[C2]])
// CHECK: return %[[V5]]
func.func @arange_dynamic(%arg0: !torch.tensor<[n,2],f32>) -> (!torch.tensor<[n],i64>) {
  %false = torch.constant false
  %device_cpu = torch.constant "cpu" : !torch.device
  %none = torch.constant none
  %n = torch.symbolic_int #symbolic.dim<n> : !torch.int
  %0 = torch.aten.arange %n, %none, %none, %device_cpu, %false : !torch.int, !torch.none, !torch.none, !torch.device, !torch.bool -> !torch.tensor<[n],i64>
  return %0 : !torch.tensor<[n],i64>
}

// -----

// Its elements are known.
// CHECK-LABEL: func.func @arange_constant
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0.000000e+00, 2.500000e-01, 5.000000e-01, 7.500000e-01]> : tensor<4xf32>
// CHECK: %[[V1:.*]] = onnx.Add(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @arange_constant(%arg0: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %false = torch.constant false
  %device_cpu = torch.constant "cpu" : !torch.device
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %float0.25 = torch.constant 0.25 : !torch.float
  %0 = torch.aten.arange.start_step %int0, %int1, %float0.25, %none, %none, %device_cpu, %false : !torch.int, !torch.int, !torch.float, !torch.none, !torch.none, !torch.device, !torch.bool -> !torch.tensor<[4],f32>
  %1 = torch.aten.add.Tensor %arg0, %0, %int1 : !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.int -> !torch.tensor<[4],f32>
  return %1 : !torch.tensor<[4],f32>
}

// -----

// A Cast.
// CHECK-LABEL: func.func @to_int
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Cast(%[[X]]) {to = 7 : i64}
// CHECK: return %[[V0]]
func.func @to_int(%arg0: !torch.tensor<[3],f32>) -> (!torch.tensor<[3],i64>) {
  %int4 = torch.constant 4 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %0 = torch.aten.to.dtype %arg0, %int4, %false, %false, %none : !torch.tensor<[3],f32>, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[3],i64>
  return %0 : !torch.tensor<[3],i64>
}
