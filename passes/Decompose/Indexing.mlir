// Decompositions of indexing operators; see docs/WritingADecomposition.md.

// select_scatter(x, y, d, i) = x with x[i] = y along d
func.func @aten.select_scatter(%self: !torch.tensor, %src: !torch.tensor, %dim: !torch.int,
    %index: !torch.int) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %is_negative = torch.aten.lt.int %index, %int0 : !torch.int, !torch.int -> !torch.bool
  %position = torch.prim.If %is_negative -> !torch.int {
    %size = torch.aten.size.int %self, %dim : !torch.tensor, !torch.int -> !torch.int
    %wrapped = torch.aten.add.int %index, %size : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %wrapped : !torch.int
  } else {
    torch.prim.yield %index : !torch.int
  }
  %slice = torch.aten.unsqueeze %src, %dim : !torch.tensor, !torch.int -> !torch.tensor
  %end = torch.aten.add.int %position, %int1 : !torch.int, !torch.int -> !torch.int
  %result = torch.aten.slice_scatter %self, %slice, %dim, %position, %end, %int1 : !torch.tensor, !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}

// slice_scatter(x, y, d, a, b, s) = x with x[a:b:s] = y along d
func.func @aten.slice_scatter(%self: !torch.tensor, %src: !torch.tensor, %dim: !torch.int,
    %start: !torch.any, %end: !torch.any, %step: !torch.int) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int9223372036854775807 = torch.constant 9223372036854775807 : !torch.int
  %is_contiguous = torch.aten.eq.int %step, %int1 : !torch.int, !torch.int -> !torch.bool
  %result = torch.prim.If %is_contiguous -> !torch.tensor {
    %has_no_start = torch.aten.__is__ %start, %none : !torch.any, !torch.none -> !torch.bool
    %before = torch.prim.If %has_no_start -> !torch.list<tensor> {
      %list = torch.prim.ListConstruct -> !torch.list<tensor>
      torch.prim.yield %list : !torch.list<tensor>
    } else {
      %first = torch.prim.unchecked_cast %start : !torch.any -> !torch.int
      %is_first = torch.aten.eq.int %first, %int0 : !torch.int, !torch.int -> !torch.bool
      %front = torch.prim.If %is_first -> !torch.list<tensor> {
        %list_1 = torch.prim.ListConstruct -> !torch.list<tensor>
        torch.prim.yield %list_1 : !torch.list<tensor>
      } else {
        %head = torch.aten.slice.Tensor %self, %dim, %int0, %first, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
        %list_2 = torch.prim.ListConstruct %head : !torch.tensor -> !torch.list<tensor>
        torch.prim.yield %list_2 : !torch.list<tensor>
      }
      torch.prim.yield %front : !torch.list<tensor>
    }
    %has_no_end = torch.aten.__is__ %end, %none : !torch.any, !torch.none -> !torch.bool
    %after = torch.prim.If %has_no_end -> !torch.list<tensor> {
      %list_3 = torch.prim.ListConstruct -> !torch.list<tensor>
      torch.prim.yield %list_3 : !torch.list<tensor>
    } else {
      %last = torch.prim.unchecked_cast %end : !torch.any -> !torch.int
      %is_last = torch.aten.eq.int %last, %int9223372036854775807 : !torch.int, !torch.int -> !torch.bool
      %back = torch.prim.If %is_last -> !torch.list<tensor> {
        %list_4 = torch.prim.ListConstruct -> !torch.list<tensor>
        torch.prim.yield %list_4 : !torch.list<tensor>
      } else {
        %tail = torch.aten.slice.Tensor %self, %dim, %last, %none, %int1 : !torch.tensor, !torch.int, !torch.int, !torch.none, !torch.int -> !torch.tensor
        %list_5 = torch.prim.ListConstruct %tail : !torch.tensor -> !torch.list<tensor>
        torch.prim.yield %list_5 : !torch.list<tensor>
      }
      torch.prim.yield %back : !torch.list<tensor>
    }
    %list_6 = torch.prim.ListConstruct %src : !torch.tensor -> !torch.list<tensor>
    %upto = torch.aten.add.t %before, %list_6 : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    %parts = torch.aten.add.t %upto, %after : !torch.list<tensor>, !torch.list<tensor> -> !torch.list<tensor>
    %joined = torch.aten.cat %parts, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor
    torch.prim.yield %joined : !torch.tensor
  } else {
    %size = torch.aten.size.int %self, %dim : !torch.tensor, !torch.int -> !torch.int
    %positions = torch.aten.arange %size, %none, %none, %none, %none : !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor
    %index = torch.aten.slice.Tensor %positions, %int0, %start, %end, %step : !torch.tensor, !torch.int, !torch.any, !torch.any, !torch.int -> !torch.tensor
    %copied = torch.aten.index_copy %self, %dim, %index, %src : !torch.tensor, !torch.int, !torch.tensor, !torch.tensor -> !torch.tensor
    torch.prim.yield %copied : !torch.tensor
  }
  return %result : !torch.tensor
}

// index_copy(x, d, i, y) = x with x[i] = y along d
func.func @aten.index_copy(%self: !torch.tensor, %dim: !torch.int, %index: !torch.tensor,
    %source: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %is_negative = torch.aten.lt.int %dim, %int0 : !torch.int, !torch.int -> !torch.bool
  %d = torch.prim.If %is_negative -> !torch.int {
    %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
    %wrapped = torch.aten.add.int %dim, %rank : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %wrapped : !torch.int
  } else {
    torch.prim.yield %dim : !torch.int
  }
  %list = torch.prim.ListConstruct -> !torch.list<int>
  %before_1 = torch.prim.Loop %d, %true, init(%list) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i: !torch.int, %before: !torch.list<int>):
    %list_1 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    %longer = torch.aten.add.t %before, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
  }
  %rank_1 = torch.aten.dim %self : !torch.tensor -> !torch.int
  %from = torch.aten.sub.int %rank_1, %d : !torch.int, !torch.int -> !torch.int
  %count = torch.aten.sub.int %from, %int1 : !torch.int, !torch.int -> !torch.int
  %list_2 = torch.prim.ListConstruct -> !torch.list<int>
  %after_1 = torch.prim.Loop %count, %true, init(%list_2) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i_1: !torch.int, %after: !torch.list<int>):
    %list_3 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    %longer_1 = torch.aten.add.t %after, %list_3 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer_1) : !torch.list<int>
  }
  %list_4 = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %front = torch.aten.add.t %before_1, %list_4 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %sizes = torch.aten.add.t %front, %after_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %column = torch.aten.reshape %index, %sizes : !torch.tensor, !torch.list<int> -> !torch.tensor
  %indices = torch.aten.expand_as %column, %source : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.scatter.src %self, %dim, %indices, %source : !torch.tensor, !torch.int, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// index_add(x, d, i, y) = x with x[i] += a * y along d
func.func @aten.index_add(%self: !torch.tensor, %dim: !torch.int, %index: !torch.tensor,
    %source: !torch.tensor, %alpha: !torch.number) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %is_negative = torch.aten.lt.int %dim, %int0 : !torch.int, !torch.int -> !torch.bool
  %d = torch.prim.If %is_negative -> !torch.int {
    %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
    %wrapped = torch.aten.add.int %dim, %rank : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %wrapped : !torch.int
  } else {
    torch.prim.yield %dim : !torch.int
  }
  %list = torch.prim.ListConstruct -> !torch.list<int>
  %before_1 = torch.prim.Loop %d, %true, init(%list) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i: !torch.int, %before: !torch.list<int>):
    %list_1 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    %longer = torch.aten.add.t %before, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
  }
  %rank_1 = torch.aten.dim %self : !torch.tensor -> !torch.int
  %from = torch.aten.sub.int %rank_1, %d : !torch.int, !torch.int -> !torch.int
  %count = torch.aten.sub.int %from, %int1 : !torch.int, !torch.int -> !torch.int
  %list_2 = torch.prim.ListConstruct -> !torch.list<int>
  %after_1 = torch.prim.Loop %count, %true, init(%list_2) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i_1: !torch.int, %after: !torch.list<int>):
    %list_3 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    %longer_1 = torch.aten.add.t %after, %list_3 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer_1) : !torch.list<int>
  }
  %list_4 = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %front = torch.aten.add.t %before_1, %list_4 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %sizes = torch.aten.add.t %front, %after_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %column = torch.aten.reshape %index, %sizes : !torch.tensor, !torch.list<int> -> !torch.tensor
  %indices = torch.aten.expand_as %column, %source : !torch.tensor, !torch.tensor -> !torch.tensor
  %scaled = torch.aten.mul.Scalar %source, %alpha : !torch.tensor, !torch.number -> !torch.tensor
  %result = torch.aten.scatter_add %self, %dim, %indices, %scaled : !torch.tensor, !torch.int, !torch.tensor, !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// index_fill(x, d, i, v) = x with x[i] = v along d
func.func @aten.index_fill.int_Scalar(%self: !torch.tensor, %dim: !torch.int,
    %index: !torch.tensor, %value: !torch.number) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %selected = torch.aten.index_select %self, %dim, %index : !torch.tensor, !torch.int, !torch.tensor -> !torch.tensor
  %is_negative = torch.aten.lt.int %dim, %int0 : !torch.int, !torch.int -> !torch.bool
  %d = torch.prim.If %is_negative -> !torch.int {
    %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
    %wrapped = torch.aten.add.int %dim, %rank : !torch.int, !torch.int -> !torch.int
    torch.prim.yield %wrapped : !torch.int
  } else {
    torch.prim.yield %dim : !torch.int
  }
  %list = torch.prim.ListConstruct -> !torch.list<int>
  %before_1 = torch.prim.Loop %d, %true, init(%list) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i: !torch.int, %before: !torch.list<int>):
    %list_1 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    %longer = torch.aten.add.t %before, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
  }
  %rank_1 = torch.aten.dim %self : !torch.tensor -> !torch.int
  %from = torch.aten.sub.int %rank_1, %d : !torch.int, !torch.int -> !torch.int
  %count = torch.aten.sub.int %from, %int1 : !torch.int, !torch.int -> !torch.int
  %list_2 = torch.prim.ListConstruct -> !torch.list<int>
  %after_1 = torch.prim.Loop %count, %true, init(%list_2) : (!torch.list<int>) -> !torch.list<int> {
  ^bb0(%i_1: !torch.int, %after: !torch.list<int>):
    %list_3 = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
    %longer_1 = torch.aten.add.t %after, %list_3 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
    torch.prim.loop_condition %true, iter(%longer_1) : !torch.list<int>
  }
  %list_4 = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %front = torch.aten.add.t %before_1, %list_4 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %sizes = torch.aten.add.t %front, %after_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %column = torch.aten.reshape %index, %sizes : !torch.tensor, !torch.list<int> -> !torch.tensor
  %indices = torch.aten.expand_as %column, %selected : !torch.tensor, !torch.tensor -> !torch.tensor
  %result = torch.aten.scatter.value %self, %dim, %indices, %value : !torch.tensor, !torch.int, !torch.tensor, !torch.number -> !torch.tensor
  return %result : !torch.tensor
}

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

// take(x, i) = x[i] of the flattened tensor
func.func @aten.take(%self: !torch.tensor, %index: !torch.tensor) -> !torch.tensor {
  %int-1 = torch.constant -1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %list = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %flat = torch.aten.reshape %self, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
  %list_1 = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
  %index_flat = torch.aten.reshape %index, %list_1 : !torch.tensor, !torch.list<int> -> !torch.tensor
  %is_negative = torch.aten.lt.Scalar %index_flat, %int0 : !torch.tensor, !torch.int -> !torch.tensor
  %count = torch.aten.numel %self : !torch.tensor -> !torch.int
  %wrapped = torch.aten.add.Scalar %index_flat, %count, %int1 : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  %position = torch.aten.where.self %is_negative, %wrapped, %index_flat : !torch.tensor, !torch.tensor, !torch.tensor -> !torch.tensor
  %taken = torch.aten.index_select %flat, %int0, %position : !torch.tensor, !torch.int, !torch.tensor -> !torch.tensor
  %size = torch.aten.size %index : !torch.tensor -> !torch.list<int>
  %result = torch.aten.reshape %taken, %size : !torch.tensor, !torch.list<int> -> !torch.tensor
  return %result : !torch.tensor
}

// argwhere(x) = nonzero(x)
func.func @aten.argwhere(%self: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.nonzero %self : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}

// repeat_interleave(x, n, d) repeats each element n times along d
func.func @aten.repeat_interleave.self_int(%self: !torch.tensor, %repeats: !torch.int,
    %dim: !torch.any, %output_size: !torch.any) -> !torch.tensor {
  %none = torch.constant none
  %int-1 = torch.constant -1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %false = torch.constant false
  %is_flat = torch.aten.__is__ %dim, %none : !torch.any, !torch.none -> !torch.bool
  %x = torch.prim.If %is_flat -> !torch.tensor {
    %list = torch.prim.ListConstruct %int-1 : !torch.int -> !torch.list<int>
    %flat = torch.aten.reshape %self, %list : !torch.tensor, !torch.list<int> -> !torch.tensor
    torch.prim.yield %flat : !torch.tensor
  } else {
    torch.prim.yield %self : !torch.tensor
  }
  %has_no_dim = torch.aten.__is__ %dim, %none : !torch.any, !torch.none -> !torch.bool
  %d_1 = torch.prim.If %has_no_dim -> !torch.int {
    torch.prim.yield %int0 : !torch.int
  } else {
    %given = torch.prim.unchecked_cast %dim : !torch.any -> !torch.int
    %is_negative = torch.aten.lt.int %given, %int0 : !torch.int, !torch.int -> !torch.bool
    %d = torch.prim.If %is_negative -> !torch.int {
      %rank = torch.aten.dim %self : !torch.tensor -> !torch.int
      %wrapped = torch.aten.add.int %given, %rank : !torch.int, !torch.int -> !torch.int
      torch.prim.yield %wrapped : !torch.int
    } else {
      torch.prim.yield %given : !torch.int
    }
    torch.prim.yield %d : !torch.int
  }
  %next = torch.aten.add.int %d_1, %int1 : !torch.int, !torch.int -> !torch.int
  %size = torch.aten.size %x : !torch.tensor -> !torch.list<int>
  %front = torch.aten.slice.t %size, %none, %next, %int1 : !torch.list<int>, !torch.none, !torch.int, !torch.int -> !torch.list<int>
  %back = torch.aten.slice.t %size, %next, %none, %int1 : !torch.list<int>, !torch.int, !torch.none, !torch.int -> !torch.list<int>
  %column = torch.aten.unsqueeze %x, %next : !torch.tensor, !torch.int -> !torch.tensor
  %list_1 = torch.prim.ListConstruct %repeats : !torch.int -> !torch.list<int>
  %front_sizes = torch.aten.add.t %front, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %sizes = torch.aten.add.t %front_sizes, %back : !torch.list<int>, !torch.list<int> -> !torch.list<int>
  %repeated = torch.aten.expand %column, %sizes, %false : !torch.tensor, !torch.list<int>, !torch.bool -> !torch.tensor
  %result = torch.aten.flatten.using_ints %repeated, %d_1, %next : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}
