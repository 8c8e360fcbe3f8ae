//===- DecompositionSignature.h - How a decomposition begins ----*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_DECOMPOSITIONSIGNATURE_H
#define TORCHONNX_PASSES_TORCHTOONNX_DECOMPOSITIONSIGNATURE_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace torchonnx {

/// The first line of a decomposition of the operator with this schema key, as
/// a user writes it: `func.func @aten.i0(%self: !torch.tensor) ->
/// !torch.tensor`. Only the name if LibTorch does not know the operator.
std::string getDecompositionSignature(llvm::StringRef key);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_DECOMPOSITIONSIGNATURE_H
