// RUN: torch-onnx-opt %s | FileCheck %s
// RUN: torch-onnx-opt %s | torch-onnx-opt | FileCheck %s

// CHECK-LABEL: @scalars
func.func @scalars() {
  // CHECK: %int1 = torch.constant 1 : !torch.int
  %0 = torch.constant 1 : !torch.int
  // CHECK: %int-1 = torch.constant -1 : !torch.int
  %1 = torch.constant -1
  // CHECK: %float1.0 = torch.constant 1.0 : !torch.float
  %2 = torch.constant 1.0
  // CHECK: %float1.0e-05 = torch.constant 1.0e-05 : !torch.float
  %3 = torch.constant 1.0e-5 : !torch.float
  // CHECK: %float-0.1 = torch.constant -0.1 : !torch.float
  %4 = torch.constant -0.1
  // CHECK: %float3.0 = torch.constant 3.0 : !torch.float
  %5 = torch.constant 3 : !torch.float
  // CHECK: %float_inf = torch.constant inf : !torch.float
  %6 = torch.constant inf
  // CHECK: %float_neg_inf = torch.constant neg_inf : !torch.float
  %7 = torch.constant neg_inf
  // CHECK: %float_nan = torch.constant nan : !torch.float
  %8 = torch.constant nan
  // CHECK: %true = torch.constant true{{$}}
  %9 = torch.constant true
  // CHECK: %false = torch.constant false{{$}}
  %10 = torch.constant false
  // CHECK: %none = torch.constant none{{$}}
  %11 = torch.constant none
  // CHECK: %str_mean = torch.constant "mean"{{$}}
  %12 = torch.constant "mean"
  // CHECK: %str = torch.constant "a \22quoted\22 text"{{$}}
  %13 = torch.constant "a \22quoted\22 text"
  // CHECK: %device_cpu = torch.constant "cpu" : !torch.device
  %14 = torch.constant "cpu" : !torch.device
  // CHECK: %int9223372036854775807 = torch.constant 9223372036854775807
  %15 = torch.constant 9223372036854775807
  // CHECK: %float0.30000000000000004 = torch.constant 0.30000000000000004
  %16 = torch.constant 0.30000000000000004
  return
}

// CHECK-LABEL: @symbolic
func.func @symbolic() {
  // CHECK: %batch = torch.symbolic_int #symbolic.dim<batch> : !torch.int
  %0 = torch.symbolic_int #symbolic.dim<batch> : !torch.int
  // CHECK: %dim = torch.symbolic_int #symbolic.dim<4 * batch + 1> : !torch.int
  %1 = torch.symbolic_int #symbolic.dim<4 * batch + 1> : !torch.int
  return
}

// CHECK-LABEL: @tensors
func.func @tensors() {
  // CHECK: %fc1.weight = torch.tensor_constant "fc1.weight" dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32> -> !torch.tensor<[2],f32>
  %0 = torch.tensor_constant "fc1.weight" dense<[1.0, 2.0]> : tensor<2xf32> -> !torch.tensor<[2],f32>
  // CHECK: %tensor = torch.tensor_constant dense<3> : tensor<i64> -> !torch.tensor<[],i64,wrapped>
  %1 = torch.tensor_constant dense<3> : tensor<i64> -> !torch.tensor<[],i64,wrapped>
  return
}
