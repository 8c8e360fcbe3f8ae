// RUN: torch-onnx-opt %s --split-input-file --legalize | FileCheck %s

// A write in a branch becomes a result of both branches.
// CHECK-LABEL: func.func @branch
func.func @branch(%x: !torch.tensor, %c: !torch.bool) -> !torch.tensor {
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[R:.*]] = torch.prim.If %{{.*}} -> !torch.tensor
  torch.prim.If %c {
    // CHECK: %[[RELU:.*]] = torch.aten.relu %[[Y]]
    // CHECK: torch.prim.yield %[[RELU]]
    %0 = torch.operator "aten.relu_"(%y) : (!torch.tensor) -> !torch.tensor
    torch.prim.yield
  } else {
    // CHECK: torch.prim.yield %[[Y]]
    torch.prim.yield
  }
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// A write in a loop is carried.
// CHECK-LABEL: func.func @loop
func.func @loop(%x: !torch.tensor, %n: !torch.int) -> !torch.tensor {
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  // CHECK: %[[Y:.*]] = torch.aten.neg
  %y = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  // CHECK: %[[R:.*]] = torch.prim.Loop %{{.*}}, %true, init(%[[Y]])
  torch.prim.Loop %n, %true, init() : () -> () {
  // CHECK-NEXT: ^bb0(%[[I:.*]]: !torch.int, %[[C:.*]]: !torch.tensor):
  ^bb0(%i: !torch.int):
    // CHECK: %[[V:.*]] = torch.aten.select.int %[[C]], %int0, %[[I]]
    %v = torch.aten.select.int %y, %int0, %i : !torch.tensor, !torch.int, !torch.int -> !torch.tensor
    // CHECK: %[[S:.*]] = torch.aten.select_scatter %[[C]]
    %0 = torch.operator "aten.relu_"(%v) : (!torch.tensor) -> !torch.tensor
    // CHECK: torch.prim.loop_condition %true, iter(%[[S]])
    torch.prim.loop_condition %true
  }
  // CHECK: return %[[R]]
  return %y : !torch.tensor
}

// -----

// A list that grows in a loop.
// CHECK-LABEL: func.func @append
func.func @append(%x: !torch.tensor, %n: !torch.int) -> !torch.tensor {
  %true = torch.constant true
  %int0 = torch.constant 0 : !torch.int
  // CHECK: %[[L:.*]] = torch.prim.ListConstruct
  %l = torch.prim.ListConstruct -> !torch.list<tensor>
  // CHECK: %[[R:.*]] = torch.prim.Loop %{{.*}}, %true, init(%[[L]])
  torch.prim.Loop %n, %true, init() : () -> () {
  // CHECK-NEXT: ^bb0(%{{.*}}: !torch.int, %[[C:.*]]: !torch.list<tensor>):
  ^bb0(%i: !torch.int):
    // CHECK: %[[ONE:.*]] = torch.prim.ListConstruct
    // CHECK: %[[NEXT:.*]] = torch.aten.add.t %[[C]], %[[ONE]]
    %0 = torch.operator "aten.append.t"(%l, %x) : (!torch.list<tensor>, !torch.tensor) -> !torch.list<tensor>
    // CHECK: torch.prim.loop_condition %true, iter(%[[NEXT]])
    torch.prim.loop_condition %true
  }
  // CHECK: torch.aten.cat %[[R]]
  %1 = torch.aten.cat %l, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %1 : !torch.tensor
}

// -----

// Tuples that a branch gives or a loop carries are taken apart.
// CHECK-LABEL: func.func @tuples
func.func @tuples(%x: !torch.tensor, %c: !torch.bool, %n: !torch.int) -> !torch.tensor {
  %true = torch.constant true
  // CHECK: %[[T:.*]]:2 = torch.prim.If %{{.*}} -> (!torch.tensor, !torch.tensor)
  %t = torch.prim.If %c -> (!torch.tuple<tensor, tensor>) {
    %a = torch.aten.neg %x : !torch.tensor -> !torch.tensor
    %0 = torch.prim.TupleConstruct %a, %x : !torch.tensor, !torch.tensor -> !torch.tuple<tensor, tensor>
    torch.prim.yield %0 : !torch.tuple<tensor, tensor>
  } else {
    %0 = torch.prim.TupleConstruct %x, %x : !torch.tensor, !torch.tensor -> !torch.tuple<tensor, tensor>
    torch.prim.yield %0 : !torch.tuple<tensor, tensor>
  }
  // CHECK: %[[R:.*]]:2 = torch.prim.Loop %{{.*}}, %true, init(%[[T]]#0, %[[T]]#1)
  %r = torch.prim.Loop %n, %true, init(%t) : (!torch.tuple<tensor, tensor>) -> !torch.tuple<tensor, tensor> {
  // CHECK-NEXT: ^bb0(%{{.*}}: !torch.int, %[[A:.*]]: !torch.tensor, %[[B:.*]]: !torch.tensor):
  ^bb0(%i: !torch.int, %s: !torch.tuple<tensor, tensor>):
    %a:2 = torch.prim.TupleUnpack %s : !torch.tuple<tensor, tensor> -> !torch.tensor, !torch.tensor
    %0 = torch.prim.TupleConstruct %a#1, %a#0 : !torch.tensor, !torch.tensor -> !torch.tuple<tensor, tensor>
    // CHECK: torch.prim.loop_condition %true, iter(%[[B]], %[[A]])
    torch.prim.loop_condition %true, iter(%0) : !torch.tuple<tensor, tensor>
  }
  %o:2 = torch.prim.TupleUnpack %r : !torch.tuple<tensor, tensor> -> !torch.tensor, !torch.tensor
  // CHECK: return %[[R]]#1
  return %o#1 : !torch.tensor
}

// -----

// An assert is taken to hold.
// CHECK-LABEL: func.func @assert
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @assert(%x: !torch.tensor, %c: !torch.bool) -> !torch.tensor {
  %message = torch.constant "expected something else"
  %none = torch.constant none
  // CHECK-NEXT: %[[N:.*]] = torch.aten.neg %[[X]]
  // CHECK-NEXT: return %[[N]]
  %r = torch.prim.If %c -> (!torch.tensor) {
    %0 = torch.aten.neg %x : !torch.tensor -> !torch.tensor
    torch.prim.yield %0 : !torch.tensor
  } else {
    torch.prim.RaiseException %message, %none : !torch.str, !torch.none
    torch.prim.yield %x : !torch.tensor
  }
  return %r : !torch.tensor
}

// -----

// A constant condition takes its branch.
// CHECK-LABEL: func.func @constant_condition
// CHECK-SAME: %[[X:.*]]: !torch.tensor
func.func @constant_condition(%x: !torch.tensor) -> !torch.tensor {
  %false = torch.constant false
  %r = torch.prim.If %false -> (!torch.tensor) {
    %0 = torch.aten.neg %x : !torch.tensor -> !torch.tensor
    torch.prim.yield %0 : !torch.tensor
  } else {
    torch.prim.yield %x : !torch.tensor
  }
  // CHECK-NEXT: return %[[X]]
  return %r : !torch.tensor
}
