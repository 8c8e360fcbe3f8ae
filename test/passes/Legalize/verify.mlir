// RUN: torch-onnx-opt %s --split-input-file --verify-legalized --verify-diagnostics

func.func @mutation(%x: !torch.tensor) -> !torch.tensor {
  // expected-error @below {{'aten.relu_' writes to an operand}}
  %0 = torch.operator "aten.relu_"(%x) : (!torch.tensor) -> !torch.tensor
  return %x : !torch.tensor
}

// -----

func.func @tuple(%x: !torch.tuple<tensor>) -> !torch.tensor {
  // expected-error @below {{'prim.TupleUnpack' is left: the tuple is not known}}
  %0 = torch.prim.TupleUnpack %x : !torch.tuple<tensor> -> !torch.tensor
  return %0 : !torch.tensor
}
