// A warning has its line, and the model is written.
// RUN: rm -f %t.onnx
// RUN: torch-onnx-opt %s -o %t.onnx 2>&1 | FileCheck %s
// RUN: ls %t.onnx

// CHECK: {{^}}model.py:7: warning: aten.erf computes f64 numbers in f32: ONNX Runtime has no f64 kernel for Erf (2 uses) (in encoder)
// CHECK-NEXT: {{^}}model.py:9: note: also used here
func.func @main(%x: !torch.tensor<[2],f64>) -> !torch.tensor {
  %0 = torch.aten.erf %x : !torch.tensor<[2],f64> -> !torch.tensor loc("encoder"("model.py":7:3))
  %1 = torch.aten.erf %0 : !torch.tensor -> !torch.tensor loc("model.py":9:3)
  return %1 : !torch.tensor
}
