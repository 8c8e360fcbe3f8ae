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

// rad2deg(x) = x * 180 / pi
func.func @aten.rad2deg(%self: !torch.tensor) -> !torch.tensor {
  %float57.29577951308232 = torch.constant 57.29577951308232 : !torch.float
  %result = torch.aten.mul.Scalar %self, %float57.29577951308232 : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// square(x) = x * x
func.func @aten.square(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.mul.Tensor %self, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// exp2(x) = 2^x
func.func @aten.exp2(%self: !torch.tensor) -> !torch.tensor {
  %float2.0 = torch.constant 2.0 : !torch.float
  %result = torch.aten.pow.Scalar %float2.0, %self : !torch.float, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// expm1(x) = tanh(x / 2) * (exp(x) + 1), which is accurate near 0
func.func @aten.expm1(%self: !torch.tensor) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %half = torch.aten.div.Scalar %self, %int2 : !torch.tensor, !torch.int -> !torch.tensor
  %tanh = torch.aten.tanh %half : !torch.tensor -> !torch.tensor
  %exp = torch.aten.exp %self : !torch.tensor -> !torch.tensor
  %exp_plus_1 = torch.aten.add.Scalar %exp, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %result = torch.aten.mul.Tensor %tanh, %exp_plus_1 : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// log1p(x) = log(u) * x / (u - 1), u = 1 + x: the error of u cancels
func.func @aten.log1p(%self: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %u = torch.aten.add.Scalar %self, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %log = torch.aten.log %u : !torch.tensor -> !torch.tensor
  %rounded = torch.aten.sub.Scalar %u, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %correction = torch.aten.div.Tensor %self, %rounded : !torch.tensor, !torch.tensor -> !torch.tensor
  %corrected = torch.aten.mul.Tensor %log, %correction : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_large = torch.aten.gt.Scalar %self, %int1 : !torch.tensor, !torch.int -> !torch.tensor
  %accurate = torch.aten.where.self %is_large, %log, %corrected : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  %is_tiny = torch.aten.eq.Scalar %rounded, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.aten.where.self %is_tiny, %self, %accurate : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// log2(x) = log(x) / log(2)
func.func @aten.log2(%self: !torch.tensor) -> !torch.tensor {
  %float1.4426950408889634 = torch.constant 1.4426950408889634 : !torch.float
  %log = torch.aten.log %self : !torch.tensor -> !torch.tensor
  %result = torch.aten.mul.Scalar %log, %float1.4426950408889634 : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// log10(x) = log(x) / log(10)
func.func @aten.log10(%self: !torch.tensor) -> !torch.tensor {
  %float0.43429448190325176 = torch.constant 0.43429448190325176 : !torch.float
  %log = torch.aten.log %self : !torch.tensor -> !torch.tensor
  %result = torch.aten.mul.Scalar %log, %float0.43429448190325176 : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// heaviside(x, v) = v if x = 0, else x > 0
func.func @aten.heaviside(%self: !torch.tensor, %values: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %is_positive = torch.aten.gt.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %step = torch.aten.type_as %is_positive, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_zero = torch.aten.eq.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.aten.where.self %is_zero, %values, %step : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// copysign(x, y) = |x| with the sign of y; 1 / -0 < 0
func.func @aten.copysign.Tensor(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %reciprocal = torch.aten.reciprocal %other : !torch.tensor -> !torch.tensor
  %is_negative_zero = torch.aten.lt.Scalar %reciprocal, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_below_zero = torch.aten.lt.Scalar %other, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_negative = torch.aten.logical_or %is_below_zero, %is_negative_zero : !torch.tensor, !torch.tensor -> !torch.tensor
  %absolute = torch.aten.abs %self : !torch.tensor -> !torch.tensor
  %negative = torch.aten.neg %absolute : !torch.tensor -> !torch.tensor
  %result = torch.aten.where.self %is_negative, %negative, %absolute : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// signbit(x) = x < 0 or 1 / x < 0
func.func @aten.signbit(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %reciprocal = torch.aten.reciprocal %self : !torch.tensor -> !torch.tensor
  %is_negative_zero = torch.aten.lt.Scalar %reciprocal, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_below_zero = torch.aten.lt.Scalar %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_negative = torch.aten.logical_or %is_below_zero, %is_negative_zero : !torch.tensor, !torch.tensor -> !torch.tensor
  return %is_negative : !torch.tensor
}

// isclose(x, y) = x = y or |x - y| <= atol + rtol * |y|
func.func @aten.isclose(%self: !torch.tensor, %other: !torch.tensor, %rtol: !torch.float,
    %atol: !torch.float, %equal_nan: !torch.bool) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %is_equal = torch.aten.eq.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %difference = torch.aten.sub.Tensor %self, %other, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %distance = torch.aten.abs %difference : !torch.tensor -> !torch.tensor
  %relative = torch.aten.mul.Scalar %other, %rtol : !torch.tensor, !torch.float -> !torch.tensor
  %absolute = torch.aten.abs %relative : !torch.tensor -> !torch.tensor
  %allowed = torch.aten.add.Scalar %absolute, %atol, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %is_finite = torch.aten.isfinite %distance : !torch.tensor -> !torch.tensor
  %is_near = torch.aten.le.Tensor %distance, %allowed : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_within = torch.aten.logical_and %is_finite, %is_near : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_close = torch.aten.logical_or %is_equal, %is_within : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.prim.If %equal_nan -> !torch.tensor {
    %x_is_nan = torch.aten.isnan %self : !torch.tensor -> !torch.tensor
    %y_is_nan = torch.aten.isnan %other : !torch.tensor -> !torch.tensor
    %are_nan = torch.aten.logical_and %x_is_nan, %y_is_nan : !torch.tensor, !torch.tensor -> !torch.tensor
    %is_close_or_nan = torch.aten.logical_or %is_close, %are_nan : !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %is_close_or_nan : !torch.tensor
  } else {
    torch.prim.yield %is_close : !torch.tensor
  }
  return %result : !torch.tensor
}

// isfinite(x) = not (isinf(x) or isnan(x))
func.func @aten.isfinite(%self: !torch.tensor) -> !torch.tensor {
  %is_inf = torch.aten.isinf %self : !torch.tensor -> !torch.tensor
  %is_nan = torch.aten.isnan %self : !torch.tensor -> !torch.tensor
  %is_special = torch.aten.logical_or %is_inf, %is_nan : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.logical_not %is_special : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// isposinf(x) = x = inf
func.func @aten.isposinf(%self: !torch.tensor) -> !torch.tensor {
  %inf = torch.constant inf : !torch.float
  %result = torch.aten.eq.Scalar %self, %inf : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// isneginf(x) = x = -inf
func.func @aten.isneginf(%self: !torch.tensor) -> !torch.tensor {
  %neg_inf = torch.constant neg_inf : !torch.float
  %result = torch.aten.eq.Scalar %self, %neg_inf : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// fmax(x, y) = x if x >= y or y is not a number, else y
func.func @aten.fmax(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %is_ge = torch.aten.ge.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_nan = torch.aten.isnan %other : !torch.tensor -> !torch.tensor
  %takes_x = torch.aten.logical_or %is_ge, %is_nan : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.where.self %takes_x, %self, %other : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// fmin(x, y) = x if x <= y or y is not a number, else y
func.func @aten.fmin(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %is_le = torch.aten.le.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  %is_nan = torch.aten.isnan %other : !torch.tensor -> !torch.tensor
  %takes_x = torch.aten.logical_or %is_le, %is_nan : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.where.self %takes_x, %self, %other : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// erfc(x) = 1 - erf(x)
func.func @aten.erfc(%self: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %erf = torch.aten.erf %self : !torch.tensor -> !torch.tensor
  %result = torch.aten.rsub.Scalar %erf, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// float_power(x, y) = x^y in f64
func.func @aten.float_power.Tensor_Scalar(%self: !torch.tensor,
    %exponent: !torch.number) -> !torch.tensor {
  %int7 = torch.constant 7 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %base = torch.aten.to.dtype %self, %int7, %false, %false, %none : !torch.tensor, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
  %result = torch.aten.pow.Tensor_Scalar %base, %exponent : !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

// float_power(x, y) = x^y in f64
func.func @aten.float_power.Tensor_Tensor(%self: !torch.tensor,
    %exponent: !torch.tensor) -> !torch.tensor {
  %int7 = torch.constant 7 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %base = torch.aten.to.dtype %self, %int7, %false, %false, %none : !torch.tensor, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
  %exponent_1 = torch.aten.to.dtype %exponent, %int7, %false, %false, %none : !torch.tensor, !torch.int, !torch.bool, !torch.bool, !torch.none -> !torch.tensor
  %result = torch.aten.pow.Tensor_Tensor %base, %exponent_1 : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// round(x, d) = round(x * 10^d) / 10^d
func.func @aten.round.decimals(%self: !torch.tensor, %decimals: !torch.int) -> !torch.tensor {
  %float10.0 = torch.constant 10.0 : !torch.float
  %scale = torch.aten.pow.float_int %float10.0, %decimals : !torch.float, !torch.int -> !torch.float
  %scaled = torch.aten.mul.Scalar %self, %scale : !torch.tensor, !torch.float -> !torch.tensor
  %rounded = torch.aten.round %scaled : !torch.tensor -> !torch.tensor
  %result = torch.aten.div.Scalar %rounded, %scale : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}

// nan_to_num(x) = x with nan, inf and -inf replaced; by 0 and the largest floats
func.func @aten.nan_to_num(%self: !torch.tensor, %nan: !torch.any, %posinf: !torch.any,
    %neginf: !torch.any) -> !torch.tensor {
  %int7 = torch.constant 7 : !torch.int
  %float1.7976931348623157e308 = torch.constant 1.7976931348623157e+308 : !torch.float
  %int5 = torch.constant 5 : !torch.int
  %float65504.0 = torch.constant 65504.0 : !torch.float
  %int15 = torch.constant 15 : !torch.int
  %float3.3895313892515355e38 = torch.constant 3.3895313892515355e+38 : !torch.float
  %float3.4028234663852886e38 = torch.constant 3.4028234663852886e+38 : !torch.float
  %none = torch.constant none
  %float0.0 = torch.constant 0.0 : !torch.float
  %inf = torch.constant inf : !torch.float
  %neg_inf = torch.constant neg_inf : !torch.float
  %dtype = torch.prim.dtype %self : !torch.tensor -> !torch.int
  %is_float = torch.aten.is_floating_point %self : !torch.tensor -> !torch.bool
  %result = torch.prim.If %is_float -> !torch.tensor {
    %is_f64 = torch.aten.eq.int %dtype, %int7 : !torch.int, !torch.int -> !torch.bool
    %max_2 = torch.prim.If %is_f64 -> !torch.float {
      torch.prim.yield %float1.7976931348623157e308 : !torch.float
    } else {
      %is_f16 = torch.aten.eq.int %dtype, %int5 : !torch.int, !torch.int -> !torch.bool
      %max_1 = torch.prim.If %is_f16 -> !torch.float {
        torch.prim.yield %float65504.0 : !torch.float
      } else {
        %is_bf16 = torch.aten.eq.int %dtype, %int15 : !torch.int, !torch.int -> !torch.bool
        %max = torch.prim.If %is_bf16 -> !torch.float {
          torch.prim.yield %float3.3895313892515355e38 : !torch.float
        } else {
          torch.prim.yield %float3.4028234663852886e38 : !torch.float
        }
        torch.prim.yield %max : !torch.float
      }
      torch.prim.yield %max_1 : !torch.float
    }
    %is_none = torch.aten.__is__ %nan, %none : !torch.any, !torch.none -> !torch.bool
    %for_nan = torch.prim.If %is_none -> !torch.float {
      torch.prim.yield %float0.0 : !torch.float
    } else {
      %given = torch.prim.unchecked_cast %nan : !torch.any -> !torch.float
      torch.prim.yield %given : !torch.float
    }
    %is_none_1 = torch.aten.__is__ %posinf, %none : !torch.any, !torch.none -> !torch.bool
    %for_inf = torch.prim.If %is_none_1 -> !torch.float {
      torch.prim.yield %max_2 : !torch.float
    } else {
      %given_1 = torch.prim.unchecked_cast %posinf : !torch.any -> !torch.float
      torch.prim.yield %given_1 : !torch.float
    }
    %is_none_2 = torch.aten.__is__ %neginf, %none : !torch.any, !torch.none -> !torch.bool
    %for_neg_inf = torch.prim.If %is_none_2 -> !torch.float {
      %min = torch.aten.neg.float %max_2 : !torch.float -> !torch.float
      torch.prim.yield %min : !torch.float
    } else {
      %given_2 = torch.prim.unchecked_cast %neginf : !torch.any -> !torch.float
      torch.prim.yield %given_2 : !torch.float
    }
    %is_nan = torch.aten.isnan %self : !torch.tensor -> !torch.tensor
    %number = torch.aten.masked_fill.Scalar %self, %is_nan, %for_nan : !torch.tensor, !torch.tensor, !torch.float -> !torch.tensor
    %is_inf = torch.aten.eq.Scalar %self, %inf : !torch.tensor, !torch.float -> !torch.tensor
    %below_inf = torch.aten.masked_fill.Scalar %number, %is_inf, %for_inf : !torch.tensor, !torch.tensor, !torch.float -> !torch.tensor
    %is_neg_inf = torch.aten.eq.Scalar %self, %neg_inf : !torch.tensor, !torch.float -> !torch.tensor
    %finite = torch.aten.masked_fill.Scalar %below_inf, %is_neg_inf, %for_neg_inf : !torch.tensor, !torch.tensor, !torch.float -> !torch.tensor
    torch.prim.yield %finite : !torch.tensor
  } else {
    torch.prim.yield %self : !torch.tensor
  }
  return %result : !torch.tensor
}

// negative(x) = -x
func.func @aten.negative(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.neg %self : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// absolute(x) = |x|
func.func @aten.absolute(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.abs %self : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// fix(x) = trunc(x)
func.func @aten.fix(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.trunc %self : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// special_expit(x) = sigmoid(x)
func.func @aten.special_expit(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.sigmoid %self : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// special_log1p(x) = log(1 + x)
func.func @aten.special_log1p(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.log1p %self : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// positive(x) = x
func.func @aten.positive(%self: !torch.tensor) -> !torch.tensor {
  return %self : !torch.tensor
}

// true_divide(x, y) = x / y
func.func @aten.true_divide.Tensor(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.div.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// true_divide(x, y) = x / y
func.func @aten.true_divide.Scalar(%self: !torch.tensor, %other: !torch.number) -> !torch.tensor {
  %result = torch.aten.div.Scalar %self, %other : !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

// divide(x, y) = x / y
func.func @aten.divide.Tensor(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.div.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// divide(x, y) = x / y
func.func @aten.divide.Scalar(%self: !torch.tensor, %other: !torch.number) -> !torch.tensor {
  %result = torch.aten.div.Scalar %self, %other : !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

// multiply(x, y) = x * y
func.func @aten.multiply.Tensor(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.mul.Tensor %self, %other : !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// multiply(x, y) = x * y
func.func @aten.multiply.Scalar(%self: !torch.tensor, %other: !torch.number) -> !torch.tensor {
  %result = torch.aten.mul.Scalar %self, %other : !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

// subtract(x, y, a) = x - a * y
func.func @aten.subtract.Tensor(%self: !torch.tensor, %other: !torch.tensor,
    %alpha: !torch.number) -> !torch.tensor {
  %result = torch.aten.sub.Tensor %self, %other, %alpha : !torch.tensor, !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

// clip(x, a, b) = clamp(x, a, b)
func.func @aten.clip(%self: !torch.tensor, %min: !torch.any, %max: !torch.any) -> !torch.tensor {
  %result = torch.aten.clamp %self, %min, %max : !torch.tensor, !torch.any, !torch.any -> !torch.tensor
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
