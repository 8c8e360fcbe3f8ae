//===- Passes.h - To an older opset -----------------------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_LEGALIZEOPSET_PASSES_H
#define TORCHONNX_PASSES_LEGALIZEOPSET_PASSES_H

#include "dialects/Onnx/OnnxDialect.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/LegalizeOpset/Passes.h.inc"

} // namespace torchonnx

#endif // TORCHONNX_PASSES_LEGALIZEOPSET_PASSES_H
