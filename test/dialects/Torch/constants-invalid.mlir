// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics

func.func @kind() {
  // expected-error @+1 {{'torch.constant' op of 1 : i64 cannot be a value of type '!torch.str'}}
  %0 = torch.constant 1 : !torch.str
  return
}

// -----

func.func @literal() {
  // expected-error @+1 {{expected a number, a string, true, false, none, inf, neg_inf or nan}}
  %0 = torch.constant [1]
  return
}

// -----

func.func @dtype() {
  // expected-error @+1 {{has elements of type 'f32', but its result is '!torch.tensor<[2],f64>'}}
  %0 = torch.tensor_constant dense<0.0> : tensor<2xf32> -> !torch.tensor<[2],f64>
  return
}

// -----

func.func @shape() {
  // expected-error @+1 {{has a value of type 'tensor<2xf32>', but its result is '!torch.tensor<[3],f32>'}}
  %0 = torch.tensor_constant dense<0.0> : tensor<2xf32> -> !torch.tensor<[3],f32>
  return
}
