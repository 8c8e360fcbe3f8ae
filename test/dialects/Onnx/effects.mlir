// RUN: torch-onnx-opt %s -cse -canonicalize | FileCheck %s

// Equal operators are merged, random ones are not.
// CHECK-LABEL: @merge
func.func @merge(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  // CHECK-COUNT-1: onnx.Exp
  // CHECK-NOT: onnx.Exp
  %0 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
  // CHECK-COUNT-2: onnx.RandomNormalLike
  %2 = onnx.RandomNormalLike(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %3 = onnx.RandomNormalLike(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0, %1, %2, %3 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// What is not used goes, random or not, with its subgraphs.
// CHECK-LABEL: @erase
// CHECK-NEXT: return
func.func @erase(%x: tensor<2xf32>, %c: tensor<i1>) {
  %0 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = onnx.RandomNormalLike(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %2 = onnx.custom "my.domain" "MyOp"(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %3 = onnx.If(%c) : (tensor<i1>) -> tensor<2xf32> else_branch {
    %4 = onnx.RandomNormalLike(%x) : (tensor<2xf32>) -> tensor<2xf32>
    onnx.yield %4 : tensor<2xf32>
  } then_branch {
    onnx.yield %x : tensor<2xf32>
  }
  %5 = onnx.initializer dense<1.0> : tensor<2xf32>
  return
}
