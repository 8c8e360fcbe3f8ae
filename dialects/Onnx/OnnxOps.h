//===- OnnxOps.h - The operations of the onnx dialect -----------*- C++ -*-===//

#ifndef TORCHONNX_DIALECTS_ONNX_ONNXOPS_H
#define TORCHONNX_DIALECTS_ONNX_ONNXOPS_H

#include "dialects/Onnx/OnnxCoreOps.h"

#define GET_OP_CLASSES
#include "dialects/Onnx/OpsAtoF.h.inc"
#define GET_OP_CLASSES
#include "dialects/Onnx/OpsGtoQ.h.inc"
#define GET_OP_CLASSES
#include "dialects/Onnx/OpsRtoZ.h.inc"

#endif // TORCHONNX_DIALECTS_ONNX_ONNXOPS_H
