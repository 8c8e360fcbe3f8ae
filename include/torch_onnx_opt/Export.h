//===- Export.h - Reading and writing ONNX files ----------------*- C++ -*-===//
//
// The onnx dialect to ONNX protobuf and back.
//
//===----------------------------------------------------------------------===//

#ifndef TORCH_ONNX_OPT_EXPORT_H
#define TORCH_ONNX_OPT_EXPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LogicalResult.h"
#include "llvm/Support/MemoryBuffer.h"

#include <functional>
#include <memory>

namespace torchonnx {

struct ExportOptions {
  /// Whether weights go to a file of their own, `<path>.data`.
  enum class ExternalData {
    /// When the model would pass protobuf's limit of 2 GiB.
    WhenNeeded,
    Always,
  };
  ExternalData externalData = ExternalData::WhenNeeded;
  /// Check the model with onnx's checker, types and shapes included, before
  /// anything is written.
  bool check = true;
  /// Called with the bytes written so far, and those to write in all.
  std::function<void(uint64_t written, uint64_t total)> progress;
};

/// Writes the module's function (the only one, or `main`) as an ONNX model. The
/// opset is the module's `onnx.opset`. The file appears complete or not at all.
llvm::LogicalResult exportOnnxFile(mlir::ModuleOp module, llvm::StringRef path,
                                   const ExportOptions &options = {});

/// The same to a stream, which can't have external data. Nothing is written
/// unless the model passes the check.
llvm::LogicalResult exportOnnx(mlir::ModuleOp module, llvm::raw_ostream &os,
                               const ExportOptions &options = {});

/// Reads an ONNX model. The constants refer to the mapped file, which stays
/// mapped as long as the context lives.
mlir::OwningOpRef<mlir::ModuleOp> importOnnxFile(llvm::StringRef path,
                                                 mlir::MLIRContext *context);

/// The same from memory. External data is looked for in `directory`.
mlir::OwningOpRef<mlir::ModuleOp>
importOnnx(std::shared_ptr<llvm::MemoryBuffer> buffer,
           mlir::MLIRContext *context, llvm::StringRef directory = ".");

} // namespace torchonnx

#endif // TORCH_ONNX_OPT_EXPORT_H
