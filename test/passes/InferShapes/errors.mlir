// Operands that can't fit are reported, all of them.
// RUN: torch-onnx-opt --infer-shapes --split-input-file --verify-diagnostics %s

func.func @inner_sizes(%x: !torch.tensor<[2,3],f32>, %y: !torch.tensor<[4,5],f32>) -> (!torch.tensor, !torch.tensor) {
  // expected-error @below {{aten.matmul: can't multiply: the inner sizes are 3 and 4}}
  %a = torch.aten.matmul %x, %y : !torch.tensor<[2,3],f32>, !torch.tensor<[4,5],f32> -> !torch.tensor
  // expected-error @below {{aten.mm: can't multiply: the inner sizes are 3 and 4}}
  %b = torch.aten.mm %x, %y : !torch.tensor<[2,3],f32>, !torch.tensor<[4,5],f32> -> !torch.tensor
  return %a, %b : !torch.tensor, !torch.tensor
}

// -----

func.func @channels(%x: !torch.tensor<[n,4,8,8],f32>, %w: !torch.tensor<[8,3,3,3],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %ones = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.conv2d: the input has 4 channels, the weight is for 3}}
  %y = torch.aten.conv2d %x, %w, %none, %ones, %ones, %ones, %int1 : !torch.tensor<[n,4,8,8],f32>, !torch.tensor<[8,3,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  return %y : !torch.tensor
}

// -----

func.func @broadcast(%x: !torch.tensor<[n,3],f32>, %y: !torch.tensor<[4],f32>) -> !torch.tensor {
  // expected-error @below {{aten.mul.Tensor: sizes 3 and 4 of dimension 1 don't broadcast}}
  %z = torch.aten.mul.Tensor %x, %y : !torch.tensor<[n,3],f32>, !torch.tensor<[4],f32> -> !torch.tensor
  return %z : !torch.tensor
}

// -----

func.func @dimension(%x: !torch.tensor<[n,3],f32>) -> !torch.tensor {
  %int4 = torch.constant 4 : !torch.int
  // expected-error @below {{aten.unsqueeze: dimension 4 is out of range for a tensor of 3 dimensions}}
  %z = torch.aten.unsqueeze %x, %int4 : !torch.tensor<[n,3],f32>, !torch.int -> !torch.tensor
  return %z : !torch.tensor
}

// -----

func.func @view(%x: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int4 = torch.constant 4 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %sizes = torch.prim.ListConstruct %int4, %int-1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.view: a tensor of 6 elements can't be viewed with sizes whose product is a multiple of 4}}
  %z = torch.aten.view %x, %sizes : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor
  return %z : !torch.tensor
}

// -----

// Torch refuses these of a tensor that has no dimension.
func.func @no_dimension(%x: !torch.tensor<[],f32>) -> (!torch.tensor, !torch.tensor, !torch.tensor, !torch.tensor, !torch.list<tensor>, !torch.tensor, !torch.tensor) {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %sizes = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.select.int: it needs a tensor of at least 1 dimension, this one has none}}
  %a = torch.aten.select.int %x, %int0, %int0 : !torch.tensor<[],f32>, !torch.int, !torch.int -> !torch.tensor
  // expected-error @below {{aten.slice.Tensor: it needs a tensor of at least 1 dimension, this one has none}}
  %b = torch.aten.slice.Tensor %x, %int0, %int0, %int1, %int1 : !torch.tensor<[],f32>, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  // expected-error @below {{aten.narrow: it needs a tensor of at least 1 dimension, this one has none}}
  %c = torch.aten.narrow %x, %int0, %int0, %int1 : !torch.tensor<[],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor
  // expected-error @below {{aten.glu: it needs a tensor of at least 1 dimension, this one has none}}
  %d = torch.aten.glu %x, %int0 : !torch.tensor<[],f32>, !torch.int -> !torch.tensor
  // expected-error @below {{aten.split.Tensor: it needs a tensor of at least 1 dimension, this one has none}}
  %e = torch.aten.split.Tensor %x, %int1, %int0 : !torch.tensor<[],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  // expected-error @below {{aten.unflatten.int: it needs a tensor of at least 1 dimension, this one has none}}
  %f = torch.aten.unflatten.int %x, %int0, %sizes : !torch.tensor<[],f32>, !torch.int, !torch.list<int> -> !torch.tensor
  // expected-error @below {{aten.repeat_interleave.self_int: it needs a tensor of at least 1 dimension, this one has none}}
  %g = torch.aten.repeat_interleave.self_int %x, %int1, %int0, %none : !torch.tensor<[],f32>, !torch.int, !torch.int, !torch.none -> !torch.tensor
  return %a, %b, %c, %d, %e, %f, %g : !torch.tensor, !torch.tensor, !torch.tensor, !torch.tensor, !torch.list<tensor>, !torch.tensor, !torch.tensor
}

// -----

func.func @select(%x: !torch.tensor<[n,3],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  // expected-error @below {{aten.select.int: dimension 2 is out of range for a tensor of 2 dimensions}}
  %a = torch.aten.select.int %x, %int2, %int0 : !torch.tensor<[n,3],f32>, !torch.int, !torch.int -> !torch.tensor
  return %a : !torch.tensor
}

// -----

func.func @histogram(%x: !torch.tensor<[4],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{aten.histc: bins is 0, at least 1 is needed}}
  %a = torch.aten.histc %x, %int0, %int0, %int0 : !torch.tensor<[4],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor
  return %a : !torch.tensor
}

// -----

func.func @det(%x: !torch.tensor<[3],f32>) -> !torch.tensor {
  // expected-error @below {{aten.det: it needs at least 2 dimensions, the tensor has 1}}
  %a = torch.aten.det %x : !torch.tensor<[3],f32> -> !torch.tensor
  return %a : !torch.tensor
}

// -----

func.func @diag_embed(%x: !torch.tensor<[n,3],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int-3 = torch.constant -3 : !torch.int
  // expected-error @below {{aten.diag_embed: dim1 and dim2 are the same}}
  %a = torch.aten.diag_embed %x, %int0, %int0, %int-3 : !torch.tensor<[n,3],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor
  return %a : !torch.tensor
}

// -----

func.func @two_unknown_sizes(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int-1 = torch.constant -1 : !torch.int
  %shape = torch.prim.ListConstruct %int-1, %int-1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.reshape: only one size can be -1}}
  %0 = torch.aten.reshape %self, %shape : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @reshape_elements(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int4 = torch.constant 4 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %shape = torch.prim.ListConstruct %int4, %int2 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.reshape: a tensor of 6 elements can't be viewed as one of 8}}
  %0 = torch.aten.reshape %self, %shape : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @flatten(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{aten.flatten.using_ints: start_dim comes after end_dim}}
  %0 = torch.aten.flatten.using_ints %self, %int1, %int0 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @permute(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %dims = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
  // expected-error @below {{aten.permute: a permutation of 1 dimensions for a tensor of 2}}
  %0 = torch.aten.permute %self, %dims : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @t(%self: !torch.tensor<[2,3,4],f32>) -> !torch.tensor {
  // expected-error @below {{aten.t: t() takes at most 2 dimensions, the tensor has 3}}
  %0 = torch.aten.t %self : !torch.tensor<[2,3,4],f32> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @expand_rank(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int3 = torch.constant 3 : !torch.int
  %false = torch.constant false
  %size = torch.prim.ListConstruct %int3 : !torch.int -> !torch.list<int>
  // expected-error @below {{aten.expand: expand to 1 dimensions of a tensor that has 2}}
  %0 = torch.aten.expand %self, %size, %false : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.bool -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @expand_size(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %false = torch.constant false
  %size = torch.prim.ListConstruct %int2, %int4 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.expand: a size of 3 can't be expanded to 4}}
  %0 = torch.aten.expand %self, %size, %false : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.bool -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @cat_rank(%t: !torch.tensor<[2,3],f32>, %t1: !torch.tensor<[2,3,4],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2,3],f32>, !torch.tensor<[2,3,4],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.cat: tensors of 2 and 3 dimensions can't be concatenated}}
  %0 = torch.aten.cat %tensors, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @cat_size(%t: !torch.tensor<[2,3],f32>, %t1: !torch.tensor<[2,4],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2,3],f32>, !torch.tensor<[2,4],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.cat: sizes 3 and 4 of dimension 1 have to agree}}
  %0 = torch.aten.cat %tensors, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @stack_rank(%t: !torch.tensor<[2],f32>, %t1: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2],f32>, !torch.tensor<[2,3],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.stack: stacked tensors need equal sizes}}
  %0 = torch.aten.stack %tensors, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @stack_size(%t: !torch.tensor<[2],f32>, %t1: !torch.tensor<[3],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2],f32>, !torch.tensor<[3],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.stack: stacked tensors need equal sizes, not 2 and 3}}
  %0 = torch.aten.stack %tensors, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @split(%self: !torch.tensor<[4],f32>) -> !torch.tensor<[4],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{aten.split.Tensor: the split size has to be positive}}
  %0 = torch.aten.split.Tensor %self, %int0, %int0 : !torch.tensor<[4],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[4],f32>
}

// -----

func.func @chunk(%self: !torch.tensor<[4],f32>) -> !torch.tensor<[4],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{aten.chunk: the number of chunks has to be positive}}
  %0 = torch.aten.chunk %self, %int0, %int0 : !torch.tensor<[4],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[4],f32>
}

// -----

func.func @split_with_sizes(%self: !torch.tensor<[4],f32>) -> !torch.tensor<[4],f32> {
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %split_sizes = torch.prim.ListConstruct %int1, %int2 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.split_with_sizes: the parts add up to 3, the dimension has 4}}
  %0 = torch.aten.split_with_sizes %self, %split_sizes, %int0 : !torch.tensor<[4],f32>, !torch.list<int>, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[4],f32>
}

// -----

func.func @select_index(%self: !torch.tensor<[n,3],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  // expected-error @below {{aten.select.int: index 3 is out of range for a size of 3}}
  %0 = torch.aten.select.int %self, %int1, %int3 : !torch.tensor<[n,3],f32>, !torch.int, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @diag(%self: !torch.tensor<[2,3,4],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{aten.diag: diag takes 1 or 2 dimensions, the tensor has 3}}
  %0 = torch.aten.diag %self, %int0 : !torch.tensor<[2,3,4],f32>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @index_none(%self: !torch.tensor<[2],f32>) -> !torch.tensor {
  %none = torch.constant none
  %indices = torch.prim.ListConstruct %none, %none : !torch.none, !torch.none -> !torch.list<optional<tensor>>
  // expected-error @below {{aten.index.Tensor: too many indices}}
  %0 = torch.aten.index.Tensor %self, %indices : !torch.tensor<[2],f32>, !torch.list<optional<tensor>> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @index_tensor(%self: !torch.tensor<[2],f32>, %i: !torch.tensor<[4],i64>, %i1: !torch.tensor<[4],i64>) -> !torch.tensor {
  %indices = torch.prim.ListConstruct %i, %i1 : !torch.tensor<[4],i64>, !torch.tensor<[4],i64> -> !torch.list<optional<tensor>>
  // expected-error @below {{aten.index.Tensor: too many indices for a tensor of 1 dimensions}}
  %0 = torch.aten.index.Tensor %self, %indices : !torch.tensor<[2],f32>, !torch.list<optional<tensor>> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @matmul_scalar(%self: !torch.tensor<[],f32>, %other: !torch.tensor<[3],f32>) -> !torch.tensor {
  // expected-error @below {{aten.matmul: both operands need at least one dimension}}
  %0 = torch.aten.matmul %self, %other : !torch.tensor<[],f32>, !torch.tensor<[3],f32> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @einsum_operands(%t: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %str = torch.constant "ij,jk->ik"
  %none = torch.constant none
  %tensors = torch.prim.ListConstruct %t : !torch.tensor<[2,3],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.einsum: the equation has 2 operands, 1 are given}}
  %0 = torch.aten.einsum %str, %tensors, %none : !torch.str, !torch.list<tensor>, !torch.none -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @einsum_rank(%t: !torch.tensor<[2,3,4],f32>) -> !torch.tensor {
  %str = torch.constant "ij->ji"
  %none = torch.constant none
  %tensors = torch.prim.ListConstruct %t : !torch.tensor<[2,3,4],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.einsum: operand 'ij' of the equation has 3 dimensions}}
  %0 = torch.aten.einsum %str, %tensors, %none : !torch.str, !torch.list<tensor>, !torch.none -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @einsum_sizes(%t: !torch.tensor<[2,3],f32>, %t1: !torch.tensor<[4,5],f32>) -> !torch.tensor {
  %str = torch.constant "ij,jk->ik"
  %none = torch.constant none
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2,3],f32>, !torch.tensor<[4,5],f32> -> !torch.list<tensor>
  // expected-error @below {{aten.einsum: sizes 3 and 4 of 'j' differ}}
  %0 = torch.aten.einsum %str, %tensors, %none : !torch.str, !torch.list<tensor>, !torch.none -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @conv_rank(%input: !torch.tensor<[4,8],f32>, %weight: !torch.tensor<[8,4,3,3],f32>) -> !torch.tensor {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.conv2d: a weight of 4 dimensions needs an input of as many, the input has 2}}
  %0 = torch.aten.conv2d %input, %weight, %none, %stride, %padding, %dilation, %int1 : !torch.tensor<[4,8],f32>, !torch.tensor<[8,4,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @conv_values(%input: !torch.tensor<[1,4,8,8],f32>, %weight: !torch.tensor<[8,4,3,3],f32>) -> !torch.tensor {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %stride = torch.prim.ListConstruct %int1, %int1, %int1 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.conv2d: stride, padding and dilation need 2 values}}
  %0 = torch.aten.conv2d %input, %weight, %none, %stride, %padding, %dilation, %int1 : !torch.tensor<[1,4,8,8],f32>, !torch.tensor<[8,4,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @conv_kernel(%input: !torch.tensor<[1,4,2,2],f32>, %weight: !torch.tensor<[8,4,5,5],f32>) -> !torch.tensor {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.conv2d: the kernel is larger than the padded input}}
  %0 = torch.aten.conv2d %input, %weight, %none, %stride, %padding, %dilation, %int1 : !torch.tensor<[1,4,2,2],f32>, !torch.tensor<[8,4,5,5],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @pool_rank(%self: !torch.tensor<[4,8],f32>) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  %true = torch.constant true
  %none = torch.constant none
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.avg_pool2d: an input of 2 dimensions has too few to pool over 2}}
  %0 = torch.aten.avg_pool2d %self, %kernel_size, %stride, %padding, %false, %true, %none : !torch.tensor<[4,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @pool_window(%self: !torch.tensor<[1,4,2,2],f32>) -> !torch.tensor {
  %int5 = torch.constant 5 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %false = torch.constant false
  %kernel_size = torch.prim.ListConstruct %int5, %int5 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.max_pool2d: the window is larger than the padded input}}
  %0 = torch.aten.max_pool2d %self, %kernel_size, %stride, %padding, %dilation, %false : !torch.tensor<[1,4,2,2],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @pad_sizes(%self: !torch.tensor<[2],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %constant = torch.constant "constant"
  %none = torch.constant none
  %pad = torch.prim.ListConstruct %int1, %int1, %int1, %int1 : !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{aten.pad: 4 padding sizes for a tensor of 1 dimensions}}
  %0 = torch.aten.pad %self, %pad, %constant, %none : !torch.tensor<[2],f32>, !torch.list<int>, !torch.str, !torch.none -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @repeat_counts(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %repeats = torch.prim.ListConstruct %int2 : !torch.int -> !torch.list<int>
  // expected-error @below {{aten.repeat: 1 counts for a tensor of 2 dimensions}}
  %0 = torch.aten.repeat %self, %repeats : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @step() -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %none = torch.constant none
  // expected-error @below {{aten.arange.start_step: the step can't be 0}}
  %0 = torch.aten.arange.start_step %int0, %int4, %int0, %none, %none, %none, %none : !torch.int, !torch.int, !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
  return %0 : !torch.tensor
}
