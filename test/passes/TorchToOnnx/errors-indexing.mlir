// What operators that index need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @index(%self: !torch.tensor<[2,3],f32>, %rows: !torch.tensor<[2,2],i64>) -> !torch.tensor<[?],f32> {
  %int0 = torch.constant 0 : !torch.int
  %indices = torch.aten.unbind.int %rows, %int0 : !torch.tensor<[2,2],i64>, !torch.int -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.index.Tensor: the number of its indices is unknown}}
  %0 = torch.aten.index.Tensor %self, %indices : !torch.tensor<[2,3],f32>, !torch.list<tensor> -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @index_mask(%self: !torch.tensor<[2,3],f32>, %i: !torch.tensor<[],i1>) -> !torch.tensor<[?,2,3],f32> {
  %indices = torch.prim.ListConstruct %i : !torch.tensor<[],i1> -> !torch.list<optional<tensor>>
  // expected-error @below {{cannot convert aten.index.Tensor: an index is a mask without dimensions}}
  %0 = torch.aten.index.Tensor %self, %indices : !torch.tensor<[2,3],f32>, !torch.list<optional<tensor>> -> !torch.tensor<[?,2,3],f32>
  return %0 : !torch.tensor<[?,2,3],f32>
}

// -----

func.func @take_along_dim(%self: !torch.tensor<[2,3],f32>, %indices: !torch.tensor<[2,3],i64>, %dim: !torch.int) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten.take_along_dim: its dim is not constant}}
  %0 = torch.aten.take_along_dim %self, %indices, %dim : !torch.tensor<[2,3],f32>, !torch.tensor<[2,3],i64>, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @take_along_dim_broadcast(%self: !torch.tensor<[2,3],f32>, %indices: !torch.tensor<[1,3],i64>) -> !torch.tensor<[2,3],f32> {
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.take_along_dim: its indices are broadcast; expand them first}}
  %0 = torch.aten.take_along_dim %self, %indices, %int1 : !torch.tensor<[2,3],f32>, !torch.tensor<[1,3],i64>, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @diagonal(%self: !torch.tensor<[?,3],f32>) -> !torch.tensor<[?],f32> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.diagonal: the sizes of its dimensions are unknown}}
  %0 = torch.aten.diagonal %self, %int0, %int0, %int1 : !torch.tensor<[?,3],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @diag(%self: !torch.tensor<[2,3],f32>, %diagonal: !torch.int) -> !torch.tensor<[2],f32> {
  // expected-error @below {{cannot convert aten.diag: its diagonal is not constant}}
  %0 = torch.aten.diag %self, %diagonal : !torch.tensor<[2,3],f32>, !torch.int -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// -----

func.func @repeat_interleave(%self: !torch.tensor<[2,3],f32>, %repeats: !torch.int) -> !torch.tensor<[?],f32> {
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.repeat_interleave.self_int: its arguments are not constant}}
  %0 = torch.aten.repeat_interleave.self_int %self, %repeats, %none, %none : !torch.tensor<[2,3],f32>, !torch.int, !torch.none, !torch.none -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @repeat_interleave_sizes(%self: !torch.tensor<[?,?],f32>) -> !torch.tensor<[?,?],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.repeat_interleave.self_int: its sizes are unknown}}
  %0 = torch.aten.repeat_interleave.self_int %self, %int2, %int0, %none : !torch.tensor<[?,?],f32>, !torch.int, !torch.int, !torch.none -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @bucketize(%self: !torch.tensor<[2,3],f32>, %boundaries: !torch.tensor<[3],f32>, %right: !torch.bool) -> !torch.tensor<[2,3],i64> {
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.bucketize.Tensor: its side is not constant}}
  %0 = torch.aten.bucketize.Tensor %self, %boundaries, %false, %right : !torch.tensor<[2,3],f32>, !torch.tensor<[3],f32>, !torch.bool, !torch.bool -> !torch.tensor<[2,3],i64>
  return %0 : !torch.tensor<[2,3],i64>
}

// -----

func.func @searchsorted(%sorted_sequence: !torch.tensor<[3],f32>, %self: !torch.tensor<[2],f32>, %right: !torch.bool) -> !torch.tensor<[2],i64> {
  %false = torch.constant false
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.searchsorted.Tensor: its side is not constant, or it has a sorter}}
  %0 = torch.aten.searchsorted.Tensor %sorted_sequence, %self, %false, %right, %none, %none : !torch.tensor<[3],f32>, !torch.tensor<[2],f32>, !torch.bool, !torch.bool, !torch.none, !torch.none -> !torch.tensor<[2],i64>
  return %0 : !torch.tensor<[2],i64>
}

// -----

func.func @masked_scatter(%self: !torch.tensor<[?,?],f32>, %mask: !torch.tensor<[?,?],i1>, %source: !torch.tensor<[2,3],f32>) -> !torch.tensor<[?,?],f32> {
  // expected-error @below {{cannot convert aten.masked_scatter: its size is unknown}}
  %0 = torch.aten.masked_scatter %self, %mask, %source : !torch.tensor<[?,?],f32>, !torch.tensor<[?,?],i1>, !torch.tensor<[2,3],f32> -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @index_put(%self: !torch.tensor<[2,3],f32>, %i: !torch.tensor<[2],i64>, %values: !torch.tensor<[2,3],f32>, %accumulate: !torch.bool) -> !torch.tensor<[2,3],f32> {
  %indices = torch.prim.ListConstruct %i : !torch.tensor<[2],i64> -> !torch.list<optional<tensor>>
  // expected-error @below {{cannot convert aten.index_put: its accumulate is not constant}}
  %0 = torch.aten.index_put %self, %indices, %values, %accumulate : !torch.tensor<[2,3],f32>, !torch.list<optional<tensor>>, !torch.tensor<[2,3],f32>, !torch.bool -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @index_put_none(%self: !torch.tensor<[2,3],f32>, %values: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %none = torch.constant none
  %false = torch.constant false
  %indices = torch.prim.ListConstruct %none : !torch.none -> !torch.list<optional<tensor>>
  // expected-error @below {{cannot convert aten.index_put: it has no indices}}
  %0 = torch.aten.index_put %self, %indices, %values, %false : !torch.tensor<[2,3],f32>, !torch.list<optional<tensor>>, !torch.tensor<[2,3],f32>, !torch.bool -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @index_put_values(%self: !torch.tensor<[?,?],f32>, %i: !torch.tensor<[?],i64>, %values: !torch.tensor<[?,?],f32>) -> !torch.tensor<[?,?],f32> {
  %none = torch.constant none
  %false = torch.constant false
  %indices = torch.prim.ListConstruct %none, %i : !torch.none, !torch.tensor<[?],i64> -> !torch.list<optional<tensor>>
  // expected-error @below {{cannot convert aten.index_put: the shape that its values are repeated to is unknown}}
  %0 = torch.aten.index_put %self, %indices, %values, %false : !torch.tensor<[?,?],f32>, !torch.list<optional<tensor>>, !torch.tensor<[?,?],f32>, !torch.bool -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @index_add(%self: !torch.tensor<[2,3],f32>, %dim: !torch.int, %index: !torch.tensor<[2],i64>, %source: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.index_add: its dim is not constant, or it has no dimensions}}
  %0 = torch.aten.index_add %self, %dim, %index, %source, %int1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.tensor<[2],i64>, !torch.tensor<[2,3],f32>, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @index_fill(%self: !torch.tensor<[2,3],f32>, %dim: !torch.int, %index: !torch.tensor<[1],i64>) -> !torch.tensor<[2,3],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.index_fill.int_Scalar: its dim is not constant, or it has no dimensions}}
  %0 = torch.aten.index_fill.int_Scalar %self, %dim, %index, %int0 : !torch.tensor<[2,3],f32>, !torch.int, !torch.tensor<[1],i64>, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @index_fill_count(%self: !torch.tensor<[?,?],f32>, %index: !torch.tensor<[?],i64>) -> !torch.tensor<[?,?],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.index_fill.int_Scalar: the number of its indices is unknown}}
  %0 = torch.aten.index_fill.int_Scalar %self, %int0, %index, %int0 : !torch.tensor<[?,?],f32>, !torch.int, !torch.tensor<[?],i64>, !torch.int -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @scatter_reduce(%self: !torch.tensor<[2,3],f32>, %index: !torch.tensor<[2,3],i64>, %src: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %int0 = torch.constant 0 : !torch.int
  %mean = torch.constant "mean"
  %true = torch.constant true
  // expected-error @below {{cannot convert aten.scatter_reduce.two: ONNX has sums, products and extremes that include self only}}
  %0 = torch.aten.scatter_reduce.two %self, %int0, %index, %src, %mean, %true : !torch.tensor<[2,3],f32>, !torch.int, !torch.tensor<[2,3],i64>, !torch.tensor<[2,3],f32>, !torch.str, !torch.bool -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @slice_step(%self: !torch.tensor<[2,3],f32>, %dim: !torch.int) -> !torch.tensor<[1,3],f32> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.slice.Tensor: its dim or its step is not constant}}
  %0 = torch.aten.slice.Tensor %self, %dim, %int0, %int1, %int1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor<[1,3],f32>
  return %0 : !torch.tensor<[1,3],f32>
}

// -----

func.func @narrow(%self: !torch.tensor<[2,3],f32>, %dim: !torch.int) -> !torch.tensor<[1,3],f32> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.narrow: its dim is not constant}}
  %0 = torch.aten.narrow %self, %dim, %int0, %int1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[1,3],f32>
  return %0 : !torch.tensor<[1,3],f32>
}

// -----

func.func @slice_scatter(%self: !torch.tensor<[2,3],f32>, %src: !torch.tensor<[?,3],f32>, %start: !torch.int) -> !torch.tensor<[2,3],f32> {
  %int0 = torch.constant 0 : !torch.int
  %none = torch.constant none
  %int2 = torch.constant 2 : !torch.int
  // expected-error @below {{cannot convert aten.slice_scatter: with a step, its bounds must be constant}}
  %0 = torch.aten.slice_scatter %self, %src, %int0, %start, %none, %int2 : !torch.tensor<[2,3],f32>, !torch.tensor<[?,3],f32>, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @select_scatter(%self: !torch.tensor<[2,3],f32>, %src: !torch.tensor<[3],f32>, %dim: !torch.int) -> !torch.tensor<[2,3],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.select_scatter: its dim is not constant}}
  %0 = torch.aten.select_scatter %self, %src, %dim, %int0 : !torch.tensor<[2,3],f32>, !torch.tensor<[3],f32>, !torch.int, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}
