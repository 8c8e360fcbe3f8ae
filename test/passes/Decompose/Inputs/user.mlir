// twice(x) = x + x
func.func @mylib.twice(%self: !torch.tensor) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.add.Tensor %self, %self, %int1 : !torch.tensor, !torch.tensor, !torch.int -> !torch.tensor
  return %0 : !torch.tensor
}

// relu(x) = max(x, 0), for floats of rank 1 only
func.func @aten.relu(%self: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %message = torch.constant "only vectors are rectified here"
  %none = torch.constant none
  %dim = torch.aten.dim %self : !torch.tensor -> !torch.int
  %isVector = torch.aten.eq.int %dim, %int1 : !torch.int, !torch.int -> !torch.bool
  %0 = torch.prim.If %isVector -> (!torch.tensor) {
    %1 = torch.aten.clamp_min %self, %int0 : !torch.tensor, !torch.int -> !torch.tensor
    torch.prim.yield %1 : !torch.tensor
  } else {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
    torch.prim.yield %self : !torch.tensor
  }
  return %0 : !torch.tensor
}
