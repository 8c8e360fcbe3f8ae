// RUN: torch-onnx-opt %s -o %t.onnx
// RUN: %python %S/Inputs/show.py %t.onnx | FileCheck %s

// From IR version 10 on a node has metadata.

module attributes {onnx.opset = 21 : i64} {
  // CHECK: ir 10 opsets [('', 21)]
  func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
    // CHECK: output_0 = Relu(input_0) [] name='/a/Relu'
    // CHECK-NEXT: torch_onnx_opt.scope = a
    // CHECK-NEXT: torch_onnx_opt.location = model.py:12
    %0 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf32> loc("a"("model.py":12:3))
    return %0 : tensor<2xf32>
  }
}
