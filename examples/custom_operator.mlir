// soft_clip(x, limit) = limit * tanh(x / limit)
func.func @mylib.soft_clip(%x: !torch.tensor, %limit: !torch.float) -> !torch.tensor {
  %scaled = torch.aten.div.Scalar %x, %limit : !torch.tensor, !torch.float -> !torch.tensor
  %tanh = torch.aten.tanh %scaled : !torch.tensor -> !torch.tensor
  %result = torch.aten.mul.Scalar %tanh, %limit : !torch.tensor, !torch.float -> !torch.tensor
  return %result : !torch.tensor
}
