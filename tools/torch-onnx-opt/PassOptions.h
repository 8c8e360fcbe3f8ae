//===- PassOptions.h - Options of the tool as options of passes -*- C++ -*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_PASSOPTIONS_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_PASSOPTIONS_H

#include "Options.h"

namespace mlir {
class OpPassManager;
}

namespace torchonnx::driver {

/// Hands --decompositions, --custom-domain and --explain to every pass of the
/// pipeline that has the option of that name. With `report`, fails if an option
/// was given that no pass has.
llvm::LogicalResult applyPassOptions(mlir::OpPassManager &manager,
                                     const Options &options, bool report);

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_PASSOPTIONS_H
