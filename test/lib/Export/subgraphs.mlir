// RUN: torch-onnx-opt %s -o %t.onnx
// RUN: %python %S/Inputs/show.py %t.onnx | FileCheck %s

// Subgraphs refer to values of the graph around them by name. Constants are all
// in the outer graph.

module attributes {onnx.opset = 20 : i64} {
  func.func @main(%c: tensor<i1> {onnx.name = "c"}, %n: tensor<i64> {onnx.name = "n"}, %x: tensor<2xf32> {onnx.name = "x"})
      -> (tensor<2xf32> {onnx.name = "y"}, tensor<2xf32> {onnx.name = "z"}) {
    %none = onnx.none
    // CHECK: initializer k: float[2]
    // CHECK: y = If(c)
    // CHECK: else_branch /If_else_branch
    // CHECK-NEXT: output [[ID:/Identity_output_[0-9_]+]]: float[2]
    // CHECK-NEXT: [[ID]] = Identity(x)
    // CHECK: then_branch /If_then_branch
    // CHECK-NEXT: output [[ADD:/Add_output_[0-9_]+]]: float[2]
    // CHECK: [[ADD]] = Add(x, k)
    %0 = onnx.If(%c) : (tensor<i1>) -> tensor<2xf32> else_branch {
      onnx.yield %x : tensor<2xf32>
    } then_branch {
      %k = onnx.initializer "k" dense<[1.0, 2.0]> : tensor<2xf32>
      %1 = onnx.Add(%x, %k) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
      onnx.yield %1 : tensor<2xf32>
    }
    // CHECK: z = Loop(n, , x)
    // CHECK: body /Loop_body
    // CHECK-NEXT: input /Loop_body_input_0: int64[]
    // CHECK-NEXT: input /Loop_body_input_1: bool[]
    // CHECK-NEXT: input /Loop_body_input_2: float[2]
    // CHECK-NEXT: output [[GO:.+]]: bool[]
    // CHECK-NEXT: output [[V:.+]]: float[2]
    // CHECK-NEXT: [[V]] = Add(/Loop_body_input_2, y)
    // CHECK: [[GO]] = Identity(/Loop_body_input_1)
    %2 = onnx.Loop(%n, %none, %x) : (tensor<i64>, none, tensor<2xf32>) -> tensor<2xf32> body {
    ^bb0(%i: tensor<i64>, %go: tensor<i1>, %v: tensor<2xf32>):
      %3 = onnx.Add(%v, %0) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
      onnx.yield %go, %3 : tensor<i1>, tensor<2xf32>
    }
    return %0, %2 : tensor<2xf32>, tensor<2xf32>
  }
}
