// RUN: torch-onnx-opt %s --opset 13 | FileCheck %s
// RUN: torch-onnx-opt %s --opset 13 --emit-bytecode | torch-onnx-opt | FileCheck %s

// CHECK: module attributes {onnx.opset = 13 : i64}
module attributes {onnx.opset = 20 : i64} {
}
