// Containers among inputs and outputs are flattened; an optional input is None
// unless it is described.
// RUN: torch-onnx-opt --emit=torch %s | FileCheck %s
// RUN: torch-onnx-opt --emit=torch %s --input=mask=batch,1:bool --input=x=batch,?:f16 | FileCheck %s --check-prefix=MASK
// RUN: torch-onnx-opt --emit=torch %s --dynamic=x:0=batch,x:-1 --input-names=first,second --output-names=out | FileCheck %s --check-prefix=NAMES

graph(%x : Float(2, 3, strides=[3, 1]), %pair : (Tensor, int), %mask : Tensor?):
  %key : str = prim::Constant[value="k"]()
  %none : NoneType = prim::Constant()
  %t : Tensor, %n : int = prim::TupleUnpack(%pair)
  %y : Tensor = aten::add(%x, %t, %n)
  %d : Dict(str, Tensor) = prim::DictConstruct(%key, %x)
  %l : Tensor[] = prim::ListConstruct(%t, %y)
  %r : (Tensor, Dict(str, Tensor), Tensor[], Tensor?) = prim::TupleConstruct(%y, %d, %l, %none)
  return (%r)

// CHECK: func.func @main(
// CHECK-SAME: !torch.tensor<[2,3],f32> {onnx.name = "x"}
// CHECK-SAME: !torch.tensor {onnx.name = "pair.0"}
// CHECK-SAME: !torch.tensor<[],i64> {onnx.name = "pair.1"}
// CHECK-SAME: -> (!torch.tensor {onnx.name = "output_0"}, !torch.tensor<[2,3],f32> {onnx.name = "k"}, !torch.tensor {onnx.name = "output_2"}, !torch.tensor {onnx.name = "output_3"})
// CHECK: torch.aten.Int.Tensor

// MASK: !torch.tensor<[batch,?],f16> {onnx.name = "x"}
// MASK-SAME: !torch.tensor<[batch,1],i1> {onnx.name = "mask"}

// NAMES: !torch.tensor<[batch,?],f32> {onnx.name = "first"}
// NAMES-SAME: onnx.name = "second"
// NAMES-SAME: -> (!torch.tensor {onnx.name = "out"}
