// Decompositions of creation operators; see docs/WritingADecomposition.md.

// type_as(x, y) = x in the dtype of y
func.func @aten.type_as(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %false = torch.constant false
  %none = torch.constant none
  %dtype = torch.prim.dtype %other : !torch.tensor -> !torch.int
  %result = torch.aten.to.dtype %self, %dtype, %false, %false, %none : !torch.tensor, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
  return %result : !torch.tensor
}

// zero(x) = zeros in the shape and dtype of x
func.func @aten.zero(%self: !torch.tensor) -> !torch.tensor {
  %none = torch.constant none
  %result = torch.aten.zeros_like %self, %none, %none, %none, %none, %none : !torch.tensor, !torch.none, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
  return %result : !torch.tensor
}

// fill(x, v) = v in the shape and dtype of x
func.func @aten.fill.Scalar(%self: !torch.tensor, %value: !torch.number) -> !torch.tensor {
  %none = torch.constant none
  %result = torch.aten.full_like %self, %value, %none, %none, %none, %none, %none : !torch.tensor, !torch.number, !torch.none, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
  return %result : !torch.tensor
}

// fill(x, v) = v in the shape and dtype of x
func.func @aten.fill.Tensor(%self: !torch.tensor, %value: !torch.tensor) -> !torch.tensor {
  %converted = torch.aten.type_as %value, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.expand_as %converted, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// copy(x, y) = y in the shape and dtype of x
func.func @aten.copy(%self: !torch.tensor, %src: !torch.tensor,
    %non_blocking: !torch.bool) -> !torch.tensor {
  %converted = torch.aten.type_as %src, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.expand_as %converted, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}
