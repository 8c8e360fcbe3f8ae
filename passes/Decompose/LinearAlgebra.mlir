// Decompositions of linear algebra operators; see docs/WritingADecomposition.md.

// baddbmm(x, a, b) = beta * x + alpha * a @ b, without x if beta = 0
func.func @aten.baddbmm(%self: !torch.tensor, %batch1: !torch.tensor, %batch2: !torch.tensor,
    %beta: !torch.number, %alpha: !torch.number) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %product = torch.aten.bmm %batch1, %batch2 : !torch.tensor, !torch.tensor -> !torch.tensor
  %ignores_self = torch.aten.eq %beta, %int0 : !torch.number, !torch.int -> !torch.bool
  %result = torch.prim.If %ignores_self -> !torch.tensor {
    %scaled_product = torch.aten.mul.Scalar %product, %alpha : !torch.tensor, !torch.number -> !torch.tensor
    torch.prim.yield %scaled_product : !torch.tensor
  } else {
    %scaled = torch.aten.mul.Scalar %self, %beta : !torch.tensor, !torch.number -> !torch.tensor
    %sum = torch.aten.add.Tensor %scaled, %product, %alpha : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
    torch.prim.yield %sum : !torch.tensor
  }
  return %result : !torch.tensor
}

// addr(x, u, v) = beta * x + alpha * outer(u, v), without x if beta = 0
func.func @aten.addr(%self: !torch.tensor, %vec1: !torch.tensor, %vec2: !torch.tensor,
    %beta: !torch.number, %alpha: !torch.number) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %product = torch.aten.outer %vec1, %vec2 : !torch.tensor, !torch.tensor -> !torch.tensor
  %ignores_self = torch.aten.eq %beta, %int0 : !torch.number, !torch.int -> !torch.bool
  %result = torch.prim.If %ignores_self -> !torch.tensor {
    %scaled_product = torch.aten.mul.Scalar %product, %alpha : !torch.tensor, !torch.number -> !torch.tensor
    torch.prim.yield %scaled_product : !torch.tensor
  } else {
    %scaled = torch.aten.mul.Scalar %self, %beta : !torch.tensor, !torch.number -> !torch.tensor
    %sum = torch.aten.add.Tensor %scaled, %product, %alpha : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
    torch.prim.yield %sum : !torch.tensor
  }
  return %result : !torch.tensor
}

// inner(x, y)[i.., j..] = sum(x[i.., k] * y[j.., k])
func.func @aten.inner(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %x_rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %x_is_scalar = torch.aten.eq.int %x_rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %y_rank = torch.aten.dim %other : !torch.tensor -> !torch.int
  %y_is_scalar = torch.aten.eq.int %y_rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %is_scalar = torch.aten.__or__.bool %x_is_scalar, %y_is_scalar : !torch.bool, !torch.bool -> !torch.bool
  %result = torch.prim.If %is_scalar -> !torch.tensor {
    %product = torch.aten.mul.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %product : !torch.tensor
  } else {
    %x_size = torch.aten.size %self : !torch.tensor -> !torch.list<int>
    %y_size = torch.aten.size %other : !torch.tensor -> !torch.list<int>
    %k = torch.aten.__getitem__.t %y_size, %int-1 : !torch.list<int>, !torch.int -> !torch.int
    %list = torch.prim.ListConstruct %int-1, %k : !torch.int, !torch.int -> !torch.list<int>
    %rows = torch.aten.reshape %other, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
    %columns = torch.aten.transpose.int %rows, %int0, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
    %product_1 = torch.aten.matmul %self, %columns : !torch.tensor, !torch.tensor -> !torch.tensor
    %x_outer = torch.aten.slice.t %x_size, %none, %int-1, %int1 : !torch.list<int>, !torch.none, !torch.int, !torch.int -> !torch.list<int>
    %y_outer = torch.aten.slice.t %y_size, %none, %int-1, %int1 : !torch.list<int>, !torch.none, !torch.int, !torch.int -> !torch.list<int>
    %sizes = torch.aten.add.t %x_outer, %y_outer : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    %contracted = torch.aten.reshape %product_1, %sizes : !torch.tensor, !torch.list<int> -> !torch.tensor
    torch.prim.yield %contracted : !torch.tensor
  }
  return %result : !torch.tensor
}

// bilinear(x, y)[o] = sum(x[i] * w[o, i, j] * y[j]) + b[o]
func.func @aten.bilinear(%input1: !torch.tensor, %input2: !torch.tensor, %weight: !torch.tensor,
    %bias: !torch.any) -> !torch.tensor {
  %int-2 = torch.constant -2 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %row = torch.aten.unsqueeze %input1, %int-2 : !torch.tensor, !torch.int -> !torch.tensor
  %rows = torch.aten.unsqueeze %row, %int-2 : !torch.tensor, !torch.int -> !torch.tensor
  %product = torch.aten.matmul %rows, %weight : !torch.tensor, !torch.tensor -> !torch.tensor
  %column = torch.aten.unsqueeze %input2, %int-2 : !torch.tensor, !torch.int -> !torch.tensor
  %columns = torch.aten.unsqueeze %column, %int-2 : !torch.tensor, !torch.int -> !torch.tensor
  %terms = torch.aten.mul.Tensor %product, %columns : !torch.tensor, !torch.tensor -> !torch.tensor
  %list = torch.prim.ListConstruct %int-2, %int-1 : !torch.int, !torch.int -> !torch.list<int>
  %sum = torch.aten.sum.dim_IntList %terms, %list, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %has_no_bias = torch.aten.__is__ %bias, %none : !torch.any, !torch.none -> !torch.bool
  %result = torch.prim.If %has_no_bias -> !torch.tensor {
    torch.prim.yield %sum : !torch.tensor
  } else {
    %biased = torch.aten.add.Tensor %sum, %bias, %int1 : !torch.tensor, !torch.any, !torch.int -> !torch.tensor
    torch.prim.yield %biased : !torch.tensor
  }
  return %result : !torch.tensor
}
