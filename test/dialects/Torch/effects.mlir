// RUN: torch-onnx-opt %s -cse -canonicalize | FileCheck %s

// What is pure is merged, and dropped when nobody uses it; views too.
// CHECK-LABEL: @pure
func.func @pure(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  // CHECK-NEXT: %[[R:.*]] = torch.aten.relu
  // CHECK-NEXT: return %[[R]], %[[R]]
  %0 = torch.aten.relu %x : !torch.tensor -> !torch.tensor
  %1 = torch.aten.relu %x : !torch.tensor -> !torch.tensor
  %2 = torch.aten.t %x : !torch.tensor -> !torch.tensor
  %3 = torch.operator "aten.frobnicate"(%x) : (!torch.tensor) -> !torch.tensor
  return %0, %1 : !torch.tensor, !torch.tensor
}

// Random numbers are not merged, but dropped.
// CHECK-LABEL: @random
func.func @random(%x: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %none = torch.constant none
  // CHECK-COUNT-2: torch.aten.bernoulli
  // CHECK-NEXT: return
  %0 = torch.aten.bernoulli %x, %none : !torch.tensor, !torch.none -> !torch.tensor
  %1 = torch.aten.bernoulli %x, %none : !torch.tensor, !torch.none -> !torch.tensor
  %2 = torch.aten.bernoulli %x, %none : !torch.tensor, !torch.none -> !torch.tensor
  return %0, %1 : !torch.tensor, !torch.tensor
}

// What writes or raises stays.
// CHECK-LABEL: @effects
func.func @effects(%x: !torch.tensor, %l: !torch.list<int>, %i: !torch.int, %s: !torch.str) {
  // CHECK: torch.aten.append.t
  %0 = torch.aten.append.t %l, %i : !torch.list<int>, !torch.int -> !torch.list<int>
  // CHECK: torch.operator "aten.relu_"
  %1 = torch.operator "aten.relu_"(%x) : (!torch.tensor) -> !torch.tensor
  // CHECK: torch.operator "aten.add_.Tensor"
  %2 = torch.operator "aten.add_.Tensor"(%x, %x, %i) : (!torch.tensor, !torch.tensor, !torch.int) -> !torch.tensor
  // CHECK: torch.operator "aten.abs.out"
  %3 = torch.operator "aten.abs.out"(%x, %x) : (!torch.tensor, !torch.tensor) -> !torch.tensor
  // CHECK: torch.operator "my.write"
  %4 = torch.operator "my.write"(%x) {schema = "my::write(Tensor(a!) x) -> Tensor"} : (!torch.tensor) -> !torch.tensor
  // CHECK: torch.prim.RaiseException
  %none = torch.constant none
  torch.prim.RaiseException %s, %none : !torch.str, !torch.none
  return
}

// Constants are merged and moved to the front by the canonicalizer.
// CHECK-LABEL: @constants
func.func @constants(%c: !torch.bool) -> !torch.int {
  // CHECK-NEXT: %int1 = torch.constant 1
  // CHECK-NOT: torch.constant
  %0 = torch.prim.If %c -> (!torch.int) {
    %1 = torch.constant 1
    torch.prim.yield %1 : !torch.int
  } else {
    %2 = torch.constant 1
    torch.prim.yield %2 : !torch.int
  }
  return %0 : !torch.int
}
