// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// A branch's output is a result of its own nodes, also where it is a value from
// outside.
// CHECK-LABEL: func.func @branch
// CHECK-SAME: %[[X:.*]]: tensor<2xf32>, %[[C:.*]]: tensor<i1>
// CHECK: %[[R:.*]] = onnx.If(%[[C]]) : (tensor<i1>) -> tensor<2xf32> else_branch {
// CHECK: %[[I:.*]] = onnx.Identity(%[[X]])
// CHECK: onnx.yield %[[I]]
// CHECK: then_branch {
// CHECK: %[[N:.*]] = onnx.Neg(%[[X]])
// CHECK: onnx.yield %[[N]]
// CHECK: return %[[R]]
func.func @branch(%x: !torch.tensor<[2],f32>, %c: !torch.bool) -> !torch.tensor<[2],f32> {
  %0 = torch.prim.If %c -> !torch.tensor<[2],f32> {
    %1 = torch.aten.neg %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
    torch.prim.yield %1 : !torch.tensor<[2],f32>
  } else {
    torch.prim.yield %x : !torch.tensor<[2],f32>
  }
  return %0 : !torch.tensor<[2],f32>
}

// -----

// A loop of which the number of rounds is an input.
// CHECK-LABEL: func.func @loop
// CHECK-SAME: %[[X:.*]]: tensor<2xf32>, %[[N:.*]]: tensor<i64>
// CHECK: %[[TRUE:.*]] = onnx.initializer dense<true> : tensor<i1>
// CHECK: %[[R:.*]] = onnx.Loop(%[[N]], %[[TRUE]], %[[X]])
// CHECK: ^bb0(%[[I:.*]]: tensor<i64>, %{{.*}}: tensor<i1>, %[[A:.*]]: tensor<2xf32>):
// CHECK: %[[F:.*]] = onnx.Cast(%[[I]])
// CHECK: %[[S:.*]] = onnx.Add(%[[A]], %[[F]])
// CHECK: %[[T:.*]] = onnx.Identity(%[[TRUE]])
// CHECK: onnx.yield %[[T]], %[[S]]
// CHECK: return %[[R]]
func.func @loop(%x: !torch.tensor<[2],f32>, %n: !torch.int) -> !torch.tensor<[2],f32> {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.Loop %n, %true, init(%x) : (!torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  ^bb0(%i: !torch.int, %a: !torch.tensor<[2],f32>):
    %1 = torch.aten.add.Scalar %a, %i, %int1 : !torch.tensor<[2],f32>, !torch.int, !torch.int -> !torch.tensor<[2],f32>
    torch.prim.loop_condition %true, iter(%1) : !torch.tensor<[2],f32>
  }
  return %0 : !torch.tensor<[2],f32>
}

// -----

// Outputs are results of nodes, each of another one.
// CHECK-LABEL: func.func @outputs
// CHECK-SAME: %[[X:.*]]: tensor<2xf32>
// CHECK: %[[N:.*]] = onnx.Neg(%[[X]])
// CHECK: %[[A:.*]] = onnx.Identity(%[[X]])
// CHECK: %[[B:.*]] = onnx.Identity(%[[N]])
// CHECK: return %[[A]], %[[N]], %[[B]]
func.func @outputs(%x: !torch.tensor<[2],f32>) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.tensor<[2],f32>) {
  %0 = torch.aten.neg %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %x, %0, %0 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.tensor<[2],f32>
}
