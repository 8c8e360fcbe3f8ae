// RUN: torch-onnx-opt %s | FileCheck %s
// RUN: torch-onnx-opt %s | torch-onnx-opt | FileCheck %s

// CHECK-LABEL: @lists
func.func @lists(%a: !torch.int, %b: !torch.int) {
  // CHECK: %[[L:.*]] = torch.prim.ListConstruct %{{.*}}, %{{.*}} : !torch.int, !torch.int -> !torch.list<int>
  %0 = torch.prim.ListConstruct %a, %b : !torch.int, !torch.int -> !torch.list<int>
  // CHECK: torch.prim.ListConstruct -> !torch.list<tensor>
  %1 = torch.prim.ListConstruct -> !torch.list<tensor>
  // CHECK: %{{.*}}:2 = torch.prim.ListUnpack %[[L]] : !torch.list<int> -> !torch.int, !torch.int
  %2:2 = torch.prim.ListUnpack %0 : !torch.list<int> -> !torch.int, !torch.int
  return
}

// CHECK-LABEL: @tuples
func.func @tuples(%a: !torch.int, %b: !torch.tensor<[2],f32>) {
  // CHECK: %[[T:.*]] = torch.prim.TupleConstruct %{{.*}}, %{{.*}} : !torch.int, !torch.tensor<[2],f32> -> !torch.tuple<int, tensor>
  %0 = torch.prim.TupleConstruct %a, %b : !torch.int, !torch.tensor<[2],f32> -> !torch.tuple<int, tensor>
  // CHECK: torch.prim.TupleUnpack %[[T]] : !torch.tuple<int, tensor> -> !torch.int, !torch.tensor
  %1:2 = torch.prim.TupleUnpack %0 : !torch.tuple<int, tensor> -> !torch.int, !torch.tensor
  // CHECK: torch.prim.TupleIndex %[[T]], %{{.*}} : !torch.tuple<int, tensor>, !torch.int -> !torch.int
  %2 = torch.prim.TupleIndex %0, %a : !torch.tuple<int, tensor>, !torch.int -> !torch.int
  return
}

// CHECK-LABEL: @dicts
func.func @dicts(%k: !torch.str, %v: !torch.tensor) {
  // CHECK: torch.prim.DictConstruct %{{.*}}, %{{.*}} : !torch.str, !torch.tensor -> !torch.dict<str, tensor>
  %0 = torch.prim.DictConstruct %k, %v : !torch.str, !torch.tensor -> !torch.dict<str, tensor>
  return
}
