// RUN: torch-onnx-opt %s --canonicalize | FileCheck %s
// RUN: torch-onnx-opt %s --pass-pipeline='builtin.module(canonicalize)' | FileCheck %s
// RUN: torch-onnx-opt < %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @cast
func.func @cast(%x: i32) -> i32 {
  // CHECK-NOT: unrealized
  %0 = builtin.unrealized_conversion_cast %x : i32 to i32
  return %0 : i32
}
