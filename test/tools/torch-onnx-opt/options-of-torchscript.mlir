// Options that describe a TorchScript model mean nothing for another.

// RUN: not torch-onnx-opt %s --input x=2,3:f32 2>&1 | FileCheck %s --check-prefix=INPUT
// INPUT: torch-onnx-opt: error: --input describes a TorchScript model, which '{{.*}}.mlir' is not

// RUN: not torch-onnx-opt %s --dynamic x:0=batch 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// DYNAMIC: torch-onnx-opt: error: --dynamic describes a TorchScript model

// RUN: not torch-onnx-opt %s --external-data 2>&1 | FileCheck %s --check-prefix=EXTERNAL
// EXTERNAL: torch-onnx-opt: error: --external-data needs an ONNX file to put the data beside: -o model.onnx

func.func @f() {
  return
}
