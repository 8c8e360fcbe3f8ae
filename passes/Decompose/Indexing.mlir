// Decompositions of indexing operators; see docs/WritingADecomposition.md.

// diagonal_scatter(x, y, o): x[i, i + o] = y[i - max(0, -o)]
func.func @aten.diagonal_scatter(%self: !torch.tensor, %src: !torch.tensor, %offset: !torch.int,
    %dim1: !torch.int, %dim2: !torch.int) -> !torch.tensor {
  %int-2 = torch.constant -2 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %list = torch.prim.ListConstruct %dim1, %dim2 : !torch.int, !torch.int -> !torch.list<int>
  %list_1 = torch.prim.ListConstruct %int-2, %int-1 : !torch.int, !torch.int -> !torch.list<int>
  %planes = torch.aten.movedim.intlist %self, %list, %list_1 : !torch.tensor, !torch.list<int>, !torch.list<int> -> !torch.tensor
  %rows = torch.aten.size.int %planes, %int-2 : !torch.tensor, !torch.int -> !torch.int
  %columns = torch.aten.size.int %planes, %int-1 : !torch.tensor, !torch.int -> !torch.int
  %row = torch.aten.arange %rows, %none, %none, %none, %none : !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
  %i = torch.aten.unsqueeze %row, %int1 : !torch.tensor, !torch.int -> !torch.tensor
  %j = torch.aten.arange %columns, %none, %none, %none, %none : !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
  %offsets = torch.aten.sub.Tensor %j, %i, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %mask = torch.aten.eq.Scalar %offsets, %offset : !torch.tensor, !torch.int -> !torch.tensor
  %is_below = torch.aten.lt.int %offset, %int0 : !torch.int, !torch.int -> !torch.bool
  %before = torch.prim.If %is_below -> !torch.int {
    %skipped = torch.aten.neg.int %offset : !torch.int -> !torch.int
    torch.prim.yield %skipped : !torch.int
  } else {
    torch.prim.yield %int0 : !torch.int
  }
  %rest = torch.aten.sub.int %rows, %before : !torch.int, !torch.int -> !torch.int
  %length = torch.aten.size.int %src, %int-1 : !torch.tensor, !torch.int -> !torch.int
  %after = torch.aten.sub.int %rest, %length : !torch.int, !torch.int -> !torch.int
  %list_2 = torch.prim.ListConstruct %before, %after : !torch.int, !torch.int -> !torch.list<int>
  %padded = torch.aten.constant_pad_nd %src, %list_2, %int0 : !torch.tensor, !torch.list<int>, !torch.int -> !torch.tensor
  %values = torch.aten.unsqueeze %padded, %int-1 : !torch.tensor, !torch.int -> !torch.tensor
  %written = torch.aten.where.self %mask, %values, %planes : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.movedim.intlist %written, %list_1, %list : !torch.tensor, !torch.list<int>, !torch.list<int> -> !torch.tensor
  return %result : !torch.tensor
}

// nonzero_numpy: the columns of nonzero; a number counts as a vector
func.func @aten.nonzero_numpy(%self: !torch.tensor) -> !torch.list<tensor> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_scalar = torch.aten.eq.int %rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %x = torch.prim.If %is_scalar -> !torch.tensor {
    %vector = torch.aten.unsqueeze %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %vector : !torch.tensor
  } else {
    torch.prim.yield %self : !torch.tensor
  }
  %positions = torch.aten.nonzero %x : !torch.tensor -> !torch.tensor
  %result = torch.aten.unbind.int %positions, %int1 : !torch.tensor, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// where(c) = nonzero_numpy(c)
func.func @aten.where(%condition: !torch.tensor) -> !torch.list<tensor> {
  %result = torch.aten.nonzero_numpy %condition : !torch.tensor -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}
