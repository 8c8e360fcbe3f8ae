// RUN: torch-onnx-opt %s --split-input-file --legalize | FileCheck %s

// CHECK-LABEL: func.func @tuple
// CHECK-SAME: %[[X:.*]]: !torch.tensor, %[[Y:.*]]: !torch.tensor
func.func @tuple(%x: !torch.tensor, %y: !torch.tensor) -> (!torch.tensor, !torch.tensor) {
  %int-1 = torch.constant -1 : !torch.int
  %inner = torch.prim.TupleConstruct %x, %y : !torch.tensor, !torch.tensor -> !torch.tuple<tensor, tensor>
  %outer = torch.prim.TupleConstruct %inner : !torch.tuple<tensor, tensor> -> !torch.tuple<tuple<tensor, tensor>>
  %again = torch.prim.TupleUnpack %outer : !torch.tuple<tuple<tensor, tensor>> -> !torch.tuple<tensor, tensor>
  %a:2 = torch.prim.TupleUnpack %again : !torch.tuple<tensor, tensor> -> !torch.tensor, !torch.tensor
  %b = torch.prim.TupleIndex %inner, %int-1 : !torch.tuple<tensor, tensor>, !torch.int -> !torch.tensor
  // CHECK-NEXT: return %[[X]], %[[Y]]
  return %a#0, %b : !torch.tensor, !torch.tensor
}

// -----

// CHECK-LABEL: func.func @list
// CHECK-SAME: %[[X:.*]]: !torch.tensor, %[[Y:.*]]: !torch.tensor
func.func @list(%x: !torch.tensor, %y: !torch.tensor) -> (!torch.tensor, !torch.tensor, !torch.int) {
  %int1 = torch.constant 1 : !torch.int
  %l = torch.prim.ListConstruct %x, %y : !torch.tensor, !torch.tensor -> !torch.list<tensor>
  %a:2 = torch.prim.ListUnpack %l : !torch.list<tensor> -> !torch.tensor, !torch.tensor
  %b = torch.aten.__getitem__.t %l, %int1 : !torch.list<tensor>, !torch.int -> !torch.tensor
  %n = torch.aten.len.t %l : !torch.list<tensor> -> !torch.int
  // CHECK: %[[N:.*]] = torch.constant 2 : !torch.int
  // CHECK-NEXT: return %[[X]], %[[Y]], %[[N]]
  return %a#0, %b, %n : !torch.tensor, !torch.tensor, !torch.int
}

// -----

// CHECK-LABEL: func.func @list_mutation
// CHECK-SAME: %[[X:.*]]: !torch.tensor, %[[Y:.*]]: !torch.tensor
func.func @list_mutation(%x: !torch.tensor, %y: !torch.tensor) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %l = torch.prim.ListConstruct -> !torch.list<tensor>
  %0 = torch.operator "aten.append.t"(%l, %x) : (!torch.list<tensor>, !torch.tensor) -> !torch.list<tensor>
  %1 = torch.operator "aten.append.t"(%l, %y) : (!torch.list<tensor>, !torch.tensor) -> !torch.list<tensor>
  torch.operator "aten.insert.t"(%l, %int0, %y) : (!torch.list<tensor>, !torch.int, !torch.tensor) -> ()
  torch.operator "aten.extend.t"(%l, %l) : (!torch.list<tensor>, !torch.list<tensor>) -> ()
  %2 = torch.operator "aten.pop.t"(%l, %int0) : (!torch.list<tensor>, !torch.int) -> !torch.tensor
  // CHECK: %[[L:.*]] = torch.prim.ListConstruct %[[X]], %[[Y]], %[[Y]], %[[X]], %[[Y]]
  // CHECK: torch.aten.cat %[[L]]
  %3 = torch.aten.cat %l, %int0 : !torch.list<tensor>, !torch.int -> !torch.tensor
  return %3 : !torch.tensor
}

// -----

// CHECK-LABEL: func.func @dictionary
// CHECK-SAME: %[[X:.*]]: !torch.tensor, %[[Y:.*]]: !torch.tensor
func.func @dictionary(%x: !torch.tensor, %y: !torch.tensor) -> !torch.tensor {
  %str_a = torch.constant "a"
  %str_b = torch.constant "b"
  %d = torch.prim.DictConstruct %str_a, %x, %str_b, %y : !torch.str, !torch.tensor, !torch.str, !torch.tensor -> !torch.dict<str, tensor>
  %0 = torch.aten.__getitem__.Dict_str %d, %str_b : !torch.dict<str, tensor>, !torch.str -> !torch.tensor
  // CHECK-NEXT: return %[[Y]]
  return %0 : !torch.tensor
}
