// Decompositions of reduction operators; see docs/WritingADecomposition.md.

// aminmax(x) = amin(x), amax(x)
func.func @aten.aminmax(%self: !torch.tensor, %dim: !torch.any,
    %keepdim: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %is_none = torch.aten.__is__ %dim, %none : !torch.any, !torch.none -> !torch.bool
  %dims = torch.prim.If %is_none -> !torch.list<int> {
    %list = torch.prim.ListConstruct -> !torch.list<int>
    torch.prim.yield %list : !torch.list<int>
  } else {
    %given = torch.prim.unchecked_cast %dim : !torch.any -> !torch.int
    %list_1 = torch.prim.ListConstruct %given : !torch.int -> !torch.list<int>
    torch.prim.yield %list_1 : !torch.list<int>
  }
  %min = torch.aten.amin %self, %dims, %keepdim : !torch.tensor, !torch.list<int>, !torch.bool -> !torch.tensor
  %max = torch.aten.amax %self, %dims, %keepdim : !torch.tensor, !torch.list<int>, !torch.bool -> !torch.tensor
  return %min, %max : !torch.tensor, !torch.tensor
}

// var(x) = sum((x - mean(x))^2) / max(0, n - correction)
func.func @aten.var.correction(%self: !torch.tensor, %dim: !torch.any, %correction: !torch.any,
    %keepdim: !torch.bool) -> !torch.tensor {
  %true = torch.constant true
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %mean = torch.aten.mean.dim %self, %dim, %true, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  %difference = torch.aten.sub.Tensor %self, %mean, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %square = torch.aten.mul.Tensor %difference, %difference : !torch.tensor, !torch.tensor -> !torch.tensor
  %sum = torch.aten.sum.dim_IntList %square, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  %all = torch.aten.numel %self : !torch.tensor -> !torch.int
  %kept = torch.aten.numel %mean : !torch.tensor -> !torch.int
  %n = torch.aten.floordiv.int %all, %kept : !torch.int, !torch.int -> !torch.int
  %is_none = torch.aten.__is__ %correction, %none : !torch.any, !torch.none -> !torch.bool
  %divisor = torch.prim.If %is_none -> !torch.int {
    %less_one = torch.aten.sub.int %n, %int1 : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %less_one : !torch.int
  } else {
    %less = torch.aten.sub %n, %correction : !torch.int, !torch.any -> !torch.int
    torch.prim.yield %less : !torch.int
  }
  %divisor_1 = torch.prim.max.int %divisor, %int0 : !torch.int, !torch.int -> !torch.int
  %result = torch.aten.div.Scalar %sum, %divisor_1 : !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// var(x, unbiased) = var(x) with correction 1 or 0
func.func @aten.var.dim(%self: !torch.tensor, %dim: !torch.any, %unbiased: !torch.bool,
    %keepdim: !torch.bool) -> !torch.tensor {
  %correction = torch.aten.Int.bool %unbiased : !torch.bool -> !torch.int
  %result = torch.aten.var.correction %self, %dim, %correction, %keepdim : !torch.tensor, !torch.any, !torch.int, !torch.bool -> !torch.tensor
  return %result : !torch.tensor
}

// var(x, unbiased) = var(x) with correction 1 or 0
func.func @aten.var(%self: !torch.tensor, %unbiased: !torch.bool) -> !torch.tensor {
  %none = torch.constant none
  %false = torch.constant false
  %correction = torch.aten.Int.bool %unbiased : !torch.bool -> !torch.int
  %result = torch.aten.var.correction %self, %none, %correction, %false : !torch.tensor, !torch.none, !torch.int, !torch.bool -> !torch.tensor
  return %result : !torch.tensor
}

// std(x) = sqrt(var(x))
func.func @aten.std.correction(%self: !torch.tensor, %dim: !torch.any, %correction: !torch.any,
    %keepdim: !torch.bool) -> !torch.tensor {
  %var = torch.aten.var.correction %self, %dim, %correction, %keepdim : !torch.tensor, !torch.any, !torch.any, !torch.bool -> !torch.tensor
  %result = torch.aten.sqrt %var : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// std(x) = sqrt(var(x))
func.func @aten.std.dim(%self: !torch.tensor, %dim: !torch.any, %unbiased: !torch.bool,
    %keepdim: !torch.bool) -> !torch.tensor {
  %var = torch.aten.var.dim %self, %dim, %unbiased, %keepdim : !torch.tensor, !torch.any, !torch.bool, !torch.bool -> !torch.tensor
  %result = torch.aten.sqrt %var : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// std(x) = sqrt(var(x))
func.func @aten.std(%self: !torch.tensor, %unbiased: !torch.bool) -> !torch.tensor {
  %var = torch.aten.var %self, %unbiased : !torch.tensor, !torch.bool -> !torch.tensor
  %result = torch.aten.sqrt %var : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// var_mean(x) = var(x), mean(x)
func.func @aten.var_mean.correction(%self: !torch.tensor, %dim: !torch.any,
    %correction: !torch.any, %keepdim: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %var = torch.aten.var.correction %self, %dim, %correction, %keepdim : !torch.tensor, !torch.any, !torch.any, !torch.bool -> !torch.tensor
  %mean = torch.aten.mean.dim %self, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  return %var, %mean : !torch.tensor, !torch.tensor
}

// var_mean(x) = var(x), mean(x)
func.func @aten.var_mean.dim(%self: !torch.tensor, %dim: !torch.any, %unbiased: !torch.bool,
    %keepdim: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %var = torch.aten.var.dim %self, %dim, %unbiased, %keepdim : !torch.tensor, !torch.any, !torch.bool, !torch.bool -> !torch.tensor
  %mean = torch.aten.mean.dim %self, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  return %var, %mean : !torch.tensor, !torch.tensor
}

// var_mean(x) = var(x), mean(x)
func.func @aten.var_mean(%self: !torch.tensor,
    %unbiased: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %var = torch.aten.var %self, %unbiased : !torch.tensor, !torch.bool -> !torch.tensor
  %mean = torch.aten.mean %self, %none : !torch.tensor, !torch.none -> !torch.tensor
  return %var, %mean : !torch.tensor, !torch.tensor
}

// std_mean(x) = std(x), mean(x)
func.func @aten.std_mean.correction(%self: !torch.tensor, %dim: !torch.any,
    %correction: !torch.any, %keepdim: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %std = torch.aten.std.correction %self, %dim, %correction, %keepdim : !torch.tensor, !torch.any, !torch.any, !torch.bool -> !torch.tensor
  %mean = torch.aten.mean.dim %self, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  return %std, %mean : !torch.tensor, !torch.tensor
}

// std_mean(x) = std(x), mean(x)
func.func @aten.std_mean.dim(%self: !torch.tensor, %dim: !torch.any, %unbiased: !torch.bool,
    %keepdim: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %std = torch.aten.std.dim %self, %dim, %unbiased, %keepdim : !torch.tensor, !torch.any, !torch.bool, !torch.bool -> !torch.tensor
  %mean = torch.aten.mean.dim %self, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  return %std, %mean : !torch.tensor, !torch.tensor
}

// std_mean(x) = std(x), mean(x)
func.func @aten.std_mean(%self: !torch.tensor,
    %unbiased: !torch.bool) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  %std = torch.aten.std %self, %unbiased : !torch.tensor, !torch.bool -> !torch.tensor
  %mean = torch.aten.mean %self, %none : !torch.tensor, !torch.none -> !torch.tensor
  return %std, %mean : !torch.tensor, !torch.tensor
}

// dist(x, y, p) = norm(x - y, p)
func.func @aten.dist(%self: !torch.tensor, %other: !torch.tensor,
    %p: !torch.number) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %difference = torch.aten.sub.Tensor %self, %other, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %norm = torch.aten.norm.Scalar %difference, %p : !torch.tensor, !torch.number -> !torch.tensor
  return %norm : !torch.tensor
}

// cosine_similarity(x, y) = sum(x / max(|x|, eps) * y / max(|y|, eps))
func.func @aten.cosine_similarity(%x1: !torch.tensor, %x2: !torch.tensor, %dim: !torch.int,
    %eps: !torch.float) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %true = torch.constant true
  %none = torch.constant none
  %false = torch.constant false
  %list = torch.prim.ListConstruct %dim : !torch.int -> !torch.list<int>
  %x_norm = torch.aten.linalg_vector_norm %x1, %int2, %list, %true, %none : !torch.tensor, !torch.int, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %x_scale = torch.aten.clamp_min %x_norm, %eps : !torch.tensor, !torch.float -> !torch.tensor
  %x_unit = torch.aten.div.Tensor %x1, %x_scale : !torch.tensor, !torch.tensor -> !torch.tensor
  %y_norm = torch.aten.linalg_vector_norm %x2, %int2, %list, %true, %none : !torch.tensor, !torch.int, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %y_scale = torch.aten.clamp_min %y_norm, %eps : !torch.tensor, !torch.float -> !torch.tensor
  %y_unit = torch.aten.div.Tensor %x2, %y_scale : !torch.tensor, !torch.tensor -> !torch.tensor
  %product = torch.aten.mul.Tensor %x_unit, %y_unit : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.sum.dim_IntList %product, %list, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  return %result : !torch.tensor
}

// pairwise_distance(x, y, p) = norm(x - y + eps, p) along the last dimension
func.func @aten.pairwise_distance(%x1: !torch.tensor, %x2: !torch.tensor, %p: !torch.float,
    %eps: !torch.float, %keepdim: !torch.bool) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %none = torch.constant none
  %difference = torch.aten.sub.Tensor %x1, %x2, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %shifted = torch.aten.add.Scalar %difference, %eps, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %list = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %norm = torch.aten.linalg_vector_norm %shifted, %p, %list, %keepdim, %none : !torch.tensor, !torch.float, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  return %norm : !torch.tensor
}

// cdist(x, y, p)[i, j] = norm(x[i] - y[j], p)
func.func @aten.cdist(%x1: !torch.tensor, %x2: !torch.tensor, %p: !torch.float,
    %compute_mode: !torch.any) -> !torch.tensor {
  %int-2 = torch.constant -2 : !torch.int
  %int-3 = torch.constant -3 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %rows = torch.aten.unsqueeze %x1, %int-2 : !torch.tensor, !torch.int -> !torch.tensor
  %columns = torch.aten.unsqueeze %x2, %int-3 : !torch.tensor, !torch.int -> !torch.tensor
  %difference = torch.aten.sub.Tensor %rows, %columns, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %list = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %norm = torch.aten.linalg_vector_norm %difference, %p, %list, %false, %none : !torch.tensor, !torch.float, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  return %norm : !torch.tensor
}

// trace(x) = sum(diagonal(x))
func.func @aten.trace(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %diagonal = torch.aten.diagonal %self, %int0, %int0, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int -> !torch.tensor
  %result = torch.aten.sum %diagonal, %none : !torch.tensor, !torch.none -> !torch.tensor
  return %result : !torch.tensor
}

// trapezoid(y, dx) = dx / 2 * sum(y[:-1] + y[1:])
func.func @aten.trapezoid.dx(%y: !torch.tensor, %dx: !torch.number,
    %dim: !torch.int) -> !torch.tensor {
  %int-1 = torch.constant -1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %left = torch.aten.slice.Tensor %y, %dim, %int0, %int-1, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  %right = torch.aten.slice.Tensor %y, %dim, %int1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
  %heights = torch.aten.add.Tensor %left, %right, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %dims = torch.prim.ListConstruct %dim : !torch.int -> !torch.list<int>
  %sum = torch.aten.sum.dim_IntList %heights, %dims, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %half = torch.aten.div %dx, %int2 : !torch.number, !torch.int -> !torch.number
  %result = torch.aten.mul.Scalar %sum, %half : !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

// trapezoid(y, x) = sum((y[:-1] + y[1:]) * (x[1:] - x[:-1])) / 2; a vector x lies along the dimension
func.func @aten.trapezoid.x(%y: !torch.tensor, %x: !torch.tensor,
    %dim: !torch.int) -> !torch.tensor {
  %int-1 = torch.constant -1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %rank = torch.aten.dim %x : !torch.tensor -> !torch.int
  %is_vector = torch.aten.eq.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
  %samples, %axis = torch.prim.If %is_vector -> (!torch.tensor, !torch.int) {
    %moved = torch.aten.movedim.int %y, %dim, %int-1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
    torch.prim.yield %moved, %int-1 : !torch.tensor, !torch.int
  } else {
    %is_negative = torch.aten.lt.int %dim, %int0 : !torch.int, !torch.int -> !torch.bool
    %from_end = torch.prim.If %is_negative -> !torch.int {
      torch.prim.yield %dim : !torch.int
    } else {
      %y_rank = torch.aten.dim %y : !torch.tensor -> !torch.int
      %wrapped = torch.aten.sub.int %dim, %y_rank : !torch.int, !torch.int -> !torch.int
      torch.prim.yield %wrapped : !torch.int
    }
    torch.prim.yield %y, %from_end : !torch.tensor, !torch.int
  }
  %left = torch.aten.slice.Tensor %samples, %axis, %int0, %int-1, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  %right = torch.aten.slice.Tensor %samples, %axis, %int1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
  %heights = torch.aten.add.Tensor %left, %right, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %before = torch.aten.slice.Tensor %x, %axis, %int0, %int-1, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  %after = torch.aten.slice.Tensor %x, %axis, %int1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
  %widths = torch.aten.sub.Tensor %after, %before, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %areas = torch.aten.mul.Tensor %heights, %widths : !torch.tensor, !torch.tensor -> !torch.tensor
  %dims = torch.prim.ListConstruct %axis : !torch.int -> !torch.list<int>
  %sum = torch.aten.sum.dim_IntList %areas, %dims, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %result = torch.aten.div.Scalar %sum, %int2 : !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}
