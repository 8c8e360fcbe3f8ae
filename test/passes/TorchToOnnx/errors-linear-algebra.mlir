// What reductions and linear algebra need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @keepdim(%self: !torch.tensor<[2,3],f32>, %keepdim: !torch.bool) -> !torch.tensor<[2],f32> {
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %dim = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.sum.dim_IntList: its keepdim is not constant}}
  %0 = torch.aten.sum.dim_IntList %self, %dim, %keepdim, %none : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// -----

func.func @norm(%self: !torch.tensor<[2,3],f32>, %p: !torch.float) -> !torch.tensor<[],f32> {
  // expected-error @below {{cannot convert aten.norm.Scalar: its order is not constant}}
  %0 = torch.aten.norm.Scalar %self, %p : !torch.tensor<[2,3],f32>, !torch.float -> !torch.tensor<[],f32>
  return %0 : !torch.tensor<[],f32>
}

// -----

func.func @kthvalue(%self: !torch.tensor<[2,3],f32>, %k: !torch.int) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],i64>) {
  %int-1 = torch.constant -1 : !torch.int
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.kthvalue: its k is not constant}}
  %0, %1 = torch.aten.kthvalue %self, %k, %int-1, %false : !torch.tensor<[2,3],f32>, !torch.int, !torch.int, !torch.bool -> !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
  return %0, %1 : !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
}

// -----

func.func @median_dim(%self: !torch.tensor<[2,?],f32>) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],i64>) {
  %int1 = torch.constant 1 : !torch.int
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.median.dim: the size of its dimension is unknown}}
  %0, %1 = torch.aten.median.dim %self, %int1, %false : !torch.tensor<[2,?],f32>, !torch.int, !torch.bool -> !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
  return %0, %1 : !torch.tensor<[2],f32>, !torch.tensor<[2],i64>
}

// -----

func.func @median(%self: !torch.tensor<[?],f32>) -> !torch.tensor<[],f32> {
  // expected-error @below {{cannot convert aten.median: the number of its elements is unknown}}
  %0 = torch.aten.median %self : !torch.tensor<[?],f32> -> !torch.tensor<[],f32>
  return %0 : !torch.tensor<[],f32>
}

// -----

func.func @chain_matmul() -> !torch.tensor<[2,2],f32> {
  %matrices = torch.prim.ListConstruct -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.chain_matmul: the length of its list is unknown}}
  %0 = torch.aten.chain_matmul %matrices : !torch.list<tensor> -> !torch.tensor<[2,2],f32>
  return %0 : !torch.tensor<[2,2],f32>
}

// -----

func.func @matrix_power(%self: !torch.tensor<[2,2],f32>) -> !torch.tensor<[2,2],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.matrix_power: only constant exponents from 1 on have an ONNX form}}
  %0 = torch.aten.matrix_power %self, %int0 : !torch.tensor<[2,2],f32>, !torch.int -> !torch.tensor<[2,2],f32>
  return %0 : !torch.tensor<[2,2],f32>
}

// -----

func.func @kron(%self: !torch.tensor<[?,?],f32>, %other: !torch.tensor<[?,?],f32>) -> !torch.tensor<[?,?],f32> {
  // expected-error @below {{cannot convert aten.kron: its size is unknown}}
  %0 = torch.aten.kron %self, %other : !torch.tensor<[?,?],f32>, !torch.tensor<[?,?],f32> -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @tensordot(%self: !torch.tensor<[2,3],f32>, %other: !torch.tensor<[3,2],f32>) -> !torch.tensor<[2,2],f32> {
  %int0 = torch.constant 0 : !torch.int
  %dims_self = torch.aten.size %self : !torch.tensor<[2,3],f32> -> !torch.list<int>
  %dims_other = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.tensordot: its dims are not constant}}
  %0 = torch.aten.tensordot %self, %other, %dims_self, %dims_other : !torch.tensor<[2,3],f32>, !torch.tensor<[3,2],f32>, !torch.list<int>, !torch.list<int> -> !torch.tensor<[2,2],f32>
  return %0 : !torch.tensor<[2,2],f32>
}
