// Decompositions of losses; see docs/WritingADecomposition.md.

// What the losses share: loss, mean(loss) or sum(loss), as reduction is 0, 1 or 2
func.func @torchonnx.reduce_loss(%loss: !torch.tensor, %reduction: !torch.int) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %is_none = torch.aten.eq.int %reduction, %int0 : !torch.int, !torch.int -> !torch.bool
  %result = torch.prim.If %is_none -> !torch.tensor {
    torch.prim.yield %loss : !torch.tensor
  } else {
    %is_mean = torch.aten.eq.int %reduction, %int1 : !torch.int, !torch.int -> !torch.bool
    %reduced = torch.prim.If %is_mean -> !torch.tensor {
      %mean = torch.aten.mean %loss, %none : !torch.tensor, !torch.none -> !torch.tensor
      torch.prim.yield %mean : !torch.tensor
    } else {
      %sum = torch.aten.sum %loss, %none : !torch.tensor, !torch.none -> !torch.tensor
      torch.prim.yield %sum : !torch.tensor
    }
    torch.prim.yield %reduced : !torch.tensor
  }
  return %result : !torch.tensor
}

// mse_loss(x, y) = (x - y)^2, reduced
func.func @aten.mse_loss(%self: !torch.tensor, %target: !torch.tensor,
    %reduction: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %difference = torch.aten.sub.Tensor %self, %target, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %loss = torch.aten.mul.Tensor %difference, %difference : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// l1_loss(x, y) = |x - y|, reduced
func.func @aten.l1_loss(%self: !torch.tensor, %target: !torch.tensor,
    %reduction: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %difference = torch.aten.sub.Tensor %self, %target, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %loss = torch.aten.abs %difference : !torch.tensor -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// smooth_l1_loss(d) = 0.5 * d^2 / beta if d < beta, else d - 0.5 * beta; d = |x - y|; reduced
func.func @aten.smooth_l1_loss(%self: !torch.tensor, %target: !torch.tensor,
    %reduction: !torch.int, %beta: !torch.float) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %float0.5 = torch.constant 0.5 : !torch.float
  %difference = torch.aten.sub.Tensor %self, %target, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %distance = torch.aten.abs %difference : !torch.tensor -> !torch.tensor
  %is_sharp = torch.aten.eq.float %beta, %float0.0 : !torch.float, !torch.float -> !torch.bool
  %loss = torch.prim.If %is_sharp -> !torch.tensor {
    torch.prim.yield %distance : !torch.tensor
  } else {
    %square = torch.aten.mul.Tensor %distance, %distance : !torch.tensor, !torch.tensor -> !torch.tensor
    %half = torch.aten.mul.Scalar %square, %float0.5 : !torch.tensor, !torch.float -> !torch.tensor
    %quadratic = torch.aten.div.Scalar %half, %beta : !torch.tensor, !torch.float -> !torch.tensor
    %offset = torch.aten.mul.float %beta, %float0.5 : !torch.float, !torch.float -> !torch.float
    %linear = torch.aten.sub.Scalar %distance, %offset, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
    %is_near = torch.aten.lt.Scalar %distance, %beta : !torch.tensor, !torch.float -> !torch.tensor
    %smooth = torch.aten.where.self %is_near, %quadratic, %linear : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %smooth : !torch.tensor
  }
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// huber_loss(d) = 0.5 * d^2 if d < delta, else delta * (d - 0.5 * delta); d = |x - y|; reduced
func.func @aten.huber_loss(%self: !torch.tensor, %target: !torch.tensor, %reduction: !torch.int,
    %delta: !torch.float) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %float0.5 = torch.constant 0.5 : !torch.float
  %difference = torch.aten.sub.Tensor %self, %target, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %distance = torch.aten.abs %difference : !torch.tensor -> !torch.tensor
  %square = torch.aten.mul.Tensor %distance, %distance : !torch.tensor, !torch.tensor -> !torch.tensor
  %quadratic = torch.aten.mul.Scalar %square, %float0.5 : !torch.tensor, !torch.float -> !torch.tensor
  %offset = torch.aten.mul.float %delta, %float0.5 : !torch.float, !torch.float -> !torch.float
  %shifted = torch.aten.sub.Scalar %distance, %offset, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %linear = torch.aten.mul.Scalar %shifted, %delta : !torch.tensor, !torch.float -> !torch.tensor
  %is_near = torch.aten.lt.Scalar %distance, %delta : !torch.tensor, !torch.float -> !torch.tensor
  %loss = torch.aten.where.self %is_near, %quadratic, %linear : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// bce(x, y) = -w * (y * max(log(x), -100) + (1 - y) * max(log(1 - x), -100)), reduced
func.func @aten.binary_cross_entropy(%self: !torch.tensor, %target: !torch.tensor,
    %weight: !torch.any, %reduction: !torch.int) -> !torch.tensor {
  %int-100 = torch.constant -100 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %log = torch.aten.log %self : !torch.tensor -> !torch.tensor
  %log_x = torch.aten.clamp_min %log, %int-100 : !torch.tensor, !torch.int -> !torch.tensor
  %negative = torch.aten.neg %self : !torch.tensor -> !torch.tensor
  %log1p = torch.aten.log1p %negative : !torch.tensor -> !torch.tensor
  %log_not_x = torch.aten.clamp_min %log1p, %int-100 : !torch.tensor, !torch.int -> !torch.tensor
  %not_y = torch.aten.sub.Scalar %target, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %off = torch.aten.mul.Tensor %not_y, %log_not_x : !torch.tensor, !torch.tensor -> !torch.tensor
  %on = torch.aten.mul.Tensor %target, %log_x : !torch.tensor, !torch.tensor -> !torch.tensor
  %entropy = torch.aten.sub.Tensor %off, %on, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %has_no_weight = torch.aten.__is__ %weight, %none : !torch.any, !torch.none -> !torch.bool
  %loss = torch.prim.If %has_no_weight -> !torch.tensor {
    torch.prim.yield %entropy : !torch.tensor
  } else {
    %weighted = torch.aten.mul.Tensor %entropy, %weight : !torch.tensor, !torch.any -> !torch.tensor
    torch.prim.yield %weighted : !torch.tensor
  }
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// bce(x, y) = w * ((1 - y) * x - (1 + (p - 1) * y) * log_sigmoid(x)), reduced
func.func @aten.binary_cross_entropy_with_logits(%self: !torch.tensor, %target: !torch.tensor,
    %weight: !torch.any, %pos_weight: !torch.any, %reduction: !torch.int) -> !torch.tensor {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %log_sigmoid = torch.aten.log_sigmoid %self : !torch.tensor -> !torch.tensor
  %has_no_pos_weight = torch.aten.__is__ %pos_weight, %none : !torch.any, !torch.none -> !torch.bool
  %positive = torch.prim.If %has_no_pos_weight -> !torch.tensor {
    torch.prim.yield %log_sigmoid : !torch.tensor
  } else {
    %extra = torch.aten.sub.Scalar %pos_weight, %int1, %int1 : !torch.any, !torch.int, !torch.int -> !torch.tensor
    %scaled = torch.aten.mul.Tensor %extra, %target : !torch.tensor, !torch.tensor -> !torch.tensor
    %factor = torch.aten.add.Scalar %scaled, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
    %weighted = torch.aten.mul.Tensor %factor, %log_sigmoid : !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %weighted : !torch.tensor
  }
  %not_y = torch.aten.rsub.Scalar %target, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %off = torch.aten.mul.Tensor %not_y, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  %entropy = torch.aten.sub.Tensor %off, %positive, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %has_no_weight = torch.aten.__is__ %weight, %none : !torch.any, !torch.none -> !torch.bool
  %loss = torch.prim.If %has_no_weight -> !torch.tensor {
    torch.prim.yield %entropy : !torch.tensor
  } else {
    %weighted_1 = torch.aten.mul.Tensor %entropy, %weight : !torch.tensor, !torch.any -> !torch.tensor
    torch.prim.yield %weighted_1 : !torch.tensor
  }
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// kl_div(x, y) = y * (log(y) - x), exp(y) * (y - x) if log_target; reduced
func.func @aten.kl_div(%self: !torch.tensor, %target: !torch.tensor, %reduction: !torch.int,
    %log_target: !torch.bool) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %loss = torch.prim.If %log_target -> !torch.tensor {
    %exp = torch.aten.exp %target : !torch.tensor -> !torch.tensor
    %difference = torch.aten.sub.Tensor %target, %self, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    %divergence = torch.aten.mul.Tensor %exp, %difference : !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %divergence : !torch.tensor
  } else {
    %entropy = torch.aten.xlogy.Tensor %target, %target : !torch.tensor, !torch.tensor -> !torch.tensor
    %cross = torch.aten.mul.Tensor %target, %self : !torch.tensor, !torch.tensor -> !torch.tensor
    %divergence_1 = torch.aten.sub.Tensor %entropy, %cross, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %divergence_1 : !torch.tensor
  }
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// soft_margin_loss(x, y) = log1p(exp(-y * x)), reduced
func.func @aten.soft_margin_loss(%self: !torch.tensor, %target: !torch.tensor,
    %reduction: !torch.int) -> !torch.tensor {
  %product = torch.aten.mul.Tensor %target, %self : !torch.tensor, !torch.tensor -> !torch.tensor
  %exponent = torch.aten.neg %product : !torch.tensor -> !torch.tensor
  %exp = torch.aten.exp %exponent : !torch.tensor -> !torch.tensor
  %loss = torch.aten.log1p %exp : !torch.tensor -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// margin_ranking_loss(a, b, y) = max(0, margin - y * (a - b)), reduced
func.func @aten.margin_ranking_loss(%input1: !torch.tensor, %input2: !torch.tensor,
    %target: !torch.tensor, %margin: !torch.float, %reduction: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %negative = torch.aten.neg %target : !torch.tensor -> !torch.tensor
  %difference = torch.aten.sub.Tensor %input1, %input2, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %product = torch.aten.mul.Tensor %negative, %difference : !torch.tensor, !torch.tensor -> !torch.tensor
  %shifted = torch.aten.add.Scalar %product, %margin, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %loss = torch.aten.clamp_min %shifted, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// hinge_embedding_loss(x, y) = x if y = 1, max(0, margin - x) if y = -1, reduced
func.func @aten.hinge_embedding_loss(%self: !torch.tensor, %target: !torch.tensor,
    %margin: !torch.float, %reduction: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %shifted = torch.aten.rsub.Scalar %self, %margin, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %hinge = torch.aten.clamp_min %shifted, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_one = torch.aten.eq.Scalar %target, %int1 : !torch.tensor, !torch.int -> !torch.tensor
  %negative = torch.aten.masked_fill.Scalar %hinge, %is_one, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %is_minus_one = torch.aten.eq.Scalar %target, %int-1 : !torch.tensor, !torch.int -> !torch.tensor
  %positive = torch.aten.masked_fill.Scalar %self, %is_minus_one, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %loss = torch.aten.add.Tensor %negative, %positive, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// cosine_embedding_loss(a, b, y) = 1 - cos if y = 1, max(0, cos - margin) if y = -1, reduced
func.func @aten.cosine_embedding_loss(%input1: !torch.tensor, %input2: !torch.tensor,
    %target: !torch.tensor, %margin: !torch.float, %reduction: !torch.int) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %float1e-12 = torch.constant 1.0e-12 : !torch.float
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %rank = torch.aten.dim %target : !torch.tensor -> !torch.int
  %is_batched = torch.aten.gt.int %rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %dim = torch.aten.Int.bool %is_batched : !torch.bool -> !torch.int
  %list = torch.prim.ListConstruct %dim : !torch.int -> !torch.list<int>
  %ab_product = torch.aten.mul.Tensor %input1, %input2 : !torch.tensor, !torch.tensor -> !torch.tensor
  %ab = torch.aten.sum.dim_IntList %ab_product, %list, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %aa_product = torch.aten.mul.Tensor %input1, %input1 : !torch.tensor, !torch.tensor -> !torch.tensor
  %aa = torch.aten.sum.dim_IntList %aa_product, %list, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %a_square = torch.aten.add.Scalar %aa, %float1e-12, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %bb_product = torch.aten.mul.Tensor %input2, %input2 : !torch.tensor, !torch.tensor -> !torch.tensor
  %bb = torch.aten.sum.dim_IntList %bb_product, %list, %false, %none : !torch.tensor, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
  %b_square = torch.aten.add.Scalar %bb, %float1e-12, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %squares = torch.aten.mul.Tensor %a_square, %b_square : !torch.tensor, !torch.tensor -> !torch.tensor
  %norm = torch.aten.sqrt %squares : !torch.tensor -> !torch.tensor
  %cos = torch.aten.div.Tensor %ab, %norm : !torch.tensor, !torch.tensor -> !torch.tensor
  %distance = torch.aten.rsub.Scalar %cos, %int1, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %shifted = torch.aten.sub.Scalar %cos, %margin, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %hinge = torch.aten.clamp_min %shifted, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %is_not_one = torch.aten.ne.Scalar %target, %int1 : !torch.tensor, !torch.int -> !torch.tensor
  %positive = torch.aten.masked_fill.Scalar %distance, %is_not_one, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %is_not_minus_one = torch.aten.ne.Scalar %target, %int-1 : !torch.tensor, !torch.int -> !torch.tensor
  %negative = torch.aten.masked_fill.Scalar %hinge, %is_not_minus_one, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %loss = torch.aten.add.Tensor %positive, %negative, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// poisson_nll_loss(x, y) = exp(x) - y * x, x - y * log(x + eps) unless log_input; reduced
func.func @aten.poisson_nll_loss(%input: !torch.tensor, %target: !torch.tensor,
    %log_input: !torch.bool, %full: !torch.bool, %eps: !torch.float,
    %reduction: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %float6.283185307179586 = torch.constant 6.283185307179586 : !torch.float
  %float0.5 = torch.constant 0.5 : !torch.float
  %int0 = torch.constant 0 : !torch.int
  %loss = torch.prim.If %log_input -> !torch.tensor {
    %exp = torch.aten.exp %input : !torch.tensor -> !torch.tensor
    %product = torch.aten.mul.Tensor %target, %input : !torch.tensor, !torch.tensor -> !torch.tensor
    %likelihood = torch.aten.sub.Tensor %exp, %product, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %likelihood : !torch.tensor
  } else {
    %shifted = torch.aten.add.Scalar %input, %eps, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
    %log = torch.aten.log %shifted : !torch.tensor -> !torch.tensor
    %product_1 = torch.aten.mul.Tensor %target, %log : !torch.tensor, !torch.tensor -> !torch.tensor
    %likelihood_1 = torch.aten.sub.Tensor %input, %product_1, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %likelihood_1 : !torch.tensor
  }
  %full_1 = torch.prim.If %full -> !torch.tensor {
    %log_1 = torch.aten.log %target : !torch.tensor -> !torch.tensor
    %entropy = torch.aten.mul.Tensor %target, %log_1 : !torch.tensor, !torch.tensor -> !torch.tensor
    %circle = torch.aten.mul.Scalar %target, %float6.283185307179586 : !torch.tensor, !torch.float -> !torch.tensor
    %log_2 = torch.aten.log %circle : !torch.tensor -> !torch.tensor
    %half = torch.aten.mul.Scalar %log_2, %float0.5 : !torch.tensor, !torch.float -> !torch.tensor
    %difference = torch.aten.sub.Tensor %entropy, %target, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    %stirling = torch.aten.add.Tensor %difference, %half, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    %is_small = torch.aten.le.Scalar %target, %int1 : !torch.tensor, !torch.int -> !torch.tensor
    %term = torch.aten.masked_fill.Scalar %stirling, %is_small, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    %with_term = torch.aten.add.Tensor %loss, %term, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %with_term : !torch.tensor
  } else {
    torch.prim.yield %loss : !torch.tensor
  }
  %result = torch.operator "torchonnx.reduce_loss"(%full_1, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// triplet_margin_loss(a, p, n) = max(0, margin + |a - p| - |a - n|), |p - n| if swap and less; reduced
func.func @aten.triplet_margin_loss(%anchor: !torch.tensor, %positive: !torch.tensor,
    %negative: !torch.tensor, %margin: !torch.float, %p: !torch.float, %eps: !torch.float,
    %swap: !torch.bool, %reduction: !torch.int) -> !torch.tensor {
  %false = torch.constant false
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %to_positive = torch.aten.pairwise_distance %anchor, %positive, %p, %eps, %false : !torch.tensor, !torch.tensor, !torch.float, !torch.float, !torch.bool -> !torch.tensor
  %to_negative = torch.aten.pairwise_distance %anchor, %negative, %p, %eps, %false : !torch.tensor, !torch.tensor, !torch.float, !torch.float, !torch.bool -> !torch.tensor
  %distance = torch.prim.If %swap -> !torch.tensor {
    %between = torch.aten.pairwise_distance %positive, %negative, %p, %eps, %false : !torch.tensor, !torch.tensor, !torch.float, !torch.float, !torch.bool -> !torch.tensor
    %least = torch.aten.minimum %to_negative, %between : !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %least : !torch.tensor
  } else {
    torch.prim.yield %to_negative : !torch.tensor
  }
  %difference = torch.aten.sub.Tensor %to_positive, %distance, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %shifted = torch.aten.add.Scalar %difference, %margin, %int1 : !torch.tensor, !torch.float, !torch.int -> !torch.tensor
  %loss = torch.aten.clamp_min %shifted, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %result = torch.operator "torchonnx.reduce_loss"(%loss, %reduction) : (!torch.tensor, !torch.int) -> !torch.tensor
  return %result : !torch.tensor
}

// cross_entropy_loss(x, y) = nll_loss(log_softmax(x), y)
func.func @aten.cross_entropy_loss(%self: !torch.tensor, %target: !torch.tensor,
    %weight: !torch.any, %reduction: !torch.int, %ignore_index: !torch.int,
    %label_smoothing: !torch.float) -> !torch.tensor {
  %message = torch.constant "cross_entropy_loss with class probabilities is not supported"
  %none = torch.constant none
  %float0.0 = torch.constant 0.0 : !torch.float
  %message_1 = torch.constant "cross_entropy_loss with label smoothing is not supported"
  %int1 = torch.constant 1 : !torch.int
  %is_probability = torch.aten.is_floating_point %target : !torch.tensor -> !torch.bool
  torch.prim.If %is_probability {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  %is_smooth = torch.aten.ne.float %label_smoothing, %float0.0 : !torch.float, !torch.float -> !torch.bool
  torch.prim.If %is_smooth {
    torch.prim.RaiseException %message_1, %none : !torch.str, !torch.none
  }
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_batched = torch.aten.gt.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
  %dim = torch.aten.Int.bool %is_batched : !torch.bool -> !torch.int
  %log_softmax = torch.aten.log_softmax.int %self, %dim, %none : !torch.tensor, !torch.int, !torch.none -> !torch.tensor
  %loss = torch.aten.nll_loss_nd %log_softmax, %target, %weight, %reduction, %ignore_index : !torch.tensor, !torch.tensor, !torch.any, !torch.int, !torch.int -> !torch.tensor
  return %loss : !torch.tensor
}

// nll_loss_nd(x, y) = -w[y] * x[y], 0 where y = ignore_index; the mean divides by the sum of w[y]
func.func @aten.nll_loss_nd(%self: !torch.tensor, %target: !torch.tensor, %weight: !torch.any,
    %reduction: !torch.int, %ignore_index: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_batched = torch.aten.gt.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
  %dim = torch.aten.Int.bool %is_batched : !torch.bool -> !torch.int
  %ignored = torch.aten.eq.Scalar %target, %ignore_index : !torch.tensor, !torch.int -> !torch.tensor
  %target_or_0 = torch.aten.masked_fill.Scalar %target, %ignored, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %column = torch.aten.unsqueeze %target_or_0, %dim : !torch.tensor, !torch.int -> !torch.tensor
  %picked = torch.aten.gather %self, %dim, %column, %false : !torch.tensor, !torch.int, !torch.tensor, !torch.bool -> !torch.tensor
  %likelihood = torch.aten.squeeze.dim %picked, %dim : !torch.tensor, !torch.int -> !torch.tensor
  %has_no_weight = torch.aten.__is__ %weight, %none : !torch.any, !torch.none -> !torch.bool
  %weights = torch.prim.If %has_no_weight -> !torch.tensor {
    %ones = torch.aten.ones_like %likelihood, %none, %none, %none, %none, %none : !torch.tensor, !torch.none, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
    torch.prim.yield %ones : !torch.tensor
  } else {
    %taken = torch.aten.take %weight, %target_or_0 : !torch.any, !torch.tensor -> !torch.tensor
    torch.prim.yield %taken : !torch.tensor
  }
  %scale = torch.aten.masked_fill.Scalar %weights, %ignored, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %product = torch.aten.mul.Tensor %likelihood, %scale : !torch.tensor, !torch.tensor -> !torch.tensor
  %loss = torch.aten.neg %product : !torch.tensor -> !torch.tensor
  %losses = torch.aten.masked_fill.Scalar %loss, %ignored, %int0 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  %is_none = torch.aten.eq.int %reduction, %int0 : !torch.int, !torch.int -> !torch.bool
  %result = torch.prim.If %is_none -> !torch.tensor {
    torch.prim.yield %losses : !torch.tensor
  } else {
    %is_mean = torch.aten.eq.int %reduction, %int1 : !torch.int, !torch.int -> !torch.bool
    %reduced = torch.prim.If %is_mean -> !torch.tensor {
      %sum = torch.aten.sum %losses, %none : !torch.tensor, !torch.none -> !torch.tensor
      %scales = torch.aten.sum %scale, %none : !torch.tensor, !torch.none -> !torch.tensor
      %mean = torch.aten.div.Tensor %sum, %scales : !torch.tensor, !torch.tensor -> !torch.tensor
      torch.prim.yield %mean : !torch.tensor
    } else {
      %total = torch.aten.sum %losses, %none : !torch.tensor, !torch.none -> !torch.tensor
      torch.prim.yield %total : !torch.tensor
    }
    torch.prim.yield %reduced : !torch.tensor
  }
  return %result : !torch.tensor
}

// nll_loss(x, y) = nll_loss_nd(x, y)
func.func @aten.nll_loss(%self: !torch.tensor, %target: !torch.tensor, %weight: !torch.any,
    %reduction: !torch.int, %ignore_index: !torch.int) -> !torch.tensor {
  %loss = torch.aten.nll_loss_nd %self, %target, %weight, %reduction, %ignore_index : !torch.tensor, !torch.tensor, !torch.any, !torch.int, !torch.int -> !torch.tensor
  return %loss : !torch.tensor
}

// nll_loss2d(x, y) = nll_loss_nd(x, y)
func.func @aten.nll_loss2d(%self: !torch.tensor, %target: !torch.tensor, %weight: !torch.any,
    %reduction: !torch.int, %ignore_index: !torch.int) -> !torch.tensor {
  %loss = torch.aten.nll_loss_nd %self, %target, %weight, %reduction, %ignore_index : !torch.tensor, !torch.tensor, !torch.any, !torch.int, !torch.int -> !torch.tensor
  return %loss : !torch.tensor
}
