// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics

func.func @list(%a: !torch.int, %b: !torch.str) {
  // expected-error @+1 {{element #1 has the type '!torch.str' instead of '!torch.int'}}
  %0 = torch.prim.ListConstruct %a, %b : !torch.int, !torch.str -> !torch.list<int>
  return
}

// -----

func.func @tuple(%a: !torch.int) {
  // expected-error @+1 {{has 1 element instead of 2}}
  %0 = torch.prim.TupleConstruct %a : !torch.int -> !torch.tuple<int, int>
  return
}

// -----

func.func @unpack(%a: !torch.tuple<int, tensor<[2],f32>>) {
  // expected-error @+1 {{result #1 has the type '!torch.tensor<[3],f32>' instead of '!torch.tensor<[2],f32>'}}
  %0:2 = torch.prim.TupleUnpack %a : !torch.tuple<int, tensor<[2],f32>> -> !torch.int, !torch.tensor<[3],f32>
  return
}

// -----

func.func @dict(%k: !torch.str) {
  // expected-error @+1 {{has a key without a value}}
  %0 = torch.prim.DictConstruct %k : !torch.str -> !torch.dict<str, tensor>
  return
}

// -----

func.func @not_a_list(%a: !torch.int) {
  // expected-error @+1 {{operand #0 must be a list, but got '!torch.int'}}
  %0 = torch.prim.ListUnpack %a : !torch.int -> !torch.int
  return
}
