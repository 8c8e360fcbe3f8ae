// RUN: sed s/OPSET/11/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR6
// RUN: sed s/OPSET/14/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR7
// RUN: sed s/OPSET/18/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR8
// RUN: sed s/OPSET/19/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR9
// RUN: sed s/OPSET/21/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR10
// RUN: sed s/OPSET/23/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR11
// RUN: sed s/OPSET/24/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR12
// RUN: sed s/OPSET/26/ %s | torch-onnx-opt -o %t.onnx && %python %S/Inputs/show.py %t.onnx | FileCheck %s --check-prefix=IR13

// The smallest IR version that has the opset.

module attributes {onnx.opset = OPSET : i64} {
  func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
    %0 = onnx.Sigmoid(%x) : (tensor<2xf32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}
// IR6: ir 6 opsets [('', 11)]
// IR7: ir 7 opsets [('', 14)]
// IR8: ir 8 opsets [('', 18)]
// IR9: ir 9 opsets [('', 19)]
// IR10: ir 10 opsets [('', 21)]
// IR11: ir 11 opsets [('', 23)]
// IR12: ir 12 opsets [('', 24)]
// IR13: ir 13 opsets [('', 26)]
