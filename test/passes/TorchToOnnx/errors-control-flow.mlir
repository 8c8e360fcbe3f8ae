// What control flow, lists and operators of other libraries need.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx=custom-domains=mylib=my.domain:1 --verify-diagnostics

// A list that comes from a branch has no known length. All that use it are reported.
func.func @lists(%x: !torch.tensor<[2],f32>, %m: !torch.tensor<[2,2],f32>, %c: !torch.bool) -> (!torch.tensor<[?],f32>, !torch.tensor<[2,?],f32>, !torch.tensor<[2],f32>, !torch.tensor<[2],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %ij = torch.constant "ij"
  %none = torch.constant none
  // expected-error @below {{cannot convert prim.If: it carries a value of type !torch.list<tensor>, which is no tensor}}
  %l = torch.prim.If %c -> (!torch.list<tensor>) {
    %0 = torch.prim.ListConstruct %x : !torch.tensor<[2],f32> -> !torch.list<tensor>
    torch.prim.yield %0 : !torch.list<tensor>
  } else {
    %0 = torch.prim.ListConstruct %x, %x : !torch.tensor<[2],f32>, !torch.tensor<[2],f32> -> !torch.list<tensor>
    torch.prim.yield %0 : !torch.list<tensor>
  }
  // expected-error @below {{cannot convert aten.hstack: the length of its list is unknown}}
  %0 = torch.aten.hstack %l : !torch.list<tensor> -> !torch.tensor<[?],f32>
  // expected-error @below {{cannot convert aten.column_stack: the length of its list is unknown}}
  %1 = torch.aten.column_stack %l : !torch.list<tensor> -> !torch.tensor<[2,?],f32>
  // expected-error @below {{cannot convert aten.broadcast_tensors: the length of its list is unknown}}
  %2 = torch.aten.broadcast_tensors %l : !torch.list<tensor> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.einsum: its equation is not constant}}
  %3 = torch.aten.einsum %ij, %l, %none : !torch.str, !torch.list<tensor>, !torch.none -> !torch.tensor<[2],f32>
  // expected-error @below {{cannot convert aten.__getitem__.t: its list or its index is unknown}}
  %4 = torch.aten.__getitem__.t %l, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor<[2],f32>
  // expected-error @below {{cannot convert prim.ListUnpack: the length of the list is unknown}}
  %5, %6 = torch.prim.ListUnpack %l : !torch.list<tensor> -> !torch.tensor<[2],f32>, !torch.tensor<[2],f32>
  // expected-error @below {{cannot convert mylib.join: the length of a list of tensors is unknown}}
  %7 = torch.operator "mylib.join"(%l) {schema = "mylib::join(Tensor[] x) -> Tensor"} : (!torch.list<tensor>) -> !torch.tensor<[2],f32>
  %w = torch.aten.unbind.int %m, %int0 : !torch.tensor<[2,2],f32>, !torch.int -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.__getitem__.t: its index is out of range}}
  %8 = torch.aten.__getitem__.t %w, %int2 : !torch.list<tensor>, !torch.int -> !torch.tensor<[2],f32>
  return %0, %1, %3, %8 : !torch.tensor<[?],f32>, !torch.tensor<[2,?],f32>, !torch.tensor<[2],f32>, !torch.tensor<[2],f32>
}

// -----

func.func @sizes(%x: !torch.tensor<[2],f32>, %c: !torch.bool, %v: !torch.float) -> (!torch.tensor<[?],f32>, !torch.tensor<[?],f32>, !torch.tensor<[?],i64>) {
  %none = torch.constant none
  %zero = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert prim.If: it carries a value of type !torch.list<int>, which is no tensor}}
  %l = torch.prim.If %c -> (!torch.list<int>) {
    %0 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    torch.prim.yield %0 : !torch.list<int>
  } else {
    %0 = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
    torch.prim.yield %0 : !torch.list<int>
  }
  // expected-error @below {{cannot convert aten.full: its size is unknown}}
  %0 = torch.aten.full %l, %v, %none, %none, %none, %none : !torch.list<int>, !torch.float, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor<[?],f32>
  // expected-error @below {{cannot convert aten.full: its size is unknown}}
  %1 = torch.aten.full %l, %zero, %none, %none, %none, %none : !torch.list<int>, !torch.float, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor<[?],f32>
  // expected-error @below {{cannot convert aten.tensor: the length of its list is unknown}}
  %2 = torch.aten.tensor %l, %none, %none, %false : !torch.list<int>, !torch.none, !torch.none, !torch.bool -> !torch.tensor<[?],i64>
  return %0, %1, %2 : !torch.tensor<[?],f32>, !torch.tensor<[?],f32>, !torch.tensor<[?],i64>
}

// -----

func.func @library(%x: !torch.tensor<[2],f32>, %n: !torch.int) -> !torch.tensor<[2],f32> {
  // expected-error @below {{cannot convert mylib.scale: the argument 'factor' is computed while the model runs, and an ONNX attribute is constant; pass it as a tensor}}
  %0 = torch.operator "mylib.scale"(%x, %n) {schema = "mylib::scale(Tensor x, int factor) -> Tensor"} : (!torch.tensor<[2],f32>, !torch.int) -> !torch.tensor<[2],f32>
  // expected-error @below {{cannot convert mylib.count: an operator of an ONNX domain returns tensors only}}
  %1 = torch.operator "mylib.count"(%x) {schema = "mylib::count(Tensor x) -> int"} : (!torch.tensor<[2],f32>) -> !torch.int
  return %0 : !torch.tensor<[2],f32>
}

// -----

func.func @library_type(%x: !torch.tensor<[2],f32>) -> !torch.tensor {
  // expected-error @below {{the rank and dtype of the result of mylib.twice are unknown}}
  // expected-note @below {{tell it with a function func.func @mylib.twice that has the attribute torch.types_only, in a file for --decompositions (see docs/WritingADecomposition.md)}}
  %0 = torch.operator "mylib.twice"(%x) {schema = "mylib::twice(Tensor x) -> Tensor"} : (!torch.tensor<[2],f32>) -> !torch.tensor
  return %0 : !torch.tensor
}

// -----

func.func @complex(%x: !torch.tensor<[2,2],f32>) -> !torch.tensor<[2,2],f32> {
  %0 = torch.aten.view_as_complex %x : !torch.tensor<[2,2],f32> -> !torch.tensor<[2],complex<f32>>
  // expected-error @below {{cannot convert aten.erf: it has no ONNX form for complex numbers; write it in terms of torch.view_as_real(x)}}
  %1 = torch.aten.erf %0 : !torch.tensor<[2],complex<f32>> -> !torch.tensor<[2],complex<f32>>
  %2 = torch.aten.view_as_real %1 : !torch.tensor<[2],complex<f32>> -> !torch.tensor<[2,2],f32>
  return %2 : !torch.tensor<[2,2],f32>
}

// -----

func.func @contradiction(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[3],f32> {
  // expected-error @below {{cannot convert aten.relu: its conversion has the type tensor<2xf32>, which the inferred one contradicts}}
  %0 = torch.aten.relu %x : !torch.tensor<[2],f32> -> !torch.tensor<[3],f32>
  return %0 : !torch.tensor<[3],f32>
}

// -----

// expected-error @below {{input 0 has the type '!torch.str', which ONNX has no form of}}
func.func @input(%s: !torch.str, %x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  return %x : !torch.tensor<[2],f32>
}

// -----

func.func @output(%x: !torch.tensor<[2],f32>) -> !torch.list<tensor> {
  %0 = torch.prim.ListConstruct %x : !torch.tensor<[2],f32> -> !torch.list<tensor>
  // expected-error @below {{output 0 has the type '!torch.list<tensor>', which ONNX has no form of}}
  return %0 : !torch.list<tensor>
}
