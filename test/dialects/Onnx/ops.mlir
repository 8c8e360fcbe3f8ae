// RUN: torch-onnx-opt %s | FileCheck %s
// RUN: torch-onnx-opt %s | torch-onnx-opt | FileCheck %s
// RUN: torch-onnx-opt %s --emit-bytecode | torch-onnx-opt | FileCheck %s

// An absent operand is the value of onnx.none, an unwanted result has its type.
// CHECK-LABEL: @optional
func.func @optional(%x: tensor<1x3x8x8xf32>, %w: tensor<4x3x3x3xf32>) {
  // CHECK: %none = onnx.none
  %none = onnx.none
  // CHECK: onnx.Conv(%arg0, %arg1, %none) {strides = array<i64: 2, 2>} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>, none) -> tensor<1x4x3x3xf32>
  %0 = onnx.Conv(%x, %w, %none) {strides = array<i64: 2, 2>} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>, none) -> tensor<1x4x3x3xf32>
  // CHECK: onnx.Dropout(%arg0, %none, %none) : (tensor<1x3x8x8xf32>, none, none) -> (tensor<1x3x8x8xf32>, none)
  %1:2 = onnx.Dropout(%x, %none, %none) : (tensor<1x3x8x8xf32>, none, none) -> (tensor<1x3x8x8xf32>, none)
  return
}

// CHECK-LABEL: @variadic
func.func @variadic(%x: tensor<2xf32>) {
  // CHECK: onnx.Concat(%arg0, %arg0, %arg0) {axis = 0 : i64} : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<6xf32>
  %0 = onnx.Concat(%x, %x, %x) {axis = 0 : i64} : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<6xf32>
  %none = onnx.none
  // CHECK: onnx.Split({{.*}}) {axis = 0 : i64, num_outputs = 3 : i64} : (tensor<6xf32>, none) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
  %1:3 = onnx.Split(%0, %none) {axis = 0 : i64, num_outputs = 3 : i64} : (tensor<6xf32>, none) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
  return
}

// Every kind of attribute.
// CHECK-LABEL: @attributes
func.func @attributes(%x: tensor<2xf32>, %r: tensor<2x3x4xf32>) {
  // CHECK: onnx.LeakyRelu(%arg0) {alpha = 2.000000e-01 : f32}
  %0 = onnx.LeakyRelu(%x) {alpha = 0.2 : f32} : (tensor<2xf32>) -> tensor<2xf32>
  // CHECK: onnx.Gelu(%arg0) {approximate = "tanh"}
  %1 = onnx.Gelu(%x) {approximate = "tanh"} : (tensor<2xf32>) -> tensor<2xf32>
  // CHECK: onnx.Transpose(%arg1) {perm = array<i64: 2, 0, 1>}
  %2 = onnx.Transpose(%r) {perm = array<i64: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  // CHECK: onnx.Constant() {value_floats = array<f32: 1.000000e+00, 2.000000e+00>}
  %3 = onnx.Constant() {value_floats = array<f32: 1.0, 2.0>} : () -> tensor<2xf32>
  // CHECK: onnx.Constant() {value_strings = ["a", "b"]} : () -> tensor<2x!onnx.str>
  %4 = onnx.Constant() {value_strings = ["a", "b"]} : () -> tensor<2x!onnx.str>
  // CHECK: onnx.Constant() {value = dense<[1, 2]> : tensor<2xi64>}
  %5 = onnx.Constant() {value = dense<[1, 2]> : tensor<2xi64>} : () -> tensor<2xi64>
  // CHECK: onnx.Optional(%none) {type = tensor<2xf32>} : (none) -> !onnx.opt<tensor<2xf32>>
  %none = onnx.none
  %6 = onnx.Optional(%none) {type = tensor<2xf32>} : (none) -> !onnx.opt<tensor<2xf32>>
  return
}

// CHECK-LABEL: @types
func.func @types(%x: tensor<?xf32, #symbolic.shape<[batch]>>, %y: tensor<*xf32>) {
  // CHECK: onnx.SequenceConstruct(%arg0, %arg1) : (tensor<?xf32, #symbolic.shape<[batch]>>, tensor<*xf32>) -> !onnx.seq<tensor<*xf32>>
  %0 = onnx.SequenceConstruct(%x, %y) : (tensor<?xf32, #symbolic.shape<[batch]>>, tensor<*xf32>) -> !onnx.seq<tensor<*xf32>>
  // CHECK: onnx.Cast(%arg1) {to = 23 : i64} : (tensor<*xf32>) -> tensor<*x!onnx.f4E2M1>
  %1 = onnx.Cast(%y) {to = 23 : i64} : (tensor<*xf32>) -> tensor<*x!onnx.f4E2M1>
  // CHECK: onnx.Cast(%arg1) {to = 24 : i64} : (tensor<*xf32>) -> tensor<*x!onnx.f8E8M0>
  %2 = onnx.Cast(%y) {to = 24 : i64} : (tensor<*xf32>) -> tensor<*x!onnx.f8E8M0>
  return
}

// Subgraphs are regions, which see the values around them.
// CHECK-LABEL: @subgraphs
func.func @subgraphs(%c: tensor<i1>, %x: tensor<2xf32>, %n: tensor<i64>) {
  // CHECK: onnx.If(%arg0) : (tensor<i1>) -> tensor<2xf32> else_branch {
  // CHECK-NEXT: onnx.yield %arg1 : tensor<2xf32>
  // CHECK-NEXT: } then_branch {
  // CHECK-NEXT: %[[EXP:.+]] = onnx.Exp(%arg1)
  // CHECK-NEXT: onnx.yield %[[EXP]]
  %0 = onnx.If(%c) : (tensor<i1>) -> tensor<2xf32> else_branch {
    onnx.yield %x : tensor<2xf32>
  } then_branch {
    %1 = onnx.Exp(%x) : (tensor<2xf32>) -> tensor<2xf32>
    onnx.yield %1 : tensor<2xf32>
  }
  // CHECK: onnx.Loop(%arg2, %none, %arg1) : (tensor<i64>, none, tensor<2xf32>) -> tensor<2xf32> body {
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<i64>, %[[GO:.+]]: tensor<i1>, %[[V:.+]]: tensor<2xf32>):
  %none = onnx.none
  %2 = onnx.Loop(%n, %none, %x) : (tensor<i64>, none, tensor<2xf32>) -> tensor<2xf32> body {
  ^bb0(%i: tensor<i64>, %go: tensor<i1>, %v: tensor<2xf32>):
    %3 = onnx.Add(%v, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    onnx.yield %go, %3 : tensor<i1>, tensor<2xf32>
  }
  return
}

// CHECK-LABEL: @custom
func.func @custom(%x: tensor<2xf32>) {
  // CHECK: onnx.custom "my.domain" "MyOp"(%arg0) {alpha = 1.000000e+00 : f32, domain = "kept apart"} attributes {onnx.since_version = 2 : i64} : (tensor<2xf32>) -> (tensor<2xf32>, !onnx.unknown)
  %0:2 = onnx.custom "my.domain" "MyOp"(%x) {alpha = 1.0 : f32, domain = "kept apart"} attributes {onnx.since_version = 2 : i64} : (tensor<2xf32>) -> (tensor<2xf32>, !onnx.unknown)
  // CHECK: onnx.custom "" "Old"() : () -> tensor<2xf32> with body {
  %1 = onnx.custom "" "Old"() : () -> tensor<2xf32> with body {
    onnx.yield %x : tensor<2xf32>
  }
  // CHECK: onnx.Relu(%1)
  %2 = onnx.Relu(%1) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// Constants, with their names as the names of values.
// CHECK-LABEL: @constants
func.func @constants() {
  // CHECK: %fc.weight = onnx.initializer "fc.weight" dense_resource<w> : tensor<2xf32>
  %0 = onnx.initializer "fc.weight" dense_resource<w> : tensor<2xf32>
  // CHECK: %c-1 = onnx.initializer dense<-1> : tensor<1xi64>
  %1 = onnx.initializer dense<-1> : tensor<1xi64>
  // CHECK: onnx.initializer "t" #onnx.fold<"Transpose"(dense_resource<w{{.*}}> : tensor<2xf32>, dense<1> : tensor<i64>) {perm = array<i64: 0>}> : tensor<2xf32>
  %2 = onnx.initializer "t" #onnx.fold<"Transpose"(dense_resource<w> : tensor<2xf32>, dense<1> : tensor<i64>) {perm = array<i64: 0>}> : tensor<2xf32>
  return
}

{-#
  dialect_resources: { builtin: { w: "0x040000000000803F00000040" } }
#-}
