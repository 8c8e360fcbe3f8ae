// The result of soft_clip has the type of its operand.
func.func @mylib.soft_clip(%x: !torch.tensor, %limit: !torch.float) -> !torch.tensor attributes {torch.types_only} {
  return %x : !torch.tensor
}
