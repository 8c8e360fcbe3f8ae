// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{'index' is no dtype of a tensor}}
func.func private @dtype(!torch.tensor<[2],index>)

// -----

// expected-error @+1 {{a wrapped number has no dimensions}}
func.func private @wrapped(!torch.tensor<[2],f64,wrapped>)

// -----

// expected-error @+1 {{a dimension is never negative}}
func.func private @negative(!torch.tensor<[-2],f64>)

// -----

// expected-error @+1 {{unknown type 'i64' in the torch dialect}}
func.func private @nested(!torch.list<i64>)
