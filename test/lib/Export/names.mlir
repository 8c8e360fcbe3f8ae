// RUN: torch-onnx-opt %s -o %t.onnx
// RUN: %python %S/Inputs/show.py %t.onnx | FileCheck %s

// Nodes are named by module path and operator, as the exporters of PyTorch do,
// and their results by the node. The model's own names win.

#batch = loc("layer1.0.conv1"("model.py":12:3))
module attributes {onnx.opset = 20 : i64} {
  // CHECK: ir 9 opsets [('', 20)] producer torch-onnx-opt
  // CHECK: input x: float[batch, 2]
  // CHECK: output y: float[batch, 2]
  // CHECK-DAG: value_info /layer1/layer1.0/conv1/Relu_output_0: float[batch, 2]
  // CHECK-DAG: value_info /layer1/layer1.0/conv1/Relu_1_output_0: float[batch, 2]
  // CHECK-DAG: value_info /Exp_output_0: float[batch, 2]
  // CHECK-DAG: value_info /Concat_output_0: float[2 * batch + 1, 2]
  func.func @main(%x: tensor<?x2xf32, #symbolic.shape<[batch, 2]>> {onnx.name = "x"})
      -> (tensor<?x2xf32, #symbolic.shape<[batch, 2]>> {onnx.name = "y"}) {
    // CHECK-DAG: initializer x_1: float[1, 2]
    // CHECK-DAG: initializer fc.weight: float[1, 2]
    // CHECK-DAG: initializer constant: int64[]
    %w = onnx.initializer "fc.weight" dense<1.0> : tensor<1x2xf32>
    %c = onnx.initializer "x" dense<2.0> : tensor<1x2xf32>
    %i = onnx.initializer dense<0> : tensor<i64>
    %u = onnx.Add(%i, %i) : (tensor<i64>, tensor<i64>) -> tensor<i64>
    // CHECK: /layer1/layer1.0/conv1/Relu_output_0 = Relu(x) [] name='/layer1/layer1.0/conv1/Relu'
    // CHECK-NEXT: doc 'layer1.0.conv1 at model.py:12'
    %0 = onnx.Relu(%x) : (tensor<?x2xf32, #symbolic.shape<[batch, 2]>>) -> tensor<?x2xf32, #symbolic.shape<[batch, 2]>> loc(#batch)
    // CHECK: /layer1/layer1.0/conv1/Relu_1_output_0 = Relu(
    // CHECK-SAME: name='/layer1/layer1.0/conv1/Relu_1'
    %1 = onnx.Relu(%0) : (tensor<?x2xf32, #symbolic.shape<[batch, 2]>>) -> tensor<?x2xf32, #symbolic.shape<[batch, 2]>> loc(#batch)
    // CHECK: /Exp_output_0 = Exp(
    // CHECK-NEXT: doc 'model.py:13'
    %2 = onnx.Exp(%1) : (tensor<?x2xf32, #symbolic.shape<[batch, 2]>>) -> tensor<?x2xf32, #symbolic.shape<[batch, 2]>> loc("model.py":13:1)
    // CHECK: /Concat_output_0 = Concat(/Exp_output_0, fc.weight, /Exp_output_0) ['axis=0']
    %3 = onnx.Concat(%2, %w, %2) {axis = 0 : i64} : (tensor<?x2xf32, #symbolic.shape<[batch, 2]>>, tensor<1x2xf32>, tensor<?x2xf32, #symbolic.shape<[batch, 2]>>) -> tensor<?x2xf32, #symbolic.shape<[batch * 2 + 1, 2]>> loc(unknown)
    // CHECK: y = Add(
    %4 = onnx.Add(%2, %c) : (tensor<?x2xf32, #symbolic.shape<[batch, 2]>>, tensor<1x2xf32>) -> tensor<?x2xf32, #symbolic.shape<[batch, 2]>> loc(unknown)
    return %4 : tensor<?x2xf32, #symbolic.shape<[batch, 2]>>
  }
}
