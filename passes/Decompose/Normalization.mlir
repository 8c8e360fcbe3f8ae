// Decompositions of normalization operators; see docs/WritingADecomposition.md.

// norm_except_dim(v, p, d) = the p-norm over all dimensions but d, over all if d = -1
func.func @aten.norm_except_dim(%v: !torch.tensor, %pow: !torch.int,
    %dim: !torch.int) -> !torch.tensor {
  %int-1 = torch.constant -1 : !torch.int
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %is_all = torch.aten.eq.int %dim, %int-1 : !torch.int, !torch.int -> !torch.bool
  %result = torch.prim.If %is_all -> !torch.tensor {
    %norm = torch.aten.norm.Scalar %v, %pow : !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %norm : !torch.tensor
  } else {
    %rank = torch.aten.dim %v : !torch.tensor -> !torch.int
    %list = torch.prim.ListConstruct -> !torch.list<int>
    %before_1 = torch.prim.Loop %dim, %true, init(%list) : (!torch.list<int>) -> !torch.list<int> {
    ^bb0(%i: !torch.int, %before: !torch.list<int>):
      %list_1 = torch.prim.ListConstruct %i : !torch.int -> !torch.list<int>
      %longer = torch.aten.add.t %before, %list_1 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
      torch.prim.loop_condition %true, iter(%longer) : !torch.list<int>
    }
    %from = torch.aten.sub.int %rank, %dim : !torch.int, !torch.int -> !torch.int
    %count = torch.aten.sub.int %from, %int1 : !torch.int, !torch.int -> !torch.int
    %first = torch.aten.add.int %dim, %int1 : !torch.int, !torch.int -> !torch.int
    %dims_1 = torch.prim.Loop %count, %true, init(%before_1) : (!torch.list<int>) -> !torch.list<int> {
    ^bb0(%i_1: !torch.int, %dims: !torch.list<int>):
      %dim_1 = torch.aten.add.int %i_1, %first : !torch.int, !torch.int -> !torch.int
      %list_2 = torch.prim.ListConstruct %dim_1 : !torch.int -> !torch.list<int>
      %longer_1 = torch.aten.add.t %dims, %list_2 : !torch.list<int>, !torch.list<int> -> !torch.list<int>
      torch.prim.loop_condition %true, iter(%longer_1) : !torch.list<int>
    }
    %norm_1 = torch.aten.linalg_vector_norm %v, %pow, %dims_1, %true, %none : !torch.tensor, !torch.int, !torch.list<int>, !torch.bool, !torch.none -> !torch.tensor
    torch.prim.yield %norm_1 : !torch.tensor
  }
  return %result : !torch.tensor
}
