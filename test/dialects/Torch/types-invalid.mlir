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

// -----

// expected-error @+1 {{expected a type of the torch dialect, but got '!onnx.str'}}
func.func private @foreign(!torch.list<!onnx.str>)

// -----

// expected-error @+1 {{a dimension's name can't be empty}}
func.func private @no_name(!torch.tensor<[""],f32>)

// -----

// expected-error @+1 {{expected a dimension: an integer, a name or an expression over names}}
func.func private @no_dimension(!torch.tensor<[2,*],f32>)

// -----

// expected-error @+1 {{division by zero in a dimension}}
func.func private @zero(!torch.tensor<[floordiv(n, 0)],f32>)
