// What is refused for a reason that a decomposition does not help with is not
// answered with the advice to write one.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

// The reason says what to do.
func.func @declined(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  // expected-error @+2 {{unsupported operator aten.lgamma (1 use)}}
  // expected-note @+1 {{its decomposition declined: it is active; call eval()}}
  %0 = torch.aten.lgamma %x {torch.decline_reason = "it is active; call eval()"} : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// -----

func.func @packed(%x: !torch.tensor<[2,3],f32>, %n: !torch.tensor<[2],i64>) -> !torch.tensor<[6],f32> {
  %true = torch.constant true
  // expected-error @+2 {{unsupported operator aten._pack_padded_sequence (1 use)}}
  // expected-note @+1 {{packed sequences are not supported; pass padded tensors to the network, without pack_padded_sequence, and mask what is beyond the length of each in the output}}
  %0, %1 = torch.aten._pack_padded_sequence %x, %n, %true : !torch.tensor<[2,3],f32>, !torch.tensor<[2],i64>, !torch.bool -> !torch.tensor<[6],f32>, !torch.tensor<[3],i64>
  return %0 : !torch.tensor<[6],f32>
}
