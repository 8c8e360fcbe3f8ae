// RUN: torch-onnx-opt %s | FileCheck %s
// RUN: torch-onnx-opt %s | torch-onnx-opt | FileCheck %s

// CHECK-LABEL: @if
func.func @if(%c: !torch.bool, %a: !torch.int, %b: !torch.int) -> !torch.int {
  // CHECK: %[[R:.*]] = torch.prim.If %{{.*}} -> !torch.int {
  // CHECK-NEXT: torch.prim.yield %{{.*}} : !torch.int
  // CHECK-NEXT: } else {
  // CHECK-NEXT: torch.prim.yield %{{.*}} : !torch.int
  // CHECK-NEXT: }
  %0 = torch.prim.If %c -> (!torch.int) {
    torch.prim.yield %a : !torch.int
  } else {
    torch.prim.yield %b : !torch.int
  }
  return %0 : !torch.int
}

// A branch that yields nothing may be left out.
// CHECK-LABEL: @if_without_result
func.func @if_without_result(%c: !torch.bool, %s: !torch.str, %n: !torch.none) {
  // CHECK: torch.prim.If %{{.*}} {
  // CHECK-NEXT: torch.prim.RaiseException
  // CHECK-NEXT: torch.prim.yield
  // CHECK-NEXT: } else {
  // CHECK-NEXT: torch.prim.yield
  // CHECK-NEXT: }
  torch.prim.If %c {
    torch.prim.RaiseException %s, %n : !torch.str, !torch.none
  }
  return
}

// CHECK-LABEL: @loop
func.func @loop(%max: !torch.int, %go: !torch.bool, %a: !torch.tensor<[2],f32>) -> !torch.tensor {
  // CHECK: %[[R:.*]] = torch.prim.Loop %{{.*}}, %{{.*}}, init(%{{.*}}) : (!torch.tensor<[2],f32>) -> !torch.tensor {
  // CHECK-NEXT: ^bb0(%[[I:.*]]: !torch.int, %[[C:.*]]: !torch.tensor):
  // CHECK-NEXT: torch.prim.loop_condition %{{.*}}, iter(%[[C]]) : !torch.tensor
  %0 = torch.prim.Loop %max, %go, init(%a) : (!torch.tensor<[2],f32>) -> !torch.tensor {
  ^bb0(%i: !torch.int, %c: !torch.tensor):
    torch.prim.loop_condition %go, iter(%c) : !torch.tensor
  }
  // CHECK: torch.prim.Loop %{{.*}}, %{{.*}}, init() : () -> () {
  // CHECK: torch.prim.loop_condition %{{.*}}{{$}}
  torch.prim.Loop %max, %go, init() : () -> () {
  ^bb0(%i: !torch.int):
    torch.prim.loop_condition %go
  }
  return %0 : !torch.tensor
}
