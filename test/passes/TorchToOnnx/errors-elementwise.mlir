// What activations and elementwise operators need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @hardtanh(%self: !torch.tensor<[2,3],f32>, %min_val: !torch.float) -> !torch.tensor<[2,3],f32> {
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.hardtanh: its bounds are not constant}}
  %0 = torch.aten.hardtanh %self, %min_val, %int1 : !torch.tensor<[2,3],f32>, !torch.float, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @leaky_relu(%self: !torch.tensor<[2,3],f32>, %negative_slope: !torch.float) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten.leaky_relu: its slope is not constant}}
  %0 = torch.aten.leaky_relu %self, %negative_slope : !torch.tensor<[2,3],f32>, !torch.float -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @rrelu(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %float0.125 = torch.constant 0.125 : !torch.float
  %float0.3333333333333333 = torch.constant 0.3333333333333333 : !torch.float
  %true = torch.constant true
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.rrelu: it draws random slopes in training mode; export the model after model.eval()}}
  %0 = torch.aten.rrelu %self, %float0.125, %float0.3333333333333333, %true, %none : !torch.tensor<[2,3],f32>, !torch.float, !torch.float, !torch.bool, !torch.none -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @softshrink(%self: !torch.tensor<[2,3],f32>, %lambd: !torch.float) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten.softshrink: its lambda is not constant}}
  %0 = torch.aten.softshrink %self, %lambd : !torch.tensor<[2,3],f32>, !torch.float -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @elu(%self: !torch.tensor<[2,3],f32>, %alpha: !torch.float) -> !torch.tensor<[2,3],f32> {
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.elu: its factors are not constant}}
  %0 = torch.aten.elu %self, %alpha, %int1, %int1 : !torch.tensor<[2,3],f32>, !torch.float, !torch.int, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @celu(%self: !torch.tensor<[2,3],f32>, %alpha: !torch.float) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten.celu: its alpha is not constant}}
  %0 = torch.aten.celu %self, %alpha : !torch.tensor<[2,3],f32>, !torch.float -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @softplus(%self: !torch.tensor<[2,3],f32>, %beta: !torch.float) -> !torch.tensor<[2,3],f32> {
  %int20 = torch.constant 20 : !torch.int
  // expected-error @below {{cannot convert aten.softplus: its factors are not constant}}
  %0 = torch.aten.softplus %self, %beta, %int20 : !torch.tensor<[2,3],f32>, !torch.float, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @safe_softmax(%self: !torch.tensor<[2,3],f32>, %dim: !torch.int) -> !torch.tensor<[2,3],f32> {
  %none = torch.constant none
  // expected-error @below {{cannot convert aten._safe_softmax: its dim is not constant}}
  %0 = torch.aten._safe_softmax %self, %dim, %none : !torch.tensor<[2,3],f32>, !torch.int, !torch.none -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @safe_softmax_scalar(%self: !torch.tensor<[],f32>) -> !torch.tensor<[],f32> {
  %int0 = torch.constant 0 : !torch.int
  %none = torch.constant none
  // expected-error @below {{cannot convert aten._safe_softmax: its input has no dimensions}}
  %0 = torch.aten._safe_softmax %self, %int0, %none : !torch.tensor<[],f32>, !torch.int, !torch.none -> !torch.tensor<[],f32>
  return %0 : !torch.tensor<[],f32>
}

// -----

func.func @isclose(%self: !torch.tensor<[2,3],f32>, %other: !torch.tensor<[2,3],f32>, %rtol: !torch.float) -> !torch.tensor<[2,3],i1> {
  %float1e_08 = torch.constant 1.0e-08 : !torch.float
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.isclose: its tolerances are not constant}}
  %0 = torch.aten.isclose %self, %other, %rtol, %float1e_08, %false : !torch.tensor<[2,3],f32>, !torch.tensor<[2,3],f32>, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[2,3],i1>
  return %0 : !torch.tensor<[2,3],i1>
}

// -----

func.func @round(%self: !torch.tensor<[2,3],f32>, %decimals: !torch.int) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten.round.decimals: the number of decimals is not constant}}
  %0 = torch.aten.round.decimals %self, %decimals : !torch.tensor<[2,3],f32>, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @div(%self: !torch.tensor<[2,3],f32>, %other: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %round = torch.constant "round"
  // expected-error @below {{cannot convert aten.div.Tensor_mode: its rounding mode is not constant}}
  %0 = torch.aten.div.Tensor_mode %self, %other, %round : !torch.tensor<[2,3],f32>, !torch.tensor<[2,3],f32>, !torch.str -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}
