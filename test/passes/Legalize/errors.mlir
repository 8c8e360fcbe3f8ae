// RUN: torch-onnx-opt %s --split-input-file --legalize --verify-diagnostics

func.func @unknown_view(%x: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // expected-note @below {{'aten.unfold' makes the view here}}
  %v = torch.aten.unfold %y, %int0, %int2, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int -> !torch.tensor
  // expected-error @below {{'aten.relu_' writes through a view whose way back to the viewed tensor is not known; clone() the view before writing to it if the viewed tensor need not change}}
  %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
  return %y : !torch.tensor
}

// -----

// Whether reshape of a transposed tensor copies is only known at run time.
func.func @doubtful_reshape(%x: !torch.tensor, %n: !torch.int) -> (!torch.tensor, !torch.tensor) {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %t = torch.aten.transpose.int %y, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %size = torch.prim.ListConstruct %n : !torch.int -> !torch.list<int>
  %r = torch.aten.reshape %t, %size : !torch.tensor, !torch.list<int> -> !torch.tensor
  // expected-note @below {{'aten.relu_' writes here}}
  %0 = torch.operator "aten.relu_"(%r) : (!torch.tensor) -> !torch.tensor
  // expected-error @below {{'aten.abs' reads a tensor that may share memory with one that is written to before; whether it does depends on the strides or the dtype. clone() the tensor before the write to make it independent}}
  %1 = torch.aten.abs %y : !torch.tensor -> !torch.tensor
  return %r, %1 : !torch.tensor, !torch.tensor
}

// -----

// Without a later read there is no doubt.
func.func @harmless_reshape(%x: !torch.tensor, %n: !torch.int) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %t = torch.aten.transpose.int %y, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %size = torch.prim.ListConstruct %n : !torch.int -> !torch.list<int>
  %r = torch.aten.reshape %t, %size : !torch.tensor, !torch.list<int> -> !torch.tensor
  %0 = torch.operator "aten.relu_"(%r) : (!torch.tensor) -> !torch.tensor
  return %r : !torch.tensor
}

// -----

func.func @batch_norm_in_training(%x: !torch.tensor, %m: !torch.tensor, %v: !torch.tensor) -> !torch.tensor {
  %none = torch.constant none
  %true = torch.constant true
  %float = torch.constant 0.1 : !torch.float
  // expected-error @below {{'aten.batch_norm' is in training mode, in which it updates its running statistics; call eval() on the model before tracing it}}
  %0 = torch.aten.batch_norm %x, %none, %none, %m, %v, %true, %float, %float, %true : !torch.tensor, !torch.none, !torch.none, !torch.tensor, !torch.tensor, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @raises(%x: !torch.tensor) -> !torch.tensor {
  %message = torch.constant "not today"
  %none = torch.constant none
  // expected-error @below {{the model always raises an exception: not today}}
  torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  return %x : !torch.tensor
}

// -----

// All places are reported, not only the first.
func.func @two_errors(%l: !torch.list<tensor>, %x: !torch.tensor, %i: !torch.int) -> !torch.tensor {
  // expected-error @below {{'aten._set_item.t' changes a list whose elements are not known here, because it comes from control flow}}
  %0 = torch.operator "aten._set_item.t"(%l, %i, %x) : (!torch.list<tensor>, !torch.int, !torch.tensor) -> !torch.list<tensor>
  // expected-error @below {{'aten.reverse.t' changes a list whose elements are not known here, because it comes from control flow}}
  torch.operator "aten.reverse.t"(%l) : (!torch.list<tensor>) -> ()
  return %x : !torch.tensor
}

// -----

func.func @input(%x: !torch.tensor {onnx.name = "image"}) -> !torch.tensor {
  // expected-warning @below {{'aten.relu_' writes to the input 'image'; the model computes with the new values, but outside of it the tensor stays as it was}}
  %0 = torch.operator "aten.relu_"(%x) : (!torch.tensor) -> !torch.tensor
  %1 = torch.operator "aten.neg_"(%x) : (!torch.tensor) -> !torch.tensor
  return %x : !torch.tensor
}

// -----

// A tensor that a loop carries may be the one it starts from.
func.func @carried(%x: !torch.tensor, %n: !torch.int) -> (!torch.tensor, !torch.tensor) {
  %true = torch.constant true
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %r = torch.prim.Loop %n, %true, init(%y) : (!torch.tensor) -> !torch.tensor {
  ^bb0(%i: !torch.int, %c: !torch.tensor):
    // expected-note @below {{'aten.relu_' writes here}}
    %0 = torch.operator "aten.relu_"(%c) : (!torch.tensor) -> !torch.tensor
    torch.prim.loop_condition %true, iter(%0) : !torch.tensor
  }
  // expected-error @below {{reads a tensor that may share memory}}
  %1 = torch.aten.abs %y : !torch.tensor -> !torch.tensor
  return %r, %1 : !torch.tensor, !torch.tensor
}

// -----

func.func @list_write(%x: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %l = torch.prim.ListConstruct %y : !torch.tensor -> !torch.list<tensor>
  // expected-error @below {{'aten._foreach_add_.Scalar' writes to a 'Tensor[]', which has no form without a write}}
  torch.operator "aten._foreach_add_.Scalar"(%l, %int1) : (!torch.list<tensor>, !torch.int) -> ()
  return %y : !torch.tensor
}

// -----

func.func @no_functional(%x: !torch.tensor) -> !torch.tensor {
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // expected-error @below {{'aten.set_data' writes to its operands, and LibTorch has no operator that computes the same without}}
  torch.operator "aten.set_data"(%y, %x) : (!torch.tensor, !torch.tensor) -> ()
  return %y : !torch.tensor
}

// -----

func.func @more_results(%x: !torch.tensor, %m: !torch.tensor, %v: !torch.tensor) -> !torch.tensor {
  %none = torch.constant none
  %true = torch.constant true
  %float = torch.constant 0.1 : !torch.float
  // expected-error @below {{'aten._native_batch_norm_legit' has results besides those it writes to}}
  %0:3 = torch.operator "aten._native_batch_norm_legit"(%x, %none, %none, %m, %v, %true, %float, %float) : (!torch.tensor, !torch.none, !torch.none, !torch.tensor, !torch.tensor, !torch.bool, !torch.float, !torch.float) -> (!torch.tensor, !torch.tensor, !torch.tensor)
  return %0#0 : !torch.tensor
}

// -----

func.func @in_place_view(%x: !torch.tensor, %c: !torch.bool) -> !torch.tensor {
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  torch.prim.If %c {
    // expected-error @below {{'aten.t_' gives a tensor from outside of this branch or loop another shape, which is not supported}}
    %0 = torch.operator "aten.t_"(%y) : (!torch.tensor) -> !torch.tensor
    torch.prim.yield
  } else {
    torch.prim.yield
  }
  return %y : !torch.tensor
}

// -----

func.func @element_of_unknown_list(%x: !torch.tensor, %c: !torch.bool) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  %l = torch.prim.ListConstruct %y : !torch.tensor -> !torch.list<tensor>
  torch.prim.If %c {
    %0 = torch.operator "aten.append.t"(%l, %y) : (!torch.list<tensor>, !torch.tensor) -> !torch.list<tensor>
    torch.prim.yield
  } else {
    torch.prim.yield
  }
  %1 = torch.aten.__getitem__.t %l, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  // expected-error @below {{'aten.relu_' writes to an element of a list whose elements are not known here, because it comes from control flow}}
  %2 = torch.operator "aten.relu_"(%1) : (!torch.tensor) -> !torch.tensor
  return %y : !torch.tensor
}

// -----

func.func @yielded_tuple(%t: !torch.tuple<int, int>, %c: !torch.bool) -> !torch.int {
  // expected-error @below {{'prim.If' yields a tuple whose elements are not known}}
  %0 = torch.prim.If %c -> (!torch.tuple<int, int>) {
    torch.prim.yield %t : !torch.tuple<int, int>
  } else {
    torch.prim.yield %t : !torch.tuple<int, int>
  }
  %1:2 = torch.prim.TupleUnpack %0 : !torch.tuple<int, int> -> !torch.int, !torch.int
  return %1#0 : !torch.int
}

// -----

func.func @carried_tuple(%t: !torch.tuple<int, int>, %n: !torch.int) -> !torch.int {
  %true = torch.constant true
  // expected-error @below {{'prim.Loop' carries a tuple whose elements are not known}}
  %0 = "torch.prim.Loop"(%n, %true, %t) ({
  ^bb0(%i: !torch.int, %x: !torch.tuple<int, int>):
    "torch.prim.loop_condition"(%true, %x) : (!torch.bool, !torch.tuple<int, int>) -> ()
  }) : (!torch.int, !torch.bool, !torch.tuple<int, int>) -> !torch.tuple<int, int>
  %1:2 = torch.prim.TupleUnpack %0 : !torch.tuple<int, int> -> !torch.int, !torch.int
  return %1#0 : !torch.int
}
