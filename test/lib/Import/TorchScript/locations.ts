// An operation is where its comment says, in the module that its scope names;
// without a comment it is at its own line of this file.
// RUN: torch-onnx-opt --emit=torch --mlir-print-debuginfo %s | FileCheck %s

graph(%x : Tensor):
  %1 : Tensor = aten::relu(%x), scope: layer1/layer1.0 # /home/me/model.py:12:4
  %2 : Tensor = aten::tanh(%1)
  return (%2)

// CHECK: torch.aten.relu {{.*}} loc(#[[RELU:.*]])
// CHECK: torch.aten.tanh {{.*}} loc(#[[TANH:.*]])
// CHECK-DAG: #[[LINE:.*]] = loc("/home/me/model.py":12:4)
// CHECK-DAG: #[[TANH]] = loc("{{.*}}locations.ts":7:1)
// CHECK-DAG: #[[RELU]] = loc("layer1.0"(#[[LINE]]))
