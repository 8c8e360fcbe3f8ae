// RUN: torch-onnx-opt %s -o %t.onnx
// RUN: %python %S/Inputs/show.py %t.onnx | FileCheck %s

// Custom domains are imported in the version that the module gives them.

module attributes {onnx.opset = 20 : i64, onnx.opset_imports = {my.domain = 3 : i64}} {
  // CHECK: opsets [('', 20), ('my.domain', 3), ('other', 1)]
  func.func @main(%x: tensor<2xf32> {onnx.name = "x"}) -> (tensor<2xf32> {onnx.name = "y"}) {
    %none = onnx.none
    // CHECK: value_info /A_output_0: float[2]
    // CHECK-NOT: value_info
    // CHECK: /A_output_0 = my.domain.A(x, , x) ['f=1.5', 'i=2', 'ints=[1, 2]', "s=b'text'"] name='/A'
    %0 = onnx.custom "my.domain" "A"(%x, %none, %x) {i = 2 : i64, f = 1.5 : f32, s = "text", ints = array<i64: 1, 2>} : (tensor<2xf32>, none, tensor<2xf32>) -> tensor<2xf32> loc(unknown)
    // CHECK: , /B_output_1 = other.B(/A_output_0) [] name='/B'
    %1:2 = onnx.custom "other" "B"(%0) : (tensor<2xf32>) -> (none, !onnx.unknown) loc(unknown)
    // CHECK: y = other.C(/B_output_1)
    %2 = onnx.custom "other" "C"(%1#1) : (!onnx.unknown) -> tensor<2xf32> loc(unknown)
    return %2 : tensor<2xf32>
  }
}
