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
