// RUN: torch-onnx-opt %s -o %t.onnx
// RUN: %python %S/Inputs/show.py %t.onnx | FileCheck %s

// An output that is an input, a constant or an output already gets an Identity.

func.func @main(%x: tensor<2xf32> {onnx.name = "x"}, %z: tensor<2xf32> {onnx.name = "z"})
    -> (tensor<2xf32> {onnx.name = "a"}, tensor<2xf32> {onnx.name = "b"}, tensor<2xf32> {onnx.name = "c"},
        tensor<1xf32> {onnx.name = "d"}, tensor<2xf32> {onnx.name = "z"}) {
  %0 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %w = onnx.initializer "w" dense<1.0> : tensor<1xf32>
  return %0, %x, %0, %w, %z : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<2xf32>
}
// CHECK: a = Relu(x)
// CHECK: b = Identity(x)
// CHECK: c = Identity(a)
// CHECK: d = Identity(w)
// Under the name of the input it is the input.
// CHECK-NOT: = Identity(
