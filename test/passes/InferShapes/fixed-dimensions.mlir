// A dimension that is called dynamic, and has no choice, is worth a warning: one
// for each symbol.
// RUN: torch-onnx-opt %s --split-input-file --infer-shapes --verify-diagnostics

func.func @convolution(%x: !torch.tensor<[batch,chan,height,8],f32>, %w: !torch.tensor<[4,3,3,3],f32>) -> !torch.tensor {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %ones = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-warning @+1 {{dimension 'chan' of the inputs can only be 3 here (aten.conv2d); the model works at no other size}}
  %0 = torch.aten.conv2d %x, %w, %none, %ones, %ones, %ones, %int1 : !torch.tensor<[batch,chan,height,8],f32>, !torch.tensor<[4,3,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  %1 = torch.aten.conv2d %x, %w, %none, %ones, %ones, %ones, %int1 : !torch.tensor<[batch,chan,height,8],f32>, !torch.tensor<[4,3,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  %2 = torch.aten.add.Tensor %0, %1, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %2 : !torch.tensor
}

// -----

// A size that is computed from a dimension leaves a range of it.
func.func @linear(%x: !torch.tensor<[batch,width],f32>, %y: !torch.tensor<[batch,a,b],f32>, %w: !torch.tensor<[4,6],f32>) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %false = torch.constant false
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int_1 = torch.constant -1 : !torch.int
  %kernel = torch.prim.ListConstruct %int2 : !torch.int -> !torch.list<int>
  %zero = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
  %one = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
  %0 = torch.aten.max_pool1d %x, %kernel, %kernel, %zero, %one, %false : !torch.tensor<[batch,width],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor
  // expected-warning @+1 {{dimension 'width' of the inputs can only be 12 or 13 here (aten.linear); the model works at no other size}}
  %1 = torch.aten.linear %0, %w, %none : !torch.tensor, !torch.tensor<[4,6],f32>, !torch.none -> !torch.tensor
  %2 = torch.aten.flatten.using_ints %y, %int1, %int_1 : !torch.tensor<[batch,a,b],f32>, !torch.int, !torch.int -> !torch.tensor
  // expected-warning @+1 {{dimensions 'a', 'b' of the inputs cannot be just any size here (aten.linear): a * b has to be 6}}
  %3 = torch.aten.linear %2, %w, %none : !torch.tensor, !torch.tensor<[4,6],f32>, !torch.none -> !torch.tensor
  return %1, %3 : !torch.tensor, !torch.tensor
}

// -----

func.func @broadcast(%x: !torch.tensor<[n,seq],f32>, %c: !torch.tensor<[7],f32>, %one: !torch.tensor<[1],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.add.Tensor %x, %one, %int1 : !torch.tensor<[n,seq],f32>, !torch.tensor<[1],f32>, !torch.int -> !torch.tensor
  // expected-warning @+1 {{dimension 'seq' of the inputs can only be 1 or 7 here (aten.mul.Tensor); the model works at no other size}}
  %1 = torch.aten.mul.Tensor %0, %c : !torch.tensor, !torch.tensor<[7],f32> -> !torch.tensor
  return %1 : !torch.tensor
}

// -----

func.func @norms(%x: !torch.tensor<[n,c,l],f32>, %v: !torch.tensor<[5],f32>) -> (!torch.tensor, !torch.tensor) {
  %true = torch.constant true
  %false = torch.constant false
  %half = torch.constant 0.5 : !torch.float
  %none = torch.constant none
  %int6 = torch.constant 6 : !torch.int
  %shape = torch.prim.ListConstruct %int6 : !torch.int -> !torch.list<int>
  // expected-warning @+1 {{dimension 'c' of the inputs can only be 5 here (aten.batch_norm); the model works at no other size}}
  %0 = torch.aten.batch_norm %x, %v, %v, %v, %v, %false, %half, %half, %false : !torch.tensor<[n,c,l],f32>, !torch.tensor<[5],f32>, !torch.tensor<[5],f32>, !torch.tensor<[5],f32>, !torch.tensor<[5],f32>, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor
  // expected-warning @+1 {{dimension 'l' of the inputs can only be 6 here (aten.layer_norm); the model works at no other size}}
  %1 = torch.aten.layer_norm %x, %shape, %none, %none, %half, %true : !torch.tensor<[n,c,l],f32>, !torch.list<int>, !torch.none, !torch.none, !torch.float, !torch.bool -> !torch.tensor
  return %0, %1 : !torch.tensor, !torch.tensor
}

// -----

func.func @recurrent(%x: !torch.tensor<[seq,n,size],f32>, %h: !torch.tensor<[1,n,4],f32>, %w: !torch.tensor<[12,5],f32>, %r: !torch.tensor<[12,4],f32>) -> !torch.tensor {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %zero = torch.constant 0.0 : !torch.float
  %params = torch.prim.ListConstruct %w, %r : !torch.tensor<[12,5],f32>, !torch.tensor<[12,4],f32> -> !torch.list<tensor>
  // expected-warning @+1 {{dimension 'size' of the inputs can only be 5 here (aten.gru.input); the model works at no other size}}
  %0, %1 = torch.aten.gru.input %x, %h, %params, %false, %int1, %zero, %false, %false, %false : !torch.tensor<[seq,n,size],f32>, !torch.tensor<[1,n,4],f32>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor, !torch.tensor
  return %0 : !torch.tensor
}

// -----

// Nothing is certain in a branch that may not be taken, and of a size that is
// bounded.
func.func @uncertain(%x: !torch.tensor<[n,seq],f32>, %w: !torch.tensor<[4,6],f32>, %table: !torch.tensor<[9],f32>, %flag: !torch.bool) -> !torch.tensor {
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %length = torch.aten.size.int %x, %int1 : !torch.tensor<[n,seq],f32>, !torch.int -> !torch.int
  %part = torch.aten.slice.Tensor %table, %int0, %int0, %length, %int1 : !torch.tensor<[9],f32>, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  %0 = torch.aten.mul.Tensor %part, %table : !torch.tensor, !torch.tensor<[9],f32> -> !torch.tensor
  %1 = torch.prim.If %flag -> !torch.tensor {
    %2 = torch.aten.linear %x, %w, %none : !torch.tensor<[n,seq],f32>, !torch.tensor<[4,6],f32>, !torch.none -> !torch.tensor
    torch.prim.yield %2 : !torch.tensor
  } else {
    torch.prim.yield %0 : !torch.tensor
  }
  return %1 : !torch.tensor
}
