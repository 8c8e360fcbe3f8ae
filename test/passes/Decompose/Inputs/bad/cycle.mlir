func.func @aten.exp(%self: !torch.tensor) -> !torch.tensor {
  %0 = torch.aten.expm1 %self : !torch.tensor -> !torch.tensor
  return %0 : !torch.tensor
}

func.func @aten.expm1(%self: !torch.tensor) -> !torch.tensor {
  %0 = torch.aten.exp %self : !torch.tensor -> !torch.tensor
  return %0 : !torch.tensor
}
