// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// other is multiplied by alpha.
// CHECK-LABEL: func.func @add_alpha
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<2.000000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Mul(%[[X1]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.Add(%[[X0]], %[[V1]])
// CHECK: return %[[V2]]
func.func @add_alpha(%arg0: !torch.tensor<[4],f32>, %arg1: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.aten.add.Tensor %arg0, %arg1, %int2 : !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.int -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// Of booleans a sum is "or".
// CHECK-LABEL: func.func @add_bool
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Or(%[[X0]], %[[X1]])
// CHECK: return %[[V0]]
func.func @add_bool(%arg0: !torch.tensor<[4],i1>, %arg1: !torch.tensor<[4],i1>) -> (!torch.tensor<[4],i1>) {
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.add.Tensor %arg0, %arg1, %int1 : !torch.tensor<[4],i1>, !torch.tensor<[4],i1>, !torch.int -> !torch.tensor<[4],i1>
  return %0 : !torch.tensor<[4],i1>
}

// -----

// An integer tensor and a float number meet in f32.
// CHECK-LABEL: func.func @promotion
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1.500000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Cast(%[[X]]) {to = 1 : i64}
// CHECK: %[[V2:.*]] = onnx.Mul(%[[V1]], %[[C0]])
// CHECK: return %[[V2]]
func.func @promotion(%arg0: !torch.tensor<[4],i64>) -> (!torch.tensor<[4],f32>) {
  %tensor = torch.tensor_constant dense<1.500000e+00> : tensor<f64> -> !torch.tensor<[],f64,wrapped>
  %0 = torch.aten.mul.Tensor %arg0, %tensor : !torch.tensor<[4],i64>, !torch.tensor<[],f64,wrapped> -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// A number does not widen a tensor.
// CHECK-LABEL: func.func @wrapped_number
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<2.000000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Add(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @wrapped_number(%arg0: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %int1 = torch.constant 1 : !torch.int
  %tensor = torch.tensor_constant dense<2.000000e+00> : tensor<f64> -> !torch.tensor<[],f64,wrapped>
  %0 = torch.aten.add.Tensor %arg0, %tensor, %int1 : !torch.tensor<[4],f32>, !torch.tensor<[],f64,wrapped>, !torch.int -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// Div rounds toward zero: (a - a mod b) / b.
// CHECK-LABEL: func.func @floor_divide_int
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Mod(%[[X0]], %[[X1]])
// CHECK: %[[V1:.*]] = onnx.Sub(%[[X0]], %[[V0]])
// CHECK: %[[V2:.*]] = onnx.Div(%[[V1]], %[[X1]])
// CHECK: return %[[V2]]
func.func @floor_divide_int(%arg0: !torch.tensor<[4],i64>, %arg1: !torch.tensor<[4],i64>) -> (!torch.tensor<[4],i64>) {
  %0 = torch.aten.floor_divide %arg0, %arg1 : !torch.tensor<[4],i64>, !torch.tensor<[4],i64> -> !torch.tensor<[4],i64>
  return %0 : !torch.tensor<[4],i64>
}

// -----

// A division by a power of two is exact.
// CHECK-LABEL: func.func @floor_divide_power_of_two
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<2.000000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Div(%[[X]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.Floor(%[[V1]])
// CHECK: return %[[V2]]
func.func @floor_divide_power_of_two(%arg0: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %tensor = torch.tensor_constant dense<2.000000e+00> : tensor<f64> -> !torch.tensor<[],f64,wrapped>
  %0 = torch.aten.floor_divide %arg0, %tensor : !torch.tensor<[4],f32>, !torch.tensor<[],f64,wrapped> -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// The remainder takes the sign of the divisor.
// CHECK-LABEL: func.func @remainder_float
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Mod(%[[X0]], %[[X1]]) {fmod = 1 : i64}
// CHECK: %[[V2:.*]] = onnx.Mul(%[[V1]], %[[X1]])
// CHECK: %[[V3:.*]] = onnx.Less(%[[V2]], %[[C0]])
// CHECK: %[[V4:.*]] = onnx.Add(%[[V1]], %[[X1]])
// CHECK: %[[V5:.*]] = onnx.Where(%[[V3]], %[[V4]], %[[V1]])
// CHECK: return %[[V5]]
func.func @remainder_float(%arg0: !torch.tensor<[4],f32>, %arg1: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %0 = torch.aten.remainder.Tensor %arg0, %arg1 : !torch.tensor<[4],f32>, !torch.tensor<[4],f32> -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// trunc(x) = sign(x) floor(|x|)
// CHECK-LABEL: func.func @div_trunc
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Div(%[[X0]], %[[X1]])
// CHECK: %[[V1:.*]] = onnx.Abs(%[[V0]])
// CHECK: %[[V2:.*]] = onnx.Floor(%[[V1]])
// CHECK: %[[V3:.*]] = onnx.Sign(%[[V0]])
// CHECK: %[[V4:.*]] = onnx.Mul(%[[V3]], %[[V2]])
// CHECK: return %[[V4]]
func.func @div_trunc(%arg0: !torch.tensor<[4],f32>, %arg1: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %str_trunc = torch.constant "trunc"
  %0 = torch.aten.div.Tensor_mode %arg0, %arg1, %str_trunc : !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.str -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

// x ** 2 is x * x, for integers too.
// CHECK-LABEL: func.func @square
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Mul(%[[X]], %[[X]])
// CHECK: return %[[V0]]
func.func @square(%arg0: !torch.tensor<[4],i64>) -> (!torch.tensor<[4],i64>) {
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.aten.pow.Tensor_Scalar %arg0, %int2 : !torch.tensor<[4],i64>, !torch.int -> !torch.tensor<[4],i64>
  return %0 : !torch.tensor<[4],i64>
}

// -----

// One bound is Min: an absent bound of Clip is a finite number.
// CHECK-LABEL: func.func @clamp_one_bound
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<3> : tensor<i64>
// CHECK: %[[V1:.*]] = onnx.Min(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @clamp_one_bound(%arg0: !torch.tensor<[4],i64>) -> (!torch.tensor<[4],i64>) {
  %none = torch.constant none
  %int3 = torch.constant 3 : !torch.int
  %0 = torch.aten.clamp %arg0, %none, %int3 : !torch.tensor<[4],i64>, !torch.none, !torch.int -> !torch.tensor<[4],i64>
  return %0 : !torch.tensor<[4],i64>
}

// -----

// Bounds that are tensors broadcast.
// CHECK-LABEL: func.func @clamp_tensors
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Max(%[[X0]], %[[X1]])
// CHECK: return %[[V0]]
func.func @clamp_tensors(%arg0: !torch.tensor<[2,4],f32>, %arg1: !torch.tensor<[4],f32>) -> (!torch.tensor<[2,4],f32>) {
  %none = torch.constant none
  %0 = torch.aten.clamp.Tensor %arg0, %arg1, %none : !torch.tensor<[2,4],f32>, !torch.tensor<[4],f32>, !torch.none -> !torch.tensor<[2,4],f32>
  return %0 : !torch.tensor<[2,4],f32>
}

// -----

// Operands are compared in their common type.
// CHECK-LABEL: func.func @less_mixed
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1.500000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Cast(%[[X]]) {to = 1 : i64}
// CHECK: %[[V2:.*]] = onnx.Less(%[[V1]], %[[C0]])
// CHECK: return %[[V2]]
func.func @less_mixed(%arg0: !torch.tensor<[4],i64>) -> (!torch.tensor<[4],i1>) {
  %float1.5 = torch.constant 1.5 : !torch.float
  %0 = torch.aten.lt.Scalar %arg0, %float1.5 : !torch.tensor<[4],i64>, !torch.float -> !torch.tensor<[4],i1>
  return %0 : !torch.tensor<[4],i1>
}

// -----

// Of booleans a bitwise operation is a logical one.
// CHECK-LABEL: func.func @bitwise_bool
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.And(%[[X0]], %[[X1]])
// CHECK: return %[[V0]]
func.func @bitwise_bool(%arg0: !torch.tensor<[4],i1>, %arg1: !torch.tensor<[4],i1>) -> (!torch.tensor<[4],i1>) {
  %0 = torch.aten.__and__.Tensor %arg0, %arg1 : !torch.tensor<[4],i1>, !torch.tensor<[4],i1> -> !torch.tensor<[4],i1>
  return %0 : !torch.tensor<[4],i1>
}

// -----

// The angle of the first quadrant is mirrored by the signs, of zeros too.
// CHECK-LABEL: func.func @atan2
// CHECK-SAME: %[[Y:.*]]: tensor{{.*}}%[[X:.*]]: tensor
// CHECK-DAG: %[[ZERO:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK-DAG: %[[PI:.*]] = onnx.initializer dense<3.14159274> : tensor<f32>
// CHECK-DAG: %[[HEIGHT:.*]] = onnx.Abs(%[[Y]])
// CHECK-DAG: %[[WIDTH:.*]] = onnx.Abs(%[[X]])
// CHECK-DAG: %[[RATIO:.*]] = onnx.Div(%[[HEIGHT]], %[[WIDTH]])
// CHECK-DAG: %[[UNIT:.*]] = onnx.Sign(%[[HEIGHT]])
// CHECK-DAG: %[[EQUAL:.*]] = onnx.Equal(%[[HEIGHT]], %[[WIDTH]])
// CHECK: %[[SLOPE:.*]] = onnx.Where(%[[EQUAL]], %[[UNIT]], %[[RATIO]])
// CHECK: %[[ANGLE:.*]] = onnx.Atan(%[[SLOPE]])
// CHECK: %[[OTHER:.*]] = onnx.Sub(%[[PI]], %[[ANGLE]])
// CHECK: %[[INVERSE:.*]] = onnx.Reciprocal(%[[X]])
// CHECK: %[[SUM:.*]] = onnx.Add(%[[X]], %[[INVERSE]])
// CHECK: %[[LEFT:.*]] = onnx.Less(%[[SUM]], %[[ZERO]])
// CHECK: %[[UPPER:.*]] = onnx.Where(%[[LEFT]], %[[OTHER]], %[[ANGLE]])
// CHECK: onnx.Reciprocal(%[[Y]])
// CHECK: %[[SIDE:.*]] = onnx.Where
// CHECK: %[[RESULT:.*]] = onnx.Mul(%[[UPPER]], %[[SIDE]])
// CHECK: return %[[RESULT]]
func.func @atan2(%arg0: !torch.tensor<[4],f32>, %arg1: !torch.tensor<[4],f32>) -> (!torch.tensor<[4],f32>) {
  %0 = torch.aten.atan2 %arg0, %arg1 : !torch.tensor<[4],f32>, !torch.tensor<[4],f32> -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}
