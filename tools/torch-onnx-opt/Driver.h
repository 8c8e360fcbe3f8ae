//===- Driver.h - From an input file to an output file ----------*- C++ -*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_DRIVER_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_DRIVER_H

#include "Options.h"

namespace mlir {
class MlirOptMainConfig;
}

namespace torchonnx::driver {

/// Reads the input, runs the passes and writes the output. Every failure has
/// been printed, and has left what was at the output's place as it was.
llvm::LogicalResult run(const Options &options,
                        const mlir::MlirOptMainConfig &config,
                        mlir::DialectRegistry &registry);

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_DRIVER_H
