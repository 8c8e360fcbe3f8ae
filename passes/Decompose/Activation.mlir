// Decompositions of activation operators; see docs/WritingADecomposition.md.

// glu([a, b]) = a * sigmoid(b)
func.func @aten.glu(%self: !torch.tensor, %dim: !torch.int) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %halves = torch.aten.chunk %self, %int2, %dim : !torch.tensor, !torch.int, !torch.int -> !torch.list<tensor>
  %a, %b = torch.prim.ListUnpack %halves : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  %gate = torch.aten.sigmoid %b : !torch.tensor -> !torch.tensor
  %mul = torch.aten.mul.Tensor %a, %gate : !torch.tensor, !torch.tensor -> !torch.tensor
  return %mul : !torch.tensor
}

// dropout(x) = x outside of training
func.func @aten.dropout(%input: !torch.tensor, %p: !torch.float,
    %train: !torch.bool) -> !torch.tensor {
  %message = torch.constant "dropout is active in training mode; call eval() on the model before exporting it"
  %none = torch.constant none
  torch.prim.If %train {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  return %input : !torch.tensor
}

// feature_dropout(x) = x outside of training
func.func @aten.feature_dropout(%input: !torch.tensor, %p: !torch.float,
    %train: !torch.bool) -> !torch.tensor {
  %message = torch.constant "feature_dropout is active in training mode; call eval() on the model before exporting it"
  %none = torch.constant none
  torch.prim.If %train {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  return %input : !torch.tensor
}

// alpha_dropout(x) = x outside of training
func.func @aten.alpha_dropout(%input: !torch.tensor, %p: !torch.float,
    %train: !torch.bool) -> !torch.tensor {
  %message = torch.constant "alpha_dropout is active in training mode; call eval() on the model before exporting it"
  %none = torch.constant none
  torch.prim.If %train {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  return %input : !torch.tensor
}

// feature_alpha_dropout(x) = x outside of training
func.func @aten.feature_alpha_dropout(%input: !torch.tensor, %p: !torch.float,
    %train: !torch.bool) -> !torch.tensor {
  %message = torch.constant "feature_alpha_dropout is active in training mode; call eval() on the model before exporting it"
  %none = torch.constant none
  torch.prim.If %train {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  return %input : !torch.tensor
}

// native_dropout(x) = x, true outside of training
func.func @aten.native_dropout(%input: !torch.tensor, %p: !torch.float,
    %train: !torch.any) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %true = torch.constant true
  %message = torch.constant "dropout is active in training mode; call eval() on the model before exporting it"
  %int11 = torch.constant 11 : !torch.int
  %is_none = torch.aten.__is__ %train, %none : !torch.any, !torch.none -> !torch.bool
  %active = torch.prim.If %is_none -> !torch.bool {
    torch.prim.yield %true : !torch.bool
  } else {
    %given = torch.prim.unchecked_cast %train : !torch.any -> !torch.bool
    torch.prim.yield %given : !torch.bool
  }
  torch.prim.If %active {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  %mask = torch.aten.ones_like %input, %int11, %none, %none, %none, %none : !torch.tensor, !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
  return %input, %mask : !torch.tensor, !torch.tensor
}
