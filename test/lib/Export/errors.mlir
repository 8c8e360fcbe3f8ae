// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: not torch-onnx-opt calls.mlir -o out.onnx 2>&1 | FileCheck %s --check-prefix=CALLS
// RUN: not torch-onnx-opt elided.mlir -o out.onnx 2>&1 | FileCheck %s --check-prefix=ELIDED
// RUN: not torch-onnx-opt names.mlir -o out.onnx 2>&1 | FileCheck %s --check-prefix=NAMES
// RUN: not torch-onnx-opt output-names.mlir -o out.onnx 2>&1 | FileCheck %s --check-prefix=OUTPUTS
// RUN: not torch-onnx-opt functions.mlir -o out.onnx 2>&1 | FileCheck %s --check-prefix=FUNCTIONS
// RUN: not torch-onnx-opt checker.mlir -o out.onnx 2>&1 | FileCheck %s --check-prefix=CHECKER
// RUN: not torch-onnx-opt good.mlir -o no/such/out.onnx 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not torch-onnx-opt good.mlir -o %t 2>&1 | FileCheck %s --check-prefix=DIRECTORY
// RUN: not torch-onnx-opt good.mlir --emit=onnx -o /dev/full 2>&1 | FileCheck %s --check-prefix=FULL
// Nothing is left behind.
// RUN: ls | FileCheck %s --check-prefix=LEFT
// LEFT-NOT: out.onnx
// LEFT-NOT: .tmp

//--- calls.mlir
func.func private @f(tensor<2xf32>) -> tensor<2xf32>
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  // CALLS: error: {{.*}}'func.call' can't be written to an ONNX file, which has operations of the onnx dialect only
  %0 = func.call @f(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = func.call @f(%0) : (tensor<2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}
// CALLS-NOT: error:

//--- elided.mlir
func.func @main() -> tensor<2xf32> {
  // ELIDED: error: {{.*}}constant 'fc.weight' can't be written: its bytes were left out when the module was printed (resource 'gone')
  %0 = onnx.initializer "fc.weight" dense_resource<gone> : tensor<2xf32>
  return %0 : tensor<2xf32>
}

//--- names.mlir
// NAMES: error: {{.*}}two inputs are named 'x'
func.func @main(%x: tensor<2xf32> {onnx.name = "x"}, %y: tensor<2xf32> {onnx.name = "x"}) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

//--- output-names.mlir
// OUTPUTS: error: {{.*}}two inputs or outputs are named 'x'
func.func @main(%x: tensor<2xf32> {onnx.name = "x"}) -> (tensor<2xf32> {onnx.name = "x"}) {
  %0 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

//--- functions.mlir
// FUNCTIONS: error: an ONNX model is one function, and this module has 2
func.func @a(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}
func.func @b(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

//--- checker.mlir
module attributes {onnx.opset = 20 : i64} {
  func.func @main(%x: tensor<2x3xf32>, %y: tensor<4x5xf32>) -> tensor<2x5xf32> {
    // CHECKER: model.py:7: error: the model does not pass onnx's checker: {{.*}}(op_type:MatMul, node name: /MatMul)
    %0 = onnx.MatMul(%x, %y) : (tensor<2x3xf32>, tensor<4x5xf32>) -> tensor<2x5xf32> loc("model.py":7:1)
    return %0 : tensor<2x5xf32>
  }
}

//--- good.mlir
// FOLDER: error: {{.*}}cannot write 'no/such/out.onnx': 
// DIRECTORY: error: {{.*}}cannot write '{{.*}}'
// FULL: error: {{.*}}cannot write '/dev/full': No space left on device
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
