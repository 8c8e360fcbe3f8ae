# The text of a TorchScript graph is a model like a .pt.

# RUN: torch-onnx-opt %s | FileCheck %s --check-prefix=TORCH
# RUN: torch-onnx-opt %s --emit=torch | FileCheck %s --check-prefix=TORCH
# RUN: torch-onnx-opt - < %s | FileCheck %s --check-prefix=TORCH
# RUN: torch-onnx-opt %s --emit=onnx-mlir --opset 13 | FileCheck %s --check-prefix=ONNX
# RUN: torch-onnx-opt %s -o %t.onnx --input x=batch,3:f32 --output-names=y
# RUN: torch-onnx-opt %t.onnx | FileCheck %s --check-prefix=MODEL
# RUN: torch-onnx-opt %s --emit=onnx --dynamic x:0=batch --output-names=y | torch-onnx-opt | FileCheck %s --check-prefix=MODEL

# TORCH: func.func @main(%{{.*}}: !torch.tensor<[2,3],f32> {onnx.name = "x"})
# TORCH: torch.aten.relu

# ONNX: module{{.*}} attributes {onnx.opset = 13 : i64}
# ONNX: onnx.Relu

# MODEL: onnx.opset = 20
# MODEL: func.func @main({{.*}}tensor<?x3xf32, #symbolic.shape<[batch, 3]>> {onnx.name = "x"})
# MODEL-SAME: {onnx.name = "y"}
# MODEL: onnx.Relu

# A run that fails leaves no file.
# RUN: rm -f %t.bad.onnx
# RUN: not torch-onnx-opt %s -o %t.bad.onnx --input nothing=2,3 2>&1 | FileCheck %s --check-prefix=NO-INPUT
# NO-INPUT: torch-onnx-opt: error: {{.*}}'nothing'
# RUN: not ls %t.bad.onnx

# RUN: not torch-onnx-opt %t.onnx --emit=torch 2>&1 | FileCheck %s --check-prefix=BACK
# BACK: torch-onnx-opt: error: --emit=torch: '{{.*}}.onnx' is an ONNX model

graph(%x : Float(2, 3)):
  %y : Tensor = aten::relu(%x)
  return (%y)
