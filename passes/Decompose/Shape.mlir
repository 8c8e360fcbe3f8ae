// Decompositions of shape operators; see docs/WritingADecomposition.md.

// pixel_unshuffle: [.., c, h * r, w * r] -> [.., c, h, r, w, r] -> [.., c, r, r, h, w] -> [.., c * r * r, h, w]
func.func @aten.pixel_unshuffle(%self: !torch.tensor,
    %downscale_factor: !torch.int) -> !torch.tensor {
  %none = torch.constant none
  %int-3 = torch.constant -3 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int-2 = torch.constant -2 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %size = torch.aten.size %self : !torch.tensor -> !torch.list<int>
  %outer = torch.aten.slice.t %size, %none, %int-3, %int1 : !torch.list<int>, !torch.none, !torch.int, !torch.int -> !torch.list<int>
  %c = torch.aten.__getitem__.t %size, %int-3 : !torch.list<int>, !torch.int -> !torch.int
  %rows = torch.aten.__getitem__.t %size, %int-2 : !torch.list<int>, !torch.int -> !torch.int
  %columns = torch.aten.__getitem__.t %size, %int-1 : !torch.list<int>, !torch.int -> !torch.int
  %h = torch.aten.floordiv.int %rows, %downscale_factor : !torch.int, !torch.int -> !torch.int
  %w = torch.aten.floordiv.int %columns, %downscale_factor : !torch.int, !torch.int -> !torch.int
  %list = torch.prim.ListConstruct %c, %h, %downscale_factor, %w, %downscale_factor : !torch.int, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %split_size = torch.aten.add.t %outer, %list : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %split = torch.aten.reshape %self, %split_size : !torch.tensor, !torch.list<int> -> !torch.tensor
  %count = torch.aten.len.t %outer : !torch.list<int> -> !torch.int
  %list_1 = torch.prim.ListConstruct -> !torch.list<int>
  %dims_1 = torch.prim.Loop %count, %true, init(%list_1) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i: !torch.int, %dims: !torch.list<int>):
    %list_2 = torch.prim.ListConstruct %i : !torch.int -> !torch.list<int>
    %longer = torch.aten.add.t %dims, %list_2 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
  }
  %dim = torch.aten.add.int %count, %int0 : !torch.int, !torch.int -> !torch.int
  %dim_1 = torch.aten.add.int %count, %int2 : !torch.int, !torch.int -> !torch.int
  %dim_2 = torch.aten.add.int %count, %int4 : !torch.int, !torch.int -> !torch.int
  %dim_3 = torch.aten.add.int %count, %int1 : !torch.int, !torch.int -> !torch.int
  %dim_4 = torch.aten.add.int %count, %int3 : !torch.int, !torch.int -> !torch.int
  %list_3 = torch.prim.ListConstruct %dim, %dim_1, %dim_2, %dim_3, %dim_4 : !torch.int, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %order = torch.aten.add.t %dims_1, %list_3 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %permuted = torch.aten.permute %split, %order : !torch.tensor, !torch.list<int> -> !torch.tensor
  %cr = torch.aten.mul.int %c, %downscale_factor : !torch.int, !torch.int -> !torch.int
  %channels = torch.aten.mul.int %cr, %downscale_factor : !torch.int, !torch.int -> !torch.int
  %list_4 = torch.prim.ListConstruct %channels, %h, %w : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %result_size = torch.aten.add.t %outer, %list_4 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %result = torch.aten.reshape %permuted, %result_size : !torch.tensor, !torch.list<int> -> !torch.tensor
  return %result : !torch.tensor
}

// a 0-dim tensor gets one dimension
func.func @aten.atleast_1d(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_scalar = torch.aten.eq.int %rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %at_least_1d = torch.prim.If %is_scalar -> !torch.tensor {
    %vector = torch.aten.unsqueeze %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %vector : !torch.tensor
  } else {
    torch.prim.yield %self : !torch.tensor
  }
  return %at_least_1d : !torch.tensor
}

// n -> [1, n]
func.func @aten.atleast_2d(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_scalar = torch.aten.eq.int %rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %at_least_2d = torch.prim.If %is_scalar -> !torch.tensor {
    %list = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
    %matrix = torch.aten.reshape %self, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
    torch.prim.yield %matrix : !torch.tensor
  } else {
    %is_vector = torch.aten.eq.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
    %matrix_1 = torch.prim.If %is_vector -> !torch.tensor {
      %row = torch.aten.unsqueeze %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
      torch.prim.yield %row : !torch.tensor
    } else {
      torch.prim.yield %self : !torch.tensor
    }
    torch.prim.yield %matrix_1 : !torch.tensor
  }
  return %at_least_2d : !torch.tensor
}

// n -> [1, n, 1], [m, n] -> [m, n, 1]
func.func @aten.atleast_3d(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_scalar = torch.aten.eq.int %rank, %int0 : !torch.int, !torch.int -> !torch.bool
  %at_least_3d = torch.prim.If %is_scalar -> !torch.tensor {
    %list = torch.prim.ListConstruct %int1, %int1, %int1 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
    %cube = torch.aten.reshape %self, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
    torch.prim.yield %cube : !torch.tensor
  } else {
    %is_vector = torch.aten.eq.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
    %cube_4 = torch.prim.If %is_vector -> !torch.tensor {
      %row = torch.aten.unsqueeze %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
      %cube_1 = torch.aten.unsqueeze %row, %int-1 : !torch.tensor, !torch.int -> !torch.tensor
      torch.prim.yield %cube_1 : !torch.tensor
    } else {
      %is_matrix = torch.aten.eq.int %rank, %int2 : !torch.int, !torch.int -> !torch.bool
      %cube_3 = torch.prim.If %is_matrix -> !torch.tensor {
        %cube_2 = torch.aten.unsqueeze %self, %int-1 : !torch.tensor, !torch.int -> !torch.tensor
        torch.prim.yield %cube_2 : !torch.tensor
      } else {
        torch.prim.yield %self : !torch.tensor
      }
      torch.prim.yield %cube_3 : !torch.tensor
    }
    torch.prim.yield %cube_4 : !torch.tensor
  }
  return %at_least_3d : !torch.tensor
}

// hstack = cat along the columns, of vectors along their only dimension
func.func @aten.hstack(%tensors: !torch.list<tensor>) -> !torch.tensor {
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %count = torch.aten.len.t %tensors : !torch.list<tensor> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<tensor>
  %parts_1 = torch.prim.Loop %count, %true, init(%list) : (!torch.list<tensor>) -> !torch.list<tensor> {
  ^bb0(%i: !torch.int, %parts: !torch.list<tensor>):
    %tensor = torch.aten.__getitem__.t %tensors, %i : !torch.list<tensor>, !torch.int -> !torch.tensor
    %part = torch.aten.atleast_1d %tensor : !torch.tensor -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %part : !torch.tensor -> !torch.list<tensor>
    %longer = torch.aten.add.t %parts, %list_1 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<tensor>
  }
  %first = torch.aten.__getitem__.t %parts_1, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  %rank = torch.aten.dim %first : !torch.tensor -> !torch.int
  %is_matrix = torch.aten.gt.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
  %dim = torch.aten.Int.bool %is_matrix : !torch.bool -> !torch.int
  %result = torch.aten.cat %parts_1, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// vstack = cat of the rows
func.func @aten.vstack(%tensors: !torch.list<tensor>) -> !torch.tensor {
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  %count = torch.aten.len.t %tensors : !torch.list<tensor> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<tensor>
  %parts_1 = torch.prim.Loop %count, %true, init(%list) : (!torch.list<tensor>) -> !torch.list<tensor> {
  ^bb0(%i: !torch.int, %parts: !torch.list<tensor>):
    %tensor = torch.aten.__getitem__.t %tensors, %i : !torch.list<tensor>, !torch.int -> !torch.tensor
    %part = torch.aten.atleast_2d %tensor : !torch.tensor -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %part : !torch.tensor -> !torch.list<tensor>
    %longer = torch.aten.add.t %parts, %list_1 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<tensor>
  }
  %result = torch.aten.cat %parts_1, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// row_stack = cat of the rows
func.func @aten.row_stack(%tensors: !torch.list<tensor>) -> !torch.tensor {
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  %count = torch.aten.len.t %tensors : !torch.list<tensor> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<tensor>
  %parts_1 = torch.prim.Loop %count, %true, init(%list) : (!torch.list<tensor>) -> !torch.list<tensor> {
  ^bb0(%i: !torch.int, %parts: !torch.list<tensor>):
    %tensor = torch.aten.__getitem__.t %tensors, %i : !torch.list<tensor>, !torch.int -> !torch.tensor
    %part = torch.aten.atleast_2d %tensor : !torch.tensor -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %part : !torch.tensor -> !torch.list<tensor>
    %longer = torch.aten.add.t %parts, %list_1 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<tensor>
  }
  %result = torch.aten.cat %parts_1, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// dstack = cat along the third dimension
func.func @aten.dstack(%tensors: !torch.list<tensor>) -> !torch.tensor {
  %true = torch.constant true
  %int2 = torch.constant 2 : !torch.int
  %count = torch.aten.len.t %tensors : !torch.list<tensor> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<tensor>
  %parts_1 = torch.prim.Loop %count, %true, init(%list) : (!torch.list<tensor>) -> !torch.list<tensor> {
  ^bb0(%i: !torch.int, %parts: !torch.list<tensor>):
    %tensor = torch.aten.__getitem__.t %tensors, %i : !torch.list<tensor>, !torch.int -> !torch.tensor
    %part = torch.aten.atleast_3d %tensor : !torch.tensor -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %part : !torch.tensor -> !torch.list<tensor>
    %longer = torch.aten.add.t %parts, %list_1 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<tensor>
  }
  %result = torch.aten.cat %parts_1, %int2 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// column_stack = cat along the columns, a vector being one
func.func @aten.column_stack(%tensors: !torch.list<tensor>) -> !torch.tensor {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %count = torch.aten.len.t %tensors : !torch.list<tensor> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<tensor>
  %parts_1 = torch.prim.Loop %count, %true, init(%list) : (!torch.list<tensor>) -> !torch.list<tensor> {
  ^bb0(%i: !torch.int, %parts: !torch.list<tensor>):
    %tensor = torch.aten.__getitem__.t %tensors, %i : !torch.list<tensor>, !torch.int -> !torch.tensor
    %rank = torch.aten.dim %tensor : !torch.tensor -> !torch.int
    %is_vector = torch.aten.le.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
    %part = torch.prim.If %is_vector -> !torch.tensor {
      %list_1 = torch.prim.ListConstruct %int-1, %int1 : !torch.int, !torch.int -> !torch.list<int>
      %column = torch.aten.reshape %tensor, %list_1 : !torch.tensor, !torch.list<int> -> !torch.tensor
      torch.prim.yield %column : !torch.tensor
    } else {
      torch.prim.yield %tensor : !torch.tensor
    }
    %list_2 = torch.prim.ListConstruct %part : !torch.tensor -> !torch.list<tensor>
    %longer = torch.aten.add.t %parts, %list_2 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<tensor>
  }
  %result = torch.aten.cat %parts_1, %int1 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// movedim(x, i, j) = x with dimension i moved to position j
func.func @aten.movedim.int(%self: !torch.tensor, %source: !torch.int,
    %destination: !torch.int) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %true = torch.constant true
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %is_negative = torch.aten.lt.int %source, %int0 : !torch.int, !torch.int -> !torch.bool
  %source_dim = torch.prim.If %is_negative -> !torch.int {
    %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
    %wrapped = torch.aten.add.int %source, %rank : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %wrapped : !torch.int
  } else {
    torch.prim.yield %source : !torch.int
  }
  %is_negative_1 = torch.aten.lt.int %destination, %int0 : !torch.int, !torch.int -> !torch.bool
  %target_dim = torch.prim.If %is_negative_1 -> !torch.int {
    %rank_1 = torch.aten.dim %self : !torch.tensor -> !torch.int
    %wrapped_1 = torch.aten.add.int %destination, %rank_1 : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %wrapped_1 : !torch.int
  } else {
    torch.prim.yield %destination : !torch.int
  }
  %count = torch.aten.dim %self : !torch.tensor -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<int>
  %all_1 = torch.prim.Loop %count, %true, init(%list) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i: !torch.int, %all: !torch.list<int>):
    %list_1 = torch.prim.ListConstruct %i : !torch.int -> !torch.list<int>
    %longer = torch.aten.add.t %all, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
  }
  %before_source = torch.aten.slice.t %all_1, %none, %source_dim, %int1 : !torch.list<int>, !torch.none, !torch.int, !torch.int -> !torch.list<int>
  %next = torch.aten.add.int %source_dim, %int1 : !torch.int, !torch.int -> !torch.int
  %after_source = torch.aten.slice.t %all_1, %next, %none, %int1 : !torch.list<int>, !torch.int, !torch.none, !torch.int -> !torch.list<int>
  %rest = torch.aten.add.t %before_source, %after_source : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %before = torch.aten.slice.t %rest, %none, %target_dim, %int1 : !torch.list<int>, !torch.none, !torch.int, !torch.int -> !torch.list<int>
  %after = torch.aten.slice.t %rest, %target_dim, %none, %int1 : !torch.list<int>, !torch.int, !torch.none, !torch.int -> !torch.list<int>
  %list_2 = torch.prim.ListConstruct %source_dim : !torch.int -> !torch.list<int>
  %front = torch.aten.add.t %before, %list_2 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %order = torch.aten.add.t %front, %after : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %result = torch.aten.permute %self, %order : !torch.tensor, !torch.list<int> -> !torch.tensor
  return %result : !torch.tensor
}

// movedim(x, i, j): position j[n] gets dimension i[n], the other dimensions keep their order
func.func @aten.movedim.intlist(%self: !torch.tensor, %source: !torch.list<int>,
    %destination: !torch.list<int>) -> !torch.tensor {
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %count = torch.aten.dim %self : !torch.tensor -> !torch.int
  %length = torch.aten.len.t %source : !torch.list<int> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<int>
  %sources_1 = torch.prim.Loop %length, %true, init(%list) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i: !torch.int, %sources: !torch.list<int>):
    %dim = torch.aten.__getitem__.t %source, %i : !torch.list<int>, !torch.int -> !torch.int
    %is_negative = torch.aten.lt.int %dim, %int0 : !torch.int, !torch.int -> !torch.bool
    %d = torch.prim.If %is_negative -> !torch.int {
      %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
      %wrapped = torch.aten.add.int %dim, %rank : !torch.int, !torch.int -> !torch.int
      torch.prim.yield %wrapped : !torch.int
    } else {
      torch.prim.yield %dim : !torch.int
    }
    %list_1 = torch.prim.ListConstruct %d : !torch.int -> !torch.list<int>
    %longer = torch.aten.add.t %sources, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
  }
  %length_1 = torch.aten.len.t %destination : !torch.list<int> -> !torch.int
  %list_2 = torch.prim.ListConstruct -> !torch.list<int>
  %targets_1 = torch.prim.Loop %length_1, %true, init(%list_2) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i_1: !torch.int, %targets: !torch.list<int>):
    %dim_1 = torch.aten.__getitem__.t %destination, %i_1 : !torch.list<int>, !torch.int -> !torch.int
    %is_negative_1 = torch.aten.lt.int %dim_1, %int0 : !torch.int, !torch.int -> !torch.bool
    %d_1 = torch.prim.If %is_negative_1 -> !torch.int {
      %rank_1 = torch.aten.dim %self : !torch.tensor -> !torch.int
      %wrapped_1 = torch.aten.add.int %dim_1, %rank_1 : !torch.int, !torch.int -> !torch.int
      torch.prim.yield %wrapped_1 : !torch.int
    } else {
      torch.prim.yield %dim_1 : !torch.int
    }
    %list_3 = torch.prim.ListConstruct %d_1 : !torch.int -> !torch.list<int>
    %longer_1 = torch.aten.add.t %targets, %list_3 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer_1) : !torch.list<int>
  }
  %list_4 = torch.prim.ListConstruct -> !torch.list<int>
  %rest_1 = torch.prim.Loop %count, %true, init(%list_4) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i_2: !torch.int, %rest: !torch.list<int>):
    %is_source = torch.aten.__contains__.int_list %sources_1, %i_2 : !torch.list<int>, !torch.int -> !torch.bool
    %next_rest = torch.prim.If %is_source -> !torch.list<int> {
      torch.prim.yield %rest : !torch.list<int>
    } else {
      %list_5 = torch.prim.ListConstruct %i_2 : !torch.int -> !torch.list<int>
      %longer_2 = torch.aten.add.t %rest, %list_5 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
      torch.prim.yield %longer_2 : !torch.list<int>
    }
    torch.prim.loop_condition %true, iter(%next_rest) : !torch.list<int>
  }
  %list_6 = torch.prim.ListConstruct -> !torch.list<int>
  %order_1, %left_1 = torch.prim.Loop %count, %true, init(%list_6, %rest_1) : (!torch.list<int>, !torch.list<int>) -> (!torch.list<int>, !torch.list<int>) {
  ^bb0(%i_3: !torch.int, %order: !torch.list<int>, %left: !torch.list<int>):
    %is_taken = torch.aten.__contains__.int_list %targets_1, %i_3 : !torch.list<int>, !torch.int -> !torch.bool
    %next_order_1, %next_left = torch.prim.If %is_taken -> (!torch.list<int>, !torch.list<int>) {
      %length_2 = torch.aten.len.t %targets_1 : !torch.list<int> -> !torch.int
      %with_source_1 = torch.prim.Loop %length_2, %true, init(%order) : (!torch.list<int>) -> !torch.list<int> {
      ^bb0(%i_4: !torch.int, %with_source: !torch.list<int>):
        %target = torch.aten.__getitem__.t %targets_1, %i_4 : !torch.list<int>, !torch.int -> !torch.int
        %is_target = torch.aten.eq.int %target, %i_3 : !torch.int, !torch.int -> !torch.bool
        %next_order = torch.prim.If %is_target -> !torch.list<int> {
          %source_dim = torch.aten.__getitem__.t %sources_1, %i_4 : !torch.list<int>, !torch.int -> !torch.int
          %list_7 = torch.prim.ListConstruct %source_dim : !torch.int -> !torch.list<int>
          %longer_3 = torch.aten.add.t %with_source, %list_7 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
          torch.prim.yield %longer_3 : !torch.list<int>
        } else {
          torch.prim.yield %with_source : !torch.list<int>
        }
        torch.prim.loop_condition %true, iter(%next_order) : !torch.list<int>
      }
      torch.prim.yield %with_source_1, %left : !torch.list<int>, !torch.list<int>
    } else {
      %dim_2 = torch.aten.__getitem__.t %left, %int0 : !torch.list<int>, !torch.int -> !torch.int
      %list_8 = torch.prim.ListConstruct %dim_2 : !torch.int -> !torch.list<int>
      %longer_4 = torch.aten.add.t %order, %list_8 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
      %shorter = torch.aten.slice.t %left, %int1, %none, %int1 : !torch.list<int>, !torch.int, !torch.none, !torch.int -> !torch.list<int>
      torch.prim.yield %longer_4, %shorter : !torch.list<int>, !torch.list<int>
    }
    torch.prim.loop_condition %true, iter(%next_order_1, %next_left) : !torch.list<int>, !torch.list<int>
  }
  %result = torch.aten.permute %self, %order_1 : !torch.tensor, !torch.list<int> -> !torch.tensor
  return %result : !torch.tensor
}

// moveaxis = movedim
func.func @aten.moveaxis.int(%self: !torch.tensor, %source: !torch.int,
    %destination: !torch.int) -> !torch.tensor {
  %result = torch.aten.movedim.int %self, %source, %destination : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// moveaxis = movedim
func.func @aten.moveaxis.intlist(%self: !torch.tensor, %source: !torch.list<int>,
    %destination: !torch.list<int>) -> !torch.tensor {
  %result = torch.aten.movedim.intlist %self, %source, %destination : !torch.tensor, !torch.list<int>, !torch.list<int> -> !torch.tensor
  return %result : !torch.tensor
}

// roll(x, n, d)[i] = x[(i - n) mod size(d)]; without d, of the flattened tensor
func.func @aten.roll(%self: !torch.tensor, %shifts: !torch.list<int>,
    %dims: !torch.list<int>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %true = torch.constant true
  %count = torch.aten.len.t %dims : !torch.list<int> -> !torch.int
  %is_flat = torch.aten.eq.int %count, %int0 : !torch.int, !torch.int -> !torch.bool
  %result = torch.prim.If %is_flat -> !torch.tensor {
    %list = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
    %flat = torch.aten.reshape %self, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
    %shift = torch.aten.__getitem__.t %shifts, %int0 : !torch.list<int>, !torch.int -> !torch.int
    %size = torch.aten.size.int %flat, %int0 : !torch.tensor, !torch.int -> !torch.int
    %back = torch.aten.neg.int %shift : !torch.int -> !torch.int
    %start = torch.aten.remainder.int %back, %size : !torch.int, !torch.int -> !torch.int
    %tail = torch.aten.slice.Tensor %flat, %int0, %start, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
    %head = torch.aten.slice.Tensor %flat, %int0, %none, %start, %int1 : !torch.tensor, !torch.int, !torch.none, !torch.int, !torch.int -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %tail, %head : !torch.tensor, !torch.tensor -> !torch.list<tensor>
    %rolled = torch.aten.cat %list_1, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
    %sizes = torch.aten.size %self : !torch.tensor -> !torch.list<int>
    %shaped = torch.aten.reshape %rolled, %sizes : !torch.tensor, !torch.list<int> -> !torch.tensor
    torch.prim.yield %shaped : !torch.tensor
  } else {
    %turned_1 = torch.prim.Loop %count, %true, init(%self) : (!torch.tensor) -> !torch.tensor {
    ^bb0(%i: !torch.int, %turned: !torch.tensor):
      %shift_1 = torch.aten.__getitem__.t %shifts, %i : !torch.list<int>, !torch.int -> !torch.int
      %dim = torch.aten.__getitem__.t %dims, %i : !torch.list<int>, !torch.int -> !torch.int
      %size_1 = torch.aten.size.int %turned, %dim : !torch.tensor, !torch.int -> !torch.int
      %back_1 = torch.aten.neg.int %shift_1 : !torch.int -> !torch.int
      %start_1 = torch.aten.remainder.int %back_1, %size_1 : !torch.int, !torch.int -> !torch.int
      %tail_1 = torch.aten.slice.Tensor %turned, %dim, %start_1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
      %head_1 = torch.aten.slice.Tensor %turned, %dim, %none, %start_1, %int1 : !torch.tensor, !torch.int, !torch.none, !torch.int, !torch.int -> !torch.tensor
      %list_2 = torch.prim.ListConstruct %tail_1, %head_1 : !torch.tensor, !torch.tensor -> !torch.list<tensor>
      %rolled_1 = torch.aten.cat %list_2, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor
      torch.prim.loop_condition %true, iter(%rolled_1) : !torch.tensor
    }
    torch.prim.yield %turned_1 : !torch.tensor
  }
  return %result : !torch.tensor
}

// rot90(x, k) turns the plane of two dimensions k times
func.func @aten.rot90(%self: !torch.tensor, %k: !torch.int,
    %dims: !torch.list<int>) -> !torch.tensor {
  %int4 = torch.constant 4 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %turns = torch.aten.remainder.int %k, %int4 : !torch.int, !torch.int -> !torch.int
  %a = torch.aten.__getitem__.t %dims, %int0 : !torch.list<int>, !torch.int -> !torch.int
  %b = torch.aten.__getitem__.t %dims, %int1 : !torch.list<int>, !torch.int -> !torch.int
  %is_0 = torch.aten.eq.int %turns, %int0 : !torch.int, !torch.int -> !torch.bool
  %result_2 = torch.prim.If %is_0 -> !torch.tensor {
    torch.prim.yield %self : !torch.tensor
  } else {
    %is_1 = torch.aten.eq.int %turns, %int1 : !torch.int, !torch.int -> !torch.bool
    %result_1 = torch.prim.If %is_1 -> !torch.tensor {
      %list = torch.prim.ListConstruct %b : !torch.int -> !torch.list<int>
      %flipped = torch.aten.flip %self, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
      %turned = torch.aten.transpose.int %flipped, %a, %b : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
      torch.prim.yield %turned : !torch.tensor
    } else {
      %is_2 = torch.aten.eq.int %turns, %int2 : !torch.int, !torch.int -> !torch.bool
      %result = torch.prim.If %is_2 -> !torch.tensor {
        %list_1 = torch.prim.ListConstruct %a, %b : !torch.int, !torch.int -> !torch.list<int>
        %opposite = torch.aten.flip %self, %list_1 : !torch.tensor, !torch.list<int> -> !torch.tensor
        torch.prim.yield %opposite : !torch.tensor
      } else {
        %list_2 = torch.prim.ListConstruct %a : !torch.int -> !torch.list<int>
        %flipped_1 = torch.aten.flip %self, %list_2 : !torch.tensor, !torch.list<int> -> !torch.tensor
        %turned_1 = torch.aten.transpose.int %flipped_1, %a, %b : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
        torch.prim.yield %turned_1 : !torch.tensor
      }
      torch.prim.yield %result : !torch.tensor
    }
    torch.prim.yield %result_1 : !torch.tensor
  }
  return %result_2 : !torch.tensor
}

// adjoint(x) = transpose(x, -2, -1), for real numbers
func.func @aten.adjoint(%self: !torch.tensor) -> !torch.tensor {
  %message = torch.constant "adjoint of complex tensors is not supported"
  %none = torch.constant none
  %int-2 = torch.constant -2 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %is_complex = torch.aten.is_complex %self : !torch.tensor -> !torch.bool
  torch.prim.If %is_complex {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  %result = torch.aten.transpose.int %self, %int-2, %int-1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// mH(x) = transpose(x, -2, -1), for real numbers
func.func @aten.mH(%self: !torch.tensor) -> !torch.tensor {
  %message = torch.constant "mH of complex tensors is not supported"
  %none = torch.constant none
  %int-2 = torch.constant -2 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %is_complex = torch.aten.is_complex %self : !torch.tensor -> !torch.bool
  torch.prim.If %is_complex {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
  }
  %result = torch.aten.transpose.int %self, %int-2, %int-1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// tensor_split(x, [i, j], d) = x[..:i], x[..i:j], x[..j:]
func.func @aten.tensor_split.indices(%self: !torch.tensor, %indices: !torch.list<int>,
    %dim: !torch.int) -> !torch.list<tensor> {
  %true = torch.constant true
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %count = torch.aten.len.t %indices : !torch.list<int> -> !torch.int
  %list = torch.prim.ListConstruct -> !torch.list<tensor>
  %start_1, %parts_1 = torch.prim.Loop %count, %true, init(%int0, %list) : (!torch.int, !torch.list<tensor>) -> (!torch.int, !torch.list<tensor>) {
  ^bb0(%i: !torch.int, %start: !torch.int, %parts: !torch.list<tensor>):
    %end = torch.aten.__getitem__.t %indices, %i : !torch.list<int>, !torch.int -> !torch.int
    %part = torch.aten.slice.Tensor %self, %dim, %start, %end, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
    %list_1 = torch.prim.ListConstruct %part : !torch.tensor -> !torch.list<tensor>
    %longer = torch.aten.add.t %parts, %list_1 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    torch.prim.loop_condition %true, iter(%end, %longer) : !torch.int, !torch.list<tensor>
  }
  %last = torch.aten.slice.Tensor %self, %dim, %start_1, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
  %list_2 = torch.prim.ListConstruct %last : !torch.tensor -> !torch.list<tensor>
  %result = torch.aten.add.t %parts_1, %list_2 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// hsplit = tensor_split along the columns, of vectors along their only dimension
func.func @aten.hsplit.int(%self: !torch.tensor, %sections: !torch.int) -> !torch.list<tensor> {
  %int1 = torch.constant 1 : !torch.int
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_matrix = torch.aten.gt.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
  %dim = torch.aten.Int.bool %is_matrix : !torch.bool -> !torch.int
  %result = torch.aten.tensor_split.sections %self, %sections, %dim : !torch.tensor, !torch.int, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// hsplit = tensor_split along the columns, of vectors along their only dimension
func.func @aten.hsplit.array(%self: !torch.tensor, %indices: !torch.list<int>) -> !torch.list<tensor> {
  %int1 = torch.constant 1 : !torch.int
  %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
  %is_matrix = torch.aten.gt.int %rank, %int1 : !torch.int, !torch.int -> !torch.bool
  %dim = torch.aten.Int.bool %is_matrix : !torch.bool -> !torch.int
  %result = torch.aten.tensor_split.indices %self, %indices, %dim : !torch.tensor, !torch.list<int>, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// vsplit = tensor_split along the rows
func.func @aten.vsplit.int(%self: !torch.tensor, %sections: !torch.int) -> !torch.list<tensor> {
  %int0 = torch.constant 0 : !torch.int
  %result = torch.aten.tensor_split.sections %self, %sections, %int0 : !torch.tensor, !torch.int, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// vsplit = tensor_split along the rows
func.func @aten.vsplit.array(%self: !torch.tensor, %indices: !torch.list<int>) -> !torch.list<tensor> {
  %int0 = torch.constant 0 : !torch.int
  %result = torch.aten.tensor_split.indices %self, %indices, %int0 : !torch.tensor, !torch.list<int>, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// dsplit = tensor_split along the third dimension
func.func @aten.dsplit.int(%self: !torch.tensor, %sections: !torch.int) -> !torch.list<tensor> {
  %int2 = torch.constant 2 : !torch.int
  %result = torch.aten.tensor_split.sections %self, %sections, %int2 : !torch.tensor, !torch.int, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}

// dsplit = tensor_split along the third dimension
func.func @aten.dsplit.array(%self: !torch.tensor, %indices: !torch.list<int>) -> !torch.list<tensor> {
  %int2 = torch.constant 2 : !torch.int
  %result = torch.aten.tensor_split.indices %self, %indices, %int2 : !torch.tensor, !torch.list<int>, !torch.int -> !torch.list<tensor>
  return %result : !torch.list<tensor>
}
