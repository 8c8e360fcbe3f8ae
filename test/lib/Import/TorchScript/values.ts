// Constants are made once, at the start of the function, lists of them too unless
// something writes to the list.
// RUN: torch-onnx-opt --emit=torch %s | FileCheck %s

graph(%x : Float(2, 3, 4, strides=[12, 4, 1]), %y : Tensor):
  %1 : int = prim::Constant[value=1]()
  %2 : int = prim::Constant[value=1]()
  %3 : float = prim::Constant[value=0.5]()
  %false : bool = prim::Constant[value=0]()
  %4 : NoneType = prim::Constant()
  %5 : str = prim::Constant[value="none"]()
  %6 : int[] = prim::ListConstruct(%1, %2)
  %7 : int[] = prim::ListConstruct(%2, %1)
  %8 : Tensor = aten::sum(%x, %6, %false, %4)
  %10 : Tensor = aten::add(%8, %y, %2)
  %11 : Tensor = aten::gelu(%10, %5)
  %12 : Tensor = aten::leaky_relu(%11, %3)
  %13 : Tensor = aten::reshape(%12, %7)
  %14 : Tensor = aten::add_(%13, %y, %1)
  return (%14)

// CHECK-LABEL: func.func @main
// CHECK-DAG: %int1 = torch.constant 1 : !torch.int
// CHECK-DAG: %float0.5 = torch.constant 0.5 : !torch.float
// CHECK-DAG: %str_none = torch.constant "none"
// CHECK-DAG: %none = torch.constant none
// CHECK: %[[LIST:.*]] = torch.prim.ListConstruct %int1, %int1
// CHECK-NOT: prim.ListConstruct
// CHECK-NOT: torch.constant
// CHECK: torch.aten.sum.dim_IntList %{{.*}}, %[[LIST]], %false, %none
// CHECK: torch.aten.gelu %{{.*}}, %str_none
// CHECK: torch.aten.leaky_relu %{{.*}}, %float0.5
// CHECK: torch.aten.reshape %{{.*}}, %[[LIST]]

// What no list of the dialect names keeps its name.
// CHECK: torch.operator "aten.add_.Tensor"
