// Branches and loops keep their regions; a branch on a constant is decided.
// RUN: torch-onnx-opt --emit=torch %s | FileCheck %s

graph(%x : Float(2, 3, strides=[3, 1]), %c : bool):
  %zero : int = prim::Constant[value=0]()
  %one : int = prim::Constant[value=1]()
  %three : int = prim::Constant[value=3]()
  %true : bool = prim::Constant[value=1]()
  %none : NoneType = prim::Constant()
  %known : bool = aten::__is__(%x, %none)
  %a : Tensor = prim::If(%known)
    block0():
      %a.1 : Tensor = aten::tanh(%x)
      -> (%a.1)
    block1():
      %a.2 : Tensor = aten::relu(%x)
      -> (%a.2)
  %b : Tensor = prim::If(%c)
    block0():
      %b.1 : Tensor = aten::add(%a, %one, %one)
      -> (%b.1)
    block1():
      -> (%a)
  %d : Tensor = prim::Loop(%three, %true, %b)
    block0(%i : int, %carried : Tensor):
      %next : Tensor = aten::mul(%carried, %i)
      -> (%true, %next)
  return (%d)

// A number among the inputs is a tensor without dimensions.
// CHECK: func.func @main(%[[X:.*]]: !torch.tensor<[2,3],f32> {onnx.name = "x"}, %[[C:.*]]: !torch.tensor<[],i1> {onnx.name = "c"})
// CHECK-SAME: onnx.name = "output"
// CHECK: %[[CONDITION:.*]] = torch.aten.Bool.Tensor %[[C]]
// CHECK-NOT: aten.tanh
// CHECK: %[[A:.*]] = torch.aten.relu %[[X]]
// CHECK: %[[B:.*]] = torch.prim.If %[[CONDITION]] -> !torch.tensor {
// CHECK:   %[[SUM:.*]] = torch.aten.add.Scalar %[[A]]
// CHECK:   torch.prim.yield %[[SUM]]
// CHECK: } else {
// CHECK:   torch.prim.yield %[[A]]
// CHECK: %[[D:.*]] = torch.prim.Loop %int3, %true, init(%[[B]])
// CHECK: ^bb0(%[[I:.*]]: !torch.int, %[[CARRIED:.*]]: !torch.tensor):
// CHECK:   %[[NEXT:.*]] = torch.aten.mul.Scalar %[[CARRIED]], %[[I]]
// CHECK:   torch.prim.loop_condition %true, iter(%[[NEXT]])
// CHECK: return %[[D]]
