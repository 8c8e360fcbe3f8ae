// A malformed pipeline is refused before anything is read.

// RUN: not torch-onnx-opt no-such-file --pass-pipeline='builtin.module(no-such-pass)' 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: torch-onnx-opt: error: invalid pass pipeline: 'no-such-pass' does not refer to a registered pass or pass pipeline

// RUN: not torch-onnx-opt no-such-file --pass-pipeline='builtin.module(cse' 2>&1 | FileCheck %s --check-prefix=PARENTHESIS
// PARENTHESIS: torch-onnx-opt: error: invalid pass pipeline: {{.+}}

// RUN: not torch-onnx-opt no-such-file --pass-pipeline='builtin.module(decompose{no-such-option=1})' 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: torch-onnx-opt: error: invalid pass pipeline: {{.*}}no-such-option

// RUN: not torch-onnx-opt no-such-file --cse --decompositions=mine.mlir 2>&1 | FileCheck %s --check-prefix=UNUSED
// UNUSED: torch-onnx-opt: error: --decompositions: none of the passes that run has a use for it
