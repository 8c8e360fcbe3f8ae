// Decompositions of convolution operators; see docs/WritingADecomposition.md.

// "valid" pads nothing; "same" pads d * (k - 1), the odd one at the end
func.func @aten.conv1d.padding(%input: !torch.tensor, %weight: !torch.tensor, %bias: !torch.any,
    %stride: !torch.list<int>, %padding: !torch.str, %dilation: !torch.list<int>,
    %groups: !torch.int) -> !torch.tensor {
  %str_valid = torch.constant "valid"
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %is_valid = torch.aten.eq.str %padding, %str_valid : !torch.str, !torch.str -> !torch.bool
  %result = torch.prim.If %is_valid -> !torch.tensor {
    %list = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
    %valid = torch.aten.conv1d %input, %weight, %bias, %stride, %list, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %valid : !torch.tensor
  } else {
    %k = torch.aten.size.int %weight, %int2 : !torch.tensor, !torch.int -> !torch.int
    %reach = torch.aten.sub.int %k, %int1 : !torch.int, !torch.int -> !torch.int
    %d = torch.aten.__getitem__.t %dilation, %int0 : !torch.list<int>, !torch.int -> !torch.int
    %total = torch.aten.mul.int %reach, %d : !torch.int, !torch.int -> !torch.int
    %side = torch.aten.floordiv.int %total, %int2 : !torch.int, !torch.int -> !torch.int
    %odd = torch.aten.remainder.int %total, %int2 : !torch.int, !torch.int -> !torch.int
    %is_even = torch.aten.eq.int %odd, %int0 : !torch.int, !torch.int -> !torch.bool
    %x = torch.prim.If %is_even -> !torch.tensor {
      torch.prim.yield %input : !torch.tensor
    } else {
      %list_1 = torch.prim.ListConstruct %int0, %odd : !torch.int, !torch.int -> !torch.list<int>
      %padded = torch.aten.constant_pad_nd %input, %list_1, %int0 : !torch.tensor, !torch.list<int>, !torch.int -> !torch.tensor
      torch.prim.yield %padded : !torch.tensor
    }
    %list_2 = torch.prim.ListConstruct %side : !torch.int -> !torch.list<int>
    %same = torch.aten.conv1d %x, %weight, %bias, %stride, %list_2, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %same : !torch.tensor
  }
  return %result : !torch.tensor
}

// "valid" pads nothing; "same" pads d * (k - 1), the odd one at the end
func.func @aten.conv2d.padding(%input: !torch.tensor, %weight: !torch.tensor, %bias: !torch.any,
    %stride: !torch.list<int>, %padding: !torch.str, %dilation: !torch.list<int>,
    %groups: !torch.int) -> !torch.tensor {
  %str_valid = torch.constant "valid"
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %is_valid = torch.aten.eq.str %padding, %str_valid : !torch.str, !torch.str -> !torch.bool
  %result = torch.prim.If %is_valid -> !torch.tensor {
    %list = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
    %valid = torch.aten.conv2d %input, %weight, %bias, %stride, %list, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %valid : !torch.tensor
  } else {
    %k = torch.aten.size.int %weight, %int2 : !torch.tensor, !torch.int -> !torch.int
    %reach = torch.aten.sub.int %k, %int1 : !torch.int, !torch.int -> !torch.int
    %d = torch.aten.__getitem__.t %dilation, %int0 : !torch.list<int>, !torch.int -> !torch.int
    %total = torch.aten.mul.int %reach, %d : !torch.int, !torch.int -> !torch.int
    %side = torch.aten.floordiv.int %total, %int2 : !torch.int, !torch.int -> !torch.int
    %odd = torch.aten.remainder.int %total, %int2 : !torch.int, !torch.int -> !torch.int
    %k_1 = torch.aten.size.int %weight, %int3 : !torch.tensor, !torch.int -> !torch.int
    %reach_1 = torch.aten.sub.int %k_1, %int1 : !torch.int, !torch.int -> !torch.int
    %d_1 = torch.aten.__getitem__.t %dilation, %int1 : !torch.list<int>, !torch.int -> !torch.int
    %total_1 = torch.aten.mul.int %reach_1, %d_1 : !torch.int, !torch.int -> !torch.int
    %side_1 = torch.aten.floordiv.int %total_1, %int2 : !torch.int, !torch.int -> !torch.int
    %odd_1 = torch.aten.remainder.int %total_1, %int2 : !torch.int, !torch.int -> !torch.int
    %odds = torch.aten.add.int %odd, %odd_1 : !torch.int, !torch.int -> !torch.int
    %is_even = torch.aten.eq.int %odds, %int0 : !torch.int, !torch.int -> !torch.bool
    %x = torch.prim.If %is_even -> !torch.tensor {
      torch.prim.yield %input : !torch.tensor
    } else {
      %list_1 = torch.prim.ListConstruct %int0, %odd_1, %int0, %odd : !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
      %padded = torch.aten.constant_pad_nd %input, %list_1, %int0 : !torch.tensor, !torch.list<int>, !torch.int -> !torch.tensor
      torch.prim.yield %padded : !torch.tensor
    }
    %list_2 = torch.prim.ListConstruct %side, %side_1 : !torch.int, !torch.int -> !torch.list<int>
    %same = torch.aten.conv2d %x, %weight, %bias, %stride, %list_2, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %same : !torch.tensor
  }
  return %result : !torch.tensor
}

// "valid" pads nothing; "same" pads d * (k - 1), the odd one at the end
func.func @aten.conv3d.padding(%input: !torch.tensor, %weight: !torch.tensor, %bias: !torch.any,
    %stride: !torch.list<int>, %padding: !torch.str, %dilation: !torch.list<int>,
    %groups: !torch.int) -> !torch.tensor {
  %str_valid = torch.constant "valid"
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %is_valid = torch.aten.eq.str %padding, %str_valid : !torch.str, !torch.str -> !torch.bool
  %result = torch.prim.If %is_valid -> !torch.tensor {
    %list = torch.prim.ListConstruct %int0, %int0, %int0 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
    %valid = torch.aten.conv3d %input, %weight, %bias, %stride, %list, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %valid : !torch.tensor
  } else {
    %k = torch.aten.size.int %weight, %int2 : !torch.tensor, !torch.int -> !torch.int
    %reach = torch.aten.sub.int %k, %int1 : !torch.int, !torch.int -> !torch.int
    %d = torch.aten.__getitem__.t %dilation, %int0 : !torch.list<int>, !torch.int -> !torch.int
    %total = torch.aten.mul.int %reach, %d : !torch.int, !torch.int -> !torch.int
    %side = torch.aten.floordiv.int %total, %int2 : !torch.int, !torch.int -> !torch.int
    %odd = torch.aten.remainder.int %total, %int2 : !torch.int, !torch.int -> !torch.int
    %k_1 = torch.aten.size.int %weight, %int3 : !torch.tensor, !torch.int -> !torch.int
    %reach_1 = torch.aten.sub.int %k_1, %int1 : !torch.int, !torch.int -> !torch.int
    %d_1 = torch.aten.__getitem__.t %dilation, %int1 : !torch.list<int>, !torch.int -> !torch.int
    %total_1 = torch.aten.mul.int %reach_1, %d_1 : !torch.int, !torch.int -> !torch.int
    %side_1 = torch.aten.floordiv.int %total_1, %int2 : !torch.int, !torch.int -> !torch.int
    %odd_1 = torch.aten.remainder.int %total_1, %int2 : !torch.int, !torch.int -> !torch.int
    %k_2 = torch.aten.size.int %weight, %int4 : !torch.tensor, !torch.int -> !torch.int
    %reach_2 = torch.aten.sub.int %k_2, %int1 : !torch.int, !torch.int -> !torch.int
    %d_2 = torch.aten.__getitem__.t %dilation, %int2 : !torch.list<int>, !torch.int -> !torch.int
    %total_2 = torch.aten.mul.int %reach_2, %d_2 : !torch.int, !torch.int -> !torch.int
    %side_2 = torch.aten.floordiv.int %total_2, %int2 : !torch.int, !torch.int -> !torch.int
    %odd_2 = torch.aten.remainder.int %total_2, %int2 : !torch.int, !torch.int -> !torch.int
    %odds = torch.aten.add.int %odd, %odd_1 : !torch.int, !torch.int -> !torch.int
    %odds_1 = torch.aten.add.int %odds, %odd_2 : !torch.int, !torch.int -> !torch.int
    %is_even = torch.aten.eq.int %odds_1, %int0 : !torch.int, !torch.int -> !torch.bool
    %x = torch.prim.If %is_even -> !torch.tensor {
      torch.prim.yield %input : !torch.tensor
    } else {
      %list_1 = torch.prim.ListConstruct %int0, %odd_2, %int0, %odd_1, %int0, %odd : !torch.int, !torch.int, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
      %padded = torch.aten.constant_pad_nd %input, %list_1, %int0 : !torch.tensor, !torch.list<int>, !torch.int -> !torch.tensor
      torch.prim.yield %padded : !torch.tensor
    }
    %list_2 = torch.prim.ListConstruct %side, %side_1, %side_2 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
    %same = torch.aten.conv3d %x, %weight, %bias, %stride, %list_2, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %same : !torch.tensor
  }
  return %result : !torch.tensor
}

// the convolution with as many dimensions as the weight has
func.func @aten._convolution_mode(%input: !torch.tensor, %weight: !torch.tensor, %bias: !torch.any,
    %stride: !torch.list<int>, %padding: !torch.str, %dilation: !torch.list<int>,
    %groups: !torch.int) -> !torch.tensor {
  %int3 = torch.constant 3 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %rank = torch.aten.dim %weight : !torch.tensor -> !torch.int
  %is_1d = torch.aten.eq.int %rank, %int3 : !torch.int, !torch.int -> !torch.bool
  %result_1 = torch.prim.If %is_1d -> !torch.tensor {
    %conv = torch.aten.conv1d.padding %input, %weight, %bias, %stride, %padding, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.str, !torch.list<int>, !torch.int -> !torch.tensor
    torch.prim.yield %conv : !torch.tensor
  } else {
    %is_2d = torch.aten.eq.int %rank, %int4 : !torch.int, !torch.int -> !torch.bool
    %result = torch.prim.If %is_2d -> !torch.tensor {
      %conv_1 = torch.aten.conv2d.padding %input, %weight, %bias, %stride, %padding, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.str, !torch.list<int>, !torch.int -> !torch.tensor
      torch.prim.yield %conv_1 : !torch.tensor
    } else {
      %conv_2 = torch.aten.conv3d.padding %input, %weight, %bias, %stride, %padding, %dilation, %groups : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.str, !torch.list<int>, !torch.int -> !torch.tensor
      torch.prim.yield %conv_2 : !torch.tensor
    }
    torch.prim.yield %result : !torch.tensor
  }
  return %result_1 : !torch.tensor
}

// conv2d without dilation and groups
func.func @aten.thnn_conv2d(%self: !torch.tensor, %weight: !torch.tensor,
    %kernel_size: !torch.list<int>, %bias: !torch.any, %stride: !torch.list<int>,
    %padding: !torch.list<int>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %list = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %result = torch.aten.conv2d %self, %weight, %bias, %stride, %padding, %list, %int1 : !torch.tensor, !torch.tensor, !torch.any, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}
