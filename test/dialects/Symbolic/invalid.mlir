// RUN: torch-onnx-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{symbolic shape has 1 dimensions, the tensor has 2}}
func.func private @rank(tensor<2x3xf32, #symbolic.shape<[2]>>)

// -----

// expected-error @below {{dimension 1 of the symbolic shape does not agree with the tensor's size}}
func.func private @size(tensor<2x3xf32, #symbolic.shape<[2,4]>>)

// -----

// expected-error @below {{unknown attribute `size` of dialect symbolic; it has `dim` and `shape`}}
func.func private @kind(tensor<2xf32, #symbolic.size<2>>)
