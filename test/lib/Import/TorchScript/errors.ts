// RUN: not torch-onnx-opt --emit=torch %s 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: error: input 'mode' has type str, which an ONNX model cannot take; wrap the model in a module whose forward() fixes it

// RUN: split-file %s %t
// RUN: not torch-onnx-opt --emit=torch %t/list.ts 2>&1 | FileCheck %s --check-prefix=LIST
// LIST: error: input 'xs' has type List[Tensor], and how many elements it has is not known; trace the model with an example input
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --input=z=1,2 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: error: the model has no input 'z'; its inputs are 'x', 'y'
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --input=1 --input=1 --input=1 2>&1 | FileCheck %s --check-prefix=COUNT
// COUNT: error: 3 inputs are described, but the model has 2; its inputs are 'x', 'y'
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --dynamic=x:5=n 2>&1 | FileCheck %s --check-prefix=AXIS
// AXIS: error: input 'x' has 2 dimensions, so it has no dimension 5 to be dynamic
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --dynamic=y:0=n 2>&1 | FileCheck %s --check-prefix=RANK
// RANK: error: dimension 0 of input 'y' is to be dynamic, but its other dimensions are unknown; give them with --input, for example --input=y=batch,3,224,224:f32
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --output-names=a,b 2>&1 | FileCheck %s --check-prefix=OUTPUTS
// OUTPUTS: error: 2 output names are given, but the model has 1 output
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --output-names=x 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: error: the name 'x' is given to two inputs or outputs
// RUN: not torch-onnx-opt --emit=torch %t/nothing.ts 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: error: the model returns no tensor, so there is nothing to compute
// RUN: not torch-onnx-opt --emit=torch %t/syntax.ts 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: error: '{{.*}}syntax.ts' is no TorchScript graph
// RUN: not torch-onnx-opt --emit=torch %t/add.ts --dynamic=z:0=n 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// DYNAMIC: error: the model has no input 'z' to have a dynamic dimension; its inputs are 'x', 'y'
// RUN: torch-onnx-opt --emit=torch %t/add.ts --input-names=a,b,c 2>&1 | FileCheck %s --check-prefix=NAMES
// NAMES: warning: 3 input names are given, but the model has 2 inputs and 0 parameters and buffers
// RUN: not torch-onnx-opt --emit=torch %t/output.ts 2>&1 | FileCheck %s --check-prefix=OUTPUT
// OUTPUT: error: output 0 of the model has type '!torch.str', which an ONNX model cannot return; return tensors
// RUN: not torch-onnx-opt --emit=torch %t/block.ts 2>&1 | FileCheck %s --check-prefix=BLOCK
// BLOCK: block.ts:2: error: the model uses prim::FusedConcat, which has no form in ONNX

graph(%x : Tensor, %mode : str):
  return (%x)

//--- list.ts
graph(%xs : Tensor[]):
  return (%xs)

//--- add.ts
graph(%x : Float(2, 3, strides=[3, 1]), %y : Tensor):
  %1 : int = prim::Constant[value=1]()
  %2 : Tensor = aten::add(%x, %y, %1)
  return (%2)

//--- nothing.ts
graph(%x : Float(2, strides=[1])):
  %1 : NoneType = prim::Constant()
  return (%1)

//--- syntax.ts
graph(%x : Tensor):
  %1 : Tensor = aten::relu(
  return (%1)

//--- output.ts
graph(%x : Tensor):
  %1 : str = prim::Constant[value="text"]()
  return (%1)

//--- block.ts
graph(%x : Tensor):
  %1 : Tensor = prim::FusedConcat(%x)
    block0():
      -> (%x)
  return (%1)
