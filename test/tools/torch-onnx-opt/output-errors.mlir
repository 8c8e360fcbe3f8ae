// A place that can't be written is refused, and what is there stays.

// RUN: not torch-onnx-opt %s -o %t.no-such-folder/out.mlir 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: torch-onnx-opt: error: cannot write '{{.*}}out.mlir': there is no folder '{{.*}}.no-such-folder'

// RUN: mkdir -p %t.folder
// RUN: not torch-onnx-opt %s -o %t.folder 2>&1 | FileCheck %s --check-prefix=IS-FOLDER
// IS-FOLDER: torch-onnx-opt: error: cannot write '{{.*}}.folder': it is a folder

// RUN: not torch-onnx-opt %s -o %s 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: torch-onnx-opt: error: the output '{{.*}}' is the input

// RUN: not torch-onnx-opt %s -o /dev/full 2>&1 | FileCheck %s --check-prefix=FULL
// FULL: torch-onnx-opt: error: cannot write '/dev/full': No space left on device

// A name that says nothing of the format does not mean text.
// RUN: not torch-onnx-opt %s -o %t.kept.txt 2>&1 | FileCheck %s --check-prefix=SUFFIX
// SUFFIX: torch-onnx-opt: error: cannot write '{{.*}}.kept.txt': the suffix '.txt' says nothing of the format; known are .onnx, .mlir (text), .mlirbc and .bc (bytecode). Or name the format with --emit=torch, --emit=onnx-mlir or --emit=onnx
// RUN: not torch-onnx-opt %s -o %t.folder/out 2>&1 | FileCheck %s --check-prefix=NO-SUFFIX
// NO-SUFFIX: torch-onnx-opt: error: cannot write '{{.*}}out': a name without a suffix says nothing of the format; known are
// RUN: torch-onnx-opt %s -o %t.emit.txt --emit=torch
// RUN: FileCheck %s --check-prefix=EMIT --input-file=%t.emit.txt
// EMIT: func.func @f
// RUN: torch-onnx-opt %s -o /dev/null

// A failing run leaves the output of an earlier one.
// RUN: echo earlier > %t.kept.mlir
// RUN: echo "func.func @f(" | not torch-onnx-opt -o %t.kept.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: <stdin>:{{.*}}: error:
// RUN: FileCheck %s --check-prefix=EARLIER --input-file=%t.kept.mlir
// EARLIER: earlier
// RUN: ls %t.kept.mlir* | count 1

// The torch dialect is no model yet.
// RUN: echo 'func.func @f(%%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> { return %%x : !torch.tensor<[2],f32> }' > %t.torch.mlir
// RUN: not torch-onnx-opt %t.torch.mlir -o %t.torch.onnx 2>&1 | FileCheck %s --check-prefix=TORCH
// TORCH: error: {{.*}} has type '!torch.tensor<{{.*}}', which ONNX does not have
// TORCH: note: add --torchscript-to-onnx, which converts the torch dialect, or write it as .mlir

func.func @f() {
  return
}
