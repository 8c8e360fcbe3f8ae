// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics

func.func @operand_type(%x: tensor<2xi1>) {
  // expected-error @+1 {{'onnx.Softmax' op operand 'input' is tensor(bool), but opset 26 allows only tensor(float16), tensor(float), tensor(double), tensor(bfloat16)}}
  %0 = onnx.Softmax(%x) : (tensor<2xi1>) -> tensor<2xf32>
  return
}

// -----

func.func @no_onnx_type(%x: index) {
  // expected-error @+1 {{'onnx.Relu' op operand 'X' has type 'index', which ONNX does not have}}
  %0 = onnx.Relu(%x) : (index) -> tensor<2xf32>
  return
}

// -----

func.func @same_type(%x: tensor<2xf32>, %y: tensor<2xi64>) {
  // expected-error @+1 {{'onnx.Add' op operand 'B' is tensor(int64), but 'A' is tensor(float): they must be of the same type (T)}}
  %0 = onnx.Add(%x, %y) : (tensor<2xf32>, tensor<2xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @result_type(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.Relu' op result 'Y' is tensor(double), but 'X' is tensor(float): they must be of the same type (T)}}
  %0 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @required_operand(%x: tensor<2xf32>) {
  %none = onnx.none
  // expected-error @+1 {{'onnx.Add' op operand 'B' is required, but absent}}
  %0 = onnx.Add(%x, %none) : (tensor<2xf32>, none) -> tensor<2xf32>
  return
}

// -----

func.func @operand_count(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.Clip' op expected 3 operands, but found 1}}
  %0 = onnx.Clip(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @too_few_variadic() {
  // expected-error @+1 {{'onnx.Concat' op has 0 operands, but needs at least 1}}
  %0 = onnx.Concat() {axis = 0 : i64} : () -> tensor<2xf32>
  return
}

// -----

func.func @unknown_attribute(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.Relu' op has no attribute 'alpha' in opset 26}}
  %0 = onnx.Relu(%x) {alpha = 1.0 : f32} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @attribute_kind(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.Softmax' op attribute 'axis' is 1 : i32, but must be an integer (i64)}}
  %0 = onnx.Softmax(%x) {axis = 1 : i32} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @attribute_list(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.Transpose' op attribute 'perm' is [0], but must be a list of integers (array<i64: ..>)}}
  %0 = onnx.Transpose(%x) {perm = [0]} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @required_attribute(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.Cast' op requires}}
  %0 = onnx.Cast(%x) : (tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @subgraph_end(%c: tensor<i1>) {
  // expected-error @+1 {{'onnx.If' op has a subgraph that does not end in 'onnx.yield'}}
  %0 = onnx.If(%c) : (tensor<i1>) -> tensor<i1> else_branch {
    %1 = onnx.Not(%c) : (tensor<i1>) -> tensor<i1>
  } then_branch {
    onnx.yield %c : tensor<i1>
  }
  return
}

// -----

func.func @branch_values(%c: tensor<i1>) {
  %0 = onnx.If(%c) : (tensor<i1>) -> tensor<i1> else_branch {
    // expected-error @+1 {{'onnx.yield' op has 2 values for the 1 results of 'onnx.If'}}
    onnx.yield %c, %c : tensor<i1>, tensor<i1>
  } then_branch {
    onnx.yield %c : tensor<i1>
  }
  return
}

// -----

func.func @initializer() {
  // expected-error @+1 {{'onnx.initializer' op value is neither a tensor nor a #onnx.fold}}
  %0 = onnx.initializer 1 : i64
  return
}

// -----

func.func @fold() {
  // expected-error @+1 {{the type of a fold is a tensor of static shape, not 'tensor<?xf32>'}}
  %0 = onnx.initializer #onnx.fold<"Transpose"(dense<1.0> : tensor<2xf32>) {}> : tensor<?xf32>
  return
}

// -----

func.func @fold_input() {
  // expected-error @+1 {{an input of a fold is a constant or a fold, not "a"}}
  %0 = onnx.initializer #onnx.fold<"Transpose"("a") {}> : tensor<2xf32>
  return
}

// -----

func.func @not_in_opset(%x: tensor<2xf32>) {
  // expected-error @+1 {{custom op 'onnx.Upsample' is unknown}}
  %0 = onnx.Upsample(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @untyped() {
  // expected-error @+1 {{expected a constant that has a type}}
  %0 = onnx.initializer "w" []
  return
}

// -----

func.func @initializer_type() {
  // expected-error @+1 {{'onnx.initializer' op has type 'tensor<3xf32>', but its value has type 'tensor<2xf32>'}}
  %0 = "onnx.initializer"() {value = dense<0.0> : tensor<2xf32>} : () -> tensor<3xf32>
  return
}

// -----

func.func @graph_names(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.custom' op has 1 graphs, but names for 0}}
  %0 = "onnx.custom"(%x) ({
    onnx.yield %x : tensor<2xf32>
  }) {domain = "my.domain", op_attributes = {}, op_type = "Scan"} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @graph_end(%x: tensor<2xf32>) {
  // expected-error @+1 {{'onnx.custom' op has a graph that does not end in 'onnx.yield'}}
  %0 = "onnx.custom"(%x) ({
    %1 = onnx.Relu(%x) : (tensor<2xf32>) -> tensor<2xf32>
  }) {domain = "my.domain", op_attributes = {}, op_type = "Scan", region_names = ["body"]} : (tensor<2xf32>) -> tensor<2xf32>
  return
}
