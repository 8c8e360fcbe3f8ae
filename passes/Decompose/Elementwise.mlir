// Decompositions of elementwise operators; see docs/WritingADecomposition.md.

// addcmul(x, a, b, v) = x + v * a * b
func.func @aten.addcmul(%self: !torch.tensor, %tensor1: !torch.tensor, %tensor2: !torch.tensor,
    %value: !torch.number) -> !torch.tensor {
  %product = torch.aten.mul.Tensor %tensor1, %tensor2 : !torch.tensor, !torch.tensor -> !torch.tensor
  %sum = torch.aten.add.Tensor %self, %product, %value : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
  return %sum : !torch.tensor
}

// addcdiv(x, a, b, v) = x + v * a / b
func.func @aten.addcdiv(%self: !torch.tensor, %tensor1: !torch.tensor, %tensor2: !torch.tensor,
    %value: !torch.number) -> !torch.tensor {
  %quotient = torch.aten.div.Tensor %tensor1, %tensor2 : !torch.tensor, !torch.tensor -> !torch.tensor
  %sum = torch.aten.add.Tensor %self, %quotient, %value : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
  return %sum : !torch.tensor
}

// rsub(x, y, a) = y - a * x
func.func @aten.rsub.Scalar(%self: !torch.tensor, %other: !torch.number,
    %alpha: !torch.number) -> !torch.tensor {
  %minuend = torch.prim.NumToTensor.Scalar %other : !torch.number -> !torch.tensor
  %difference = torch.aten.sub.Tensor %minuend, %self, %alpha : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
  return %difference : !torch.tensor
}

// rsub(x, y, a) = y - a * x
func.func @aten.rsub.Tensor(%self: !torch.tensor, %other: !torch.tensor,
    %alpha: !torch.number) -> !torch.tensor {
  %difference = torch.aten.sub.Tensor %other, %self, %alpha : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
  return %difference : !torch.tensor
}

// lerp(x, y, w) = x + w * (y - x)
func.func @aten.lerp.Scalar(%self: !torch.tensor, %end: !torch.tensor,
    %weight: !torch.number) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %distance = torch.aten.sub.Tensor %end, %self, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %sum = torch.aten.add.Tensor %self, %distance, %weight : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
  return %sum : !torch.tensor
}

// lerp(x, y, w) = x + w * (y - x)
func.func @aten.lerp.Tensor(%self: !torch.tensor, %end: !torch.tensor,
    %weight: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %distance = torch.aten.sub.Tensor %end, %self, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %step = torch.aten.mul.Tensor %weight, %distance : !torch.tensor, !torch.tensor -> !torch.tensor
  %sum = torch.aten.add.Tensor %self, %step, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %sum : !torch.tensor
}

// hypot(x, y) = m * sqrt(1 + (n / m)^2), m = max(|x|, |y|), n = min(|x|, |y|)
func.func @aten.hypot(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %inf = torch.constant inf : !torch.float
  %a = torch.aten.abs %self : !torch.tensor -> !torch.tensor
  %b = torch.aten.abs %other : !torch.tensor -> !torch.tensor
  %m = torch.aten.maximum %a, %b : !torch.tensor, !torch.tensor -> !torch.tensor
  %n = torch.aten.minimum %a, %b : !torch.tensor, !torch.tensor -> !torch.tensor
  %ratio = torch.aten.div.Tensor %n, %m : !torch.tensor, !torch.tensor -> !torch.tensor
  %square = torch.aten.mul.Tensor %ratio, %ratio : !torch.tensor, !torch.tensor -> !torch.tensor
  %scaled = torch.aten.add.Scalar %square, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %root = torch.aten.sqrt %scaled : !torch.tensor -> !torch.tensor
  %hypot = torch.aten.mul.Tensor %m, %root : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_zero = torch.aten.eq.Scalar %m, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %finite = torch.aten.masked_fill.Scalar %hypot, %is_zero, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %a_is_inf = torch.aten.isinf %a : !torch.tensor -> !torch.tensor
  %b_is_inf = torch.aten.isinf %b : !torch.tensor -> !torch.tensor
  %is_inf = torch.aten.logical_or %a_is_inf, %b_is_inf : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.masked_fill.Scalar %finite, %is_inf, %inf : !torch.tensor, !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// xlogy(x, y) = x * log(y), 0 if x = 0 and y is a number
func.func @aten.xlogy.Tensor(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %log = torch.aten.log %other : !torch.tensor -> !torch.tensor
  %product = torch.aten.mul.Tensor %self, %log : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_zero = torch.aten.eq.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_nan = torch.aten.isnan %other : !torch.tensor -> !torch.tensor
  %is_number = torch.aten.logical_not %is_nan : !torch.tensor -> !torch.tensor
  %mask = torch.aten.logical_and %is_zero, %is_number : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.masked_fill.Scalar %product, %mask, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// xlogy(x, y) = x * log(y)
func.func @aten.xlogy.Scalar_Other(%self: !torch.tensor, %other: !torch.number) -> !torch.tensor {
  %y = torch.prim.NumToTensor.Scalar %other : !torch.number -> !torch.tensor
  %xlogy = torch.aten.xlogy.Tensor %self, %y : !torch.tensor, !torch.tensor -> !torch.tensor
  return %xlogy : !torch.tensor
}

// xlogy(x, y) = x * log(y)
func.func @aten.xlogy.Scalar_Self(%self: !torch.number, %other: !torch.tensor) -> !torch.tensor {
  %x = torch.prim.NumToTensor.Scalar %self : !torch.number -> !torch.tensor
  %xlogy = torch.aten.xlogy.Tensor %x, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  return %xlogy : !torch.tensor
}

// logaddexp(x, y) = max(x, y) + log1p(exp(-|x - y|))
func.func @aten.logaddexp(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %max = torch.aten.maximum %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %difference = torch.aten.sub.Tensor %self, %other, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %is_equal = torch.aten.eq.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %distance = torch.aten.masked_fill.Scalar %difference, %is_equal, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %absolute = torch.aten.abs %distance : !torch.tensor -> !torch.tensor
  %exponent = torch.aten.neg %absolute : !torch.tensor -> !torch.tensor
  %exp = torch.aten.exp %exponent : !torch.tensor -> !torch.tensor
  %log = torch.aten.log1p %exp : !torch.tensor -> !torch.tensor
  %result = torch.aten.add.Tensor %max, %log, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// logaddexp2(x, y) = max(x, y) + log2(1 + 2^-|x - y|)
func.func @aten.logaddexp2(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %float1.4426950408889634 = torch.constant 1.4426950408889634 : !torch.float
  %max = torch.aten.maximum %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %difference = torch.aten.sub.Tensor %self, %other, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %is_equal = torch.aten.eq.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %distance = torch.aten.masked_fill.Scalar %difference, %is_equal, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %absolute = torch.aten.abs %distance : !torch.tensor -> !torch.tensor
  %exponent = torch.aten.neg %absolute : !torch.tensor -> !torch.tensor
  %exp2 = torch.aten.exp2 %exponent : !torch.tensor -> !torch.tensor
  %log = torch.aten.log1p %exp2 : !torch.tensor -> !torch.tensor
  %log2 = torch.aten.mul.Scalar %log, %float1.4426950408889634 : !torch.tensor, !torch.float -> !torch.tensor
  %result = torch.aten.add.Tensor %max, %log2, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// logit(x) = log(x / (1 - x)), x clamped to [eps, 1 - eps]
func.func @aten.logit(%self: !torch.tensor, %eps: !torch.any) -> !torch.tensor {
  %none = torch.constant none
  %float1.0 = torch.constant 1.0 : !torch.float
  %int1 = torch.constant 1 : !torch.int
  %is_none = torch.aten.__is__ %eps, %none : !torch.any, !torch.none -> !torch.bool
  %x = torch.prim.If %is_none -> !torch.tensor {
    torch.prim.yield %self : !torch.tensor
  } else {
    %limit = torch.aten.sub.float %float1.0, %eps : !torch.float, !torch.any -> !torch.float
    %clamped = torch.aten.clamp %self, %eps, %limit : !torch.tensor, !torch.any, !torch.float -> !torch.tensor
    torch.prim.yield %clamped : !torch.tensor
  }
  %complement = torch.aten.rsub.Scalar %x, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %odds = torch.aten.div.Tensor %x, %complement : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.log %odds : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// sinc(x) = sin(pi x) / (pi x), sinc(0) = 1
func.func @aten.sinc(%self: !torch.tensor) -> !torch.tensor {
  %float3.141592653589793 = torch.constant 3.141592653589793 : !torch.float
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %angle = torch.aten.mul.Scalar %self, %float3.141592653589793 : !torch.tensor, !torch.float -> !torch.tensor
  %sin = torch.aten.sin %angle : !torch.tensor -> !torch.tensor
  %quotient = torch.aten.div.Tensor %sin, %angle : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_zero = torch.aten.eq.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.aten.masked_fill.Scalar %quotient, %is_zero, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// frac(x) = x - trunc(x)
func.func @aten.frac(%self: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %whole = torch.aten.trunc %self : !torch.tensor -> !torch.tensor
  %result = torch.aten.sub.Tensor %self, %whole, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// deg2rad(x) = x * pi / 180
func.func @aten.deg2rad(%self: !torch.tensor) -> !torch.tensor {
  %float0.017453292519943295 = torch.constant 0.017453292519943295 : !torch.float
  %result = torch.aten.mul.Scalar %self, %float0.017453292519943295 : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// diff(x)[i] = x[i + 1] - x[i] along d, n times
func.func @aten.diff(%self: !torch.tensor, %n: !torch.int, %dim: !torch.int, %prepend: !torch.any,
    %append: !torch.any) -> !torch.tensor {
  %none = torch.constant none
  %int11 = torch.constant 11 : !torch.int
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %has_no_prefix = torch.aten.__is__ %prepend, %none : !torch.any, !torch.none -> !torch.bool
  %x = torch.prim.If %has_no_prefix -> !torch.tensor {
    torch.prim.yield %self : !torch.tensor
  } else {
    %prefix = torch.prim.unchecked_cast %prepend : !torch.any -> !torch.tensor
    %list = torch.prim.ListConstruct %prefix, %self : !torch.tensor, !torch.tensor -> !torch.list<tensor>
    %prefixed = torch.aten.cat %list, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor
    torch.prim.yield %prefixed : !torch.tensor
  }
  %has_no_suffix = torch.aten.__is__ %append, %none : !torch.any, !torch.none -> !torch.bool
  %x_1 = torch.prim.If %has_no_suffix -> !torch.tensor {
    torch.prim.yield %x : !torch.tensor
  } else {
    %suffix = torch.prim.unchecked_cast %append : !torch.any -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %x, %suffix : !torch.tensor, !torch.tensor -> !torch.list<tensor>
    %suffixed = torch.aten.cat %list_1, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor
    torch.prim.yield %suffixed : !torch.tensor
  }
  %dtype = torch.prim.dtype %self : !torch.tensor -> !torch.int
  %is_bool = torch.aten.eq.int %dtype, %int11 : !torch.int, !torch.int -> !torch.bool
  %differences_1 = torch.prim.Loop %n, %true, init(%x_1) : (!torch.tensor) -> !torch.tensor {
  ^bb0(%i: !torch.int, %differences: !torch.tensor):
    %later = torch.aten.slice.Tensor %differences, %dim, %int1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
    %earlier = torch.aten.slice.Tensor %differences, %dim, %int0, %int-1, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
    %step = torch.prim.If %is_bool -> !torch.tensor {
      %changed = torch.aten.logical_xor %later, %earlier : !torch.tensor, !torch.tensor -> !torch.tensor
      torch.prim.yield %changed : !torch.tensor
    } else {
      %difference = torch.aten.sub.Tensor %later, %earlier, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
      torch.prim.yield %difference : !torch.tensor
    }
    torch.prim.loop_condition %true, iter(%step) : !torch.tensor
  }
  return %differences_1 : !torch.tensor
}

// ndtr(x) = (1 + erf(x / sqrt(2))) / 2
func.func @aten.special_ndtr(%self: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %factor = torch.constant 0.70710678118654757 : !torch.float
  %scaled = torch.aten.mul.Scalar %self, %factor : !torch.tensor, !torch.float -> !torch.tensor
  %erf = torch.aten.erf %scaled : !torch.tensor -> !torch.tensor
  %sum = torch.aten.add.Scalar %erf, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %result = torch.aten.div.Scalar %sum, %int2 : !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// angle(x) = atan2(imag(x), real(x)) of complex numbers; of real ones pi below
// 0, and NaN stays
func.func @aten.angle(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %pi = torch.constant 3.1415926535897931 : !torch.float
  %zero = torch.constant 0.0 : !torch.float
  %is_complex = torch.aten.is_complex %self : !torch.tensor -> !torch.bool
  %result = torch.prim.If %is_complex -> !torch.tensor {
    %real = torch.aten.real %self : !torch.tensor -> !torch.tensor
    %imag = torch.aten.imag %self : !torch.tensor -> !torch.tensor
    %angle = torch.aten.atan2 %imag, %real : !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %angle : !torch.tensor
  } else {
    %is_negative = torch.aten.lt.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
    %angle = torch.aten.where.Scalar %is_negative, %pi, %zero : !torch.tensor, !torch.float, !torch.float -> !torch.tensor
    %is_nan = torch.aten.ne.Tensor %self, %self : !torch.tensor, !torch.tensor -> !torch.tensor
    %kept = torch.aten.where.self %is_nan, %self, %angle : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %kept : !torch.tensor
  }
  return %result : !torch.tensor
}
