func.func @aten.div.Tesnor(%self: !torch.tensor, %other: !torch.tensor) -> !torch.tensor {
  return %self : !torch.tensor
}
