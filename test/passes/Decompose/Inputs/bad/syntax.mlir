func.func @aten.exp(%self: !torch.tensor) -> !torch.tensor {
  %0 = torch.aten.expp1 %self : !torch.tensor -> !torch.tensor
  return %0 : !torch.tensor
}
