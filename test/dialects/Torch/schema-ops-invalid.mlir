// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics

func.func @kind(%x: !torch.tensor, %l: !torch.list<int>) {
  // expected-error @+2 {{'torch.aten.add.Tensor' op operand 'alpha' must be Scalar, but is '!torch.list<int>'}}
  // expected-note @+1 {{the schema is aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor}}
  %0 = torch.aten.add.Tensor %x, %x, %l : !torch.tensor, !torch.tensor, !torch.list<int> -> !torch.tensor
  return
}

// -----

func.func @count(%x: !torch.tensor) {
  // expected-error @+2 {{'torch.aten.add.Tensor' op has 2 operands instead of 3}}
  // expected-note @+1 {{the schema is aten::add.Tensor}}
  %0 = torch.aten.add.Tensor %x, %x : !torch.tensor, !torch.tensor -> !torch.tensor
  return
}

// -----

func.func @results(%x: !torch.tensor) {
  // expected-error @+2 {{'torch.aten.relu' op has 2 results instead of 1}}
  // expected-note @+1 {{the schema is}}
  %0:2 = torch.aten.relu %x : !torch.tensor -> !torch.tensor, !torch.tensor
  return
}

// -----

func.func @result(%x: !torch.tensor) {
  // expected-error @+2 {{'torch.aten.relu' op result 'result' must be Tensor, but is '!torch.int'}}
  // expected-note @+1 {{the schema is}}
  %0 = torch.aten.relu %x : !torch.tensor -> !torch.int
  return
}

// -----

func.func @list(%x: !torch.tensor, %l: !torch.list<float>) {
  // expected-error @+2 {{'torch.aten.view' op operand 'size' must be int[], but is '!torch.list<float>'}}
  // expected-note @+1 {{the schema is}}
  %0 = torch.aten.view %x, %l : !torch.tensor, !torch.list<float> -> !torch.tensor
  return
}

// -----

func.func @optional(%x: !torch.tensor, %s: !torch.str) {
  // expected-error @+2 {{'torch.aten.linear' op operand 'bias' must be Tensor?, but is '!torch.str'}}
  // expected-note @+1 {{the schema is}}
  %0 = torch.aten.linear %x, %x, %s : !torch.tensor, !torch.tensor, !torch.str -> !torch.tensor
  return
}

// -----

func.func @unknown(%x: !torch.tensor) {
  // expected-error @+1 {{the torch dialect has no operation 'aten.frobnicate'; an operator that is on none of its lists is written torch.operator "aten.frobnicate"(...)}}
  %0 = torch.aten.frobnicate %x : !torch.tensor -> !torch.tensor
  return
}

// -----

func.func @types(%x: !torch.tensor) {
  // expected-error @+1 {{2 operands present, but expected 1}}
  %0 = torch.aten.mm %x, %x : !torch.tensor -> !torch.tensor
  return
}

// -----

func.func @region(%x: !torch.tensor) {
  // expected-error @+1 {{'torch.aten.relu' op has no regions or successors}}
  %0 = "torch.aten.relu"(%x) ({}) : (!torch.tensor) -> !torch.tensor
  return
}

// -----

func.func @properties(%x: !torch.tensor) {
  // expected-error @+1 {{this operation has no properties}}
  %0 = "torch.aten.relu"(%x) <{a = 1 : i64}> : (!torch.tensor) -> !torch.tensor
  return
}
