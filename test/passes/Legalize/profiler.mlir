// Marks for the profiler, as in a trace of nn.DataParallel, have no effect.
// RUN: torch-onnx-opt %s --legalize | FileCheck %s

// CHECK-LABEL: @marks
// CHECK-NOT: profiler
// CHECK: %[[Y:.*]] = torch.aten.neg
// CHECK-NEXT: return %[[Y]]
func.func @marks(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  %name = torch.constant "DataParallel.forward"
  %none = torch.constant none
  %0 = torch.operator "profiler._record_function_enter_new"(%name, %none) : (!torch.str, !torch.none) -> !torch.any
  %1 = torch.aten.neg %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  torch.operator "profiler._record_function_exit._RecordFunction"(%0) : (!torch.any) -> ()
  return %1 : !torch.tensor<[2],f32>
}
