// An input whose value tracing made a constant of is not dropped silently.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

// expected-warning @+1 {{no output depends on the values of input 'n'; if the model does, tracing has made a constant of what it read; script the function that reads it}}
func.func @unused(%x: !torch.tensor<[2],f32> {onnx.name = "x"}, %n: !torch.tensor<[],i64> {onnx.name = "n"}) -> !torch.tensor<[2],f32> {
  %0 = torch.aten.neg %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}
