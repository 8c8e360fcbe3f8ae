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

// linalg_vector_norm(x, p) = sum(|x|^p)^(1/p); the extremes of |x| for inf and -inf, the count of nonzeros for 0
func.func @aten.linalg_vector_norm(%self: !torch.tensor, %ord: !torch.number, %dim: !torch.any,
    %keepdim: !torch.bool, %dtype: !torch.any) -> !torch.tensor {
  %none = torch.constant none
  %false = torch.constant false
  %float2.0 = torch.constant 2.0 : !torch.float
  %float1.0 = torch.constant 1.0 : !torch.float
  %inf = torch.constant inf : !torch.float
  %neg_inf = torch.constant neg_inf : !torch.float
  %float0.0 = torch.constant 0.0 : !torch.float
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %keeps_dtype = torch.aten.__is__ %dtype, %none : !torch.any, !torch.none -> !torch.bool
  %x = torch.prim.If %keeps_dtype -> !torch.tensor {
    torch.prim.yield %self : !torch.tensor
  } else {
    %converted = torch.aten.to.dtype %self, %dtype, %false, %false, %none : !torch.tensor, !torch.any, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
    torch.prim.yield %converted : !torch.tensor
  }
  %absolute = torch.aten.abs %x : !torch.tensor -> !torch.tensor
  %is_2 = torch.aten.eq.float %ord, %float2.0 : !torch.number, !torch.float -> !torch.bool
  %norm_4 = torch.prim.If %is_2 -> !torch.tensor {
    %square = torch.aten.mul.Tensor %x, %x : !torch.tensor, !torch.tensor -> !torch.tensor
    %sum = torch.aten.sum.dim_IntList %square, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
    %root = torch.aten.sqrt %sum : !torch.tensor -> !torch.tensor
    torch.prim.yield %root : !torch.tensor
  } else {
    %is_1 = torch.aten.eq.float %ord, %float1.0 : !torch.number, !torch.float -> !torch.bool
    %norm_3 = torch.prim.If %is_1 -> !torch.tensor {
      %sum_1 = torch.aten.sum.dim_IntList %absolute, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
      torch.prim.yield %sum_1 : !torch.tensor
    } else {
      %is_inf = torch.aten.eq.float %ord, %inf : !torch.number, !torch.float -> !torch.bool
      %norm_2 = torch.prim.If %is_inf -> !torch.tensor {
        %is_all = torch.aten.__is__ %dim, %none : !torch.any, !torch.none -> !torch.bool
        %dims = torch.prim.If %is_all -> !torch.list<int> {
          %list = torch.prim.ListConstruct -> !torch.list<int>
          torch.prim.yield %list : !torch.list<int>
        } else {
          %given = torch.prim.unchecked_cast %dim : !torch.any -> !torch.list<int>
          torch.prim.yield %given : !torch.list<int>
        }
        %max = torch.aten.amax %absolute, %dims, %keepdim : !torch.tensor, !torch.list<int>, !torch.bool -> !torch.tensor
        torch.prim.yield %max : !torch.tensor
      } else {
        %is_neg_inf = torch.aten.eq.float %ord, %neg_inf : !torch.number, !torch.float -> !torch.bool
        %norm_1 = torch.prim.If %is_neg_inf -> !torch.tensor {
          %is_all_1 = torch.aten.__is__ %dim, %none : !torch.any, !torch.none -> !torch.bool
          %dims_1 = torch.prim.If %is_all_1 -> !torch.list<int> {
            %list_1 = torch.prim.ListConstruct -> !torch.list<int>
            torch.prim.yield %list_1 : !torch.list<int>
          } else {
            %given_1 = torch.prim.unchecked_cast %dim : !torch.any -> !torch.list<int>
            torch.prim.yield %given_1 : !torch.list<int>
          }
          %min = torch.aten.amin %absolute, %dims_1, %keepdim : !torch.tensor, !torch.list<int>, !torch.bool -> !torch.tensor
          torch.prim.yield %min : !torch.tensor
        } else {
          %is_0 = torch.aten.eq.float %ord, %float0.0 : !torch.number, !torch.float -> !torch.bool
          %norm = torch.prim.If %is_0 -> !torch.tensor {
            %is_nonzero = torch.aten.ne.Scalar %x, %int0 : !torch.tensor, !torch.int -> !torch.tensor
            %dtype_1 = torch.prim.dtype %x : !torch.tensor -> !torch.int
            %ones = torch.aten.to.dtype %is_nonzero, %dtype_1, %false, %false, %none : !torch.tensor, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
            %count = torch.aten.sum.dim_IntList %ones, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
            torch.prim.yield %count : !torch.tensor
          } else {
            %power = torch.aten.pow.Tensor_Scalar %absolute, %ord : !torch.tensor, !torch.number -> !torch.tensor
            %sum_2 = torch.aten.sum.dim_IntList %power, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
            %inverse = torch.aten.div %int1, %ord : !torch.int, !torch.number -> !torch.float
            %root_1 = torch.aten.pow.Tensor_Scalar %sum_2, %inverse : !torch.tensor, !torch.float -> !torch.tensor
            torch.prim.yield %root_1 : !torch.tensor
          }
          torch.prim.yield %norm : !torch.tensor
        }
        torch.prim.yield %norm_1 : !torch.tensor
      }
      torch.prim.yield %norm_2 : !torch.tensor
    }
    torch.prim.yield %norm_3 : !torch.tensor
  }
  return %norm_4 : !torch.tensor
}

// norm(x, p) = the p-norm of all elements
func.func @aten.norm.Scalar(%self: !torch.tensor, %p: !torch.number) -> !torch.tensor {
  %none = torch.constant none
  %false = torch.constant false
  %norm = torch.aten.linalg_vector_norm %self, %p, %none, %false, %none : !torch.tensor, !torch.number, !torch.none, !torch.bool, !torch.none -> !torch.tensor
  return %norm : !torch.tensor
}

// norm(x, p) = the p-norm along dim, p = 2 if None
func.func @aten.norm.ScalarOpt_dim(%self: !torch.tensor, %p: !torch.any, %dim: !torch.list<int>,
    %keepdim: !torch.bool) -> !torch.tensor {
  %none = torch.constant none
  %float2.0 = torch.constant 2.0 : !torch.float
  %is_none = torch.aten.__is__ %p, %none : !torch.any, !torch.none -> !torch.bool
  %ord = torch.prim.If %is_none -> !torch.float {
    torch.prim.yield %float2.0 : !torch.float
  } else {
    %given = torch.prim.unchecked_cast %p : !torch.any -> !torch.float
    torch.prim.yield %given : !torch.float
  }
  %norm = torch.aten.linalg_vector_norm %self, %ord, %dim, %keepdim, %none : !torch.tensor, !torch.float, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  return %norm : !torch.tensor
}

// norm(x, p) = the p-norm along dim, p = 2 if None
func.func @aten.norm.ScalarOpt_dim_dtype(%self: !torch.tensor, %p: !torch.any,
    %dim: !torch.list<int>, %keepdim: !torch.bool, %dtype: !torch.int) -> !torch.tensor {
  %none = torch.constant none
  %float2.0 = torch.constant 2.0 : !torch.float
  %is_none = torch.aten.__is__ %p, %none : !torch.any, !torch.none -> !torch.bool
  %ord = torch.prim.If %is_none -> !torch.float {
    torch.prim.yield %float2.0 : !torch.float
  } else {
    %given = torch.prim.unchecked_cast %p : !torch.any -> !torch.float
    torch.prim.yield %given : !torch.float
  }
  %norm = torch.aten.linalg_vector_norm %self, %ord, %dim, %keepdim, %dtype : !torch.tensor, !torch.float, !torch.list<int>, !torch.bool, !torch.int -> !torch.tensor
  return %norm : !torch.tensor
}

// norm(x, p) = the p-norm of all elements, p = 2 if None
func.func @aten.norm.ScalarOpt_dtype(%self: !torch.tensor, %p: !torch.any,
    %dtype: !torch.int) -> !torch.tensor {
  %none = torch.constant none
  %float2.0 = torch.constant 2.0 : !torch.float
  %false = torch.constant false
  %is_none = torch.aten.__is__ %p, %none : !torch.any, !torch.none -> !torch.bool
  %ord = torch.prim.If %is_none -> !torch.float {
    torch.prim.yield %float2.0 : !torch.float
  } else {
    %given = torch.prim.unchecked_cast %p : !torch.any -> !torch.float
    torch.prim.yield %given : !torch.float
  }
  %norm = torch.aten.linalg_vector_norm %self, %ord, %none, %false, %dtype : !torch.tensor, !torch.float, !torch.none, !torch.bool, !torch.int -> !torch.tensor
  return %norm : !torch.tensor
}

// frobenius_norm(x) = sqrt(sum(x^2))
func.func @aten.frobenius_norm.dim(%self: !torch.tensor, %dim: !torch.list<int>,
    %keepdim: !torch.bool) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %none = torch.constant none
  %norm = torch.aten.linalg_vector_norm %self, %int2, %dim, %keepdim, %none : !torch.tensor, !torch.int, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  return %norm : !torch.tensor
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

// nansum(x) = sum of the elements that are numbers
func.func @aten.nansum(%self: !torch.tensor, %dim: !torch.any, %keepdim: !torch.bool,
    %dtype: !torch.any) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %is_nan = torch.aten.isnan %self : !torch.tensor -> !torch.tensor
  %numbers = torch.aten.masked_fill.Scalar %self, %is_nan, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %sum = torch.aten.sum.dim_IntList %numbers, %dim, %keepdim, %dtype : !torch.tensor, !torch.any, !torch.bool, !torch.any -> !torch.tensor
  return %sum : !torch.tensor
}

// nanmean(x) = mean of the elements that are numbers
func.func @aten.nanmean(%self: !torch.tensor, %dim: !torch.any, %keepdim: !torch.bool,
    %dtype: !torch.any) -> !torch.tensor {
  %none = torch.constant none
  %is_nan = torch.aten.isnan %self : !torch.tensor -> !torch.tensor
  %is_number = torch.aten.logical_not %is_nan : !torch.tensor -> !torch.tensor
  %sum = torch.aten.nansum %self, %dim, %keepdim, %dtype : !torch.tensor, !torch.any, !torch.bool, !torch.any -> !torch.tensor
  %count = torch.aten.sum.dim_IntList %is_number, %dim, %keepdim, %none : !torch.tensor, !torch.any, !torch.bool, !torch.none -> !torch.tensor
  %mean = torch.aten.div.Tensor %sum, %count : !torch.tensor, !torch.tensor -> !torch.tensor
  return %mean : !torch.tensor
}

// count_nonzero(x) = sum(x != 0)
func.func @aten.count_nonzero.dim_IntList(%self: !torch.tensor,
    %dim: !torch.list<int>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %is_nonzero = torch.aten.ne.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %count = torch.aten.sum.dim_IntList %is_nonzero, %dim, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  return %count : !torch.tensor
}

// count_nonzero(x) = sum(x != 0)
func.func @aten.count_nonzero(%self: !torch.tensor, %dim: !torch.any) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %none = torch.constant none
  %false = torch.constant false
  %is_nonzero = torch.aten.ne.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_all = torch.aten.__is__ %dim, %none : !torch.any, !torch.none -> !torch.bool
  %result = torch.prim.If %is_all -> !torch.tensor {
    %count = torch.aten.sum %is_nonzero, %none : !torch.tensor, !torch.none -> !torch.tensor
    torch.prim.yield %count : !torch.tensor
  } else {
    %given = torch.prim.unchecked_cast %dim : !torch.any -> !torch.int
    %list = torch.prim.ListConstruct %given : !torch.int -> !torch.list<int>
    %count_1 = torch.aten.sum.dim_IntList %is_nonzero, %list, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
    torch.prim.yield %count_1 : !torch.tensor
  }
  return %result : !torch.tensor
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
