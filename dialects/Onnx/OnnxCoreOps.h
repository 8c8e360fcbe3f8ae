//===- OnnxCoreOps.h - Hand-written operations ------------------*- C++ -*-===//
//
// The operations of the onnx dialect that are no operators of the
// specification. For code that treats those all alike: OnnxOps.h, which has all
// of them, takes longer to compile.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_DIALECTS_ONNX_ONNXCOREOPS_H
#define TORCHONNX_DIALECTS_ONNX_ONNXCOREOPS_H

#include "dialects/Onnx/OnnxDialect.h"

#define GET_OP_CLASSES
#include "dialects/Onnx/OnnxOps.h.inc"

#endif // TORCHONNX_DIALECTS_ONNX_ONNXCOREOPS_H
