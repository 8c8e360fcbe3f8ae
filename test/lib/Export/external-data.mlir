// RUN: rm -rf %t && mkdir %t
// RUN: torch-onnx-opt %s --external-data -o %t/m.onnx
// RUN: %python %S/Inputs/show.py %t/m.onnx | FileCheck %s
// RUN: %python -c "import onnx; onnx.checker.check_model(r'%t/m.onnx', full_check=True)"
// RUN: torch-onnx-opt %t/m.onnx -o %t/again.onnx
// RUN: %python -c "import onnx; m = onnx.load(r'%t/again.onnx'); assert m.graph.initializer[0].raw_data[:4] == b'\x00\x00\x80?'; assert len(m.graph.initializer[0].raw_data) == 4096"

// Large weights go to a file beside the model's.

module attributes {onnx.opset = 20 : i64} {
  // CHECK: initializer large: float[1024] external
  // CHECK: initializer small: float[2] [2.0, 2.0]
  func.func @main(%x: tensor<1024xf32>) -> tensor<1024xf32> {
    %0 = onnx.initializer "large" dense<1.0> : tensor<1024xf32>
    %1 = onnx.initializer "small" dense<2.0> : tensor<2xf32>
    %2 = onnx.Add(%x, %0) : (tensor<1024xf32>, tensor<1024xf32>) -> tensor<1024xf32>
    return %2 : tensor<1024xf32>
  }
}
