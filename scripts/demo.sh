#!/bin/sh
# Converts a real model with the build in folder $1 and shows each step: from
# Python, where it is traced, checked by onnx and compared with PyTorch; then its
# TorchScript file with the command line alone.
set -eu
cd "$(dirname "$0")/.."
root=$PWD build=$PWD/$1
mkdir -p "$build/demo"
cd "$build/demo"
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

export PYTHONPATH="$root" TORCH_ONNX_OPT_NATIVE_DIR="$build/python/torch_onnx_opt"
say "ResNet-18: trace, convert, check, run in ONNX Runtime, compare with PyTorch"
"$root/.venv/bin/python" - <<'EOF'
import torch
import torch_onnx_opt
from examples.resnet import example

arguments = example()
print(torch_onnx_opt.export(f="resnet18.onnx", verify=True, **arguments))
torch.jit.trace(arguments["model"].eval(), arguments["args"]).save("resnet18.pt")
EOF

say "The same from its TorchScript file, without Python:" \
    "torch-onnx-opt resnet18.pt --dynamic=image:0=batch --input-names=image --emit=onnx-mlir"
"$build/bin/torch-onnx-opt" resnet18.pt --input-names=image --dynamic=image:0=batch \
  --emit=onnx-mlir >resnet18.mlir
grep -v onnx.initializer resnet18.mlir | head -n 12 | cut -c 1-160
echo "..."
ls -lh resnet18.onnx resnet18.pt | awk '{print $5, $9}'
echo "in $build/demo"
