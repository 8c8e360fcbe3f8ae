//===- OutputFile.h - A file that appears complete or not at all -*- C++
//-*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_OUTPUTFILE_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_OUTPUTFILE_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <optional>
#include <string>

namespace torchonnx::driver {

/// Where a result is written. A file is written under a temporary name beside
/// its place and renamed when it is complete, so that a failure leaves what was
/// there before. `-`, devices and pipes are written as they are.
class OutputFile {
public:
  ~OutputFile();

  /// Fails, with the reason printed, if `path` can't be written. Nothing is
  /// created: this is for before the work.
  static llvm::LogicalResult check(llvm::StringRef path);

  /// Whether the path is one that is not to be replaced: a device or a pipe.
  static bool isWrittenInPlace(llvm::StringRef path);

  /// Opens `path`. Null, with the reason printed, if it can't be written.
  static std::unique_ptr<OutputFile> open(llvm::StringRef path);

  llvm::raw_ostream &os() { return *stream; }

  /// Puts the file in its place. Fails, with the reason printed, if anything
  /// that was written did not reach it.
  llvm::LogicalResult keep();

private:
  OutputFile() = default;

  std::string path;
  std::optional<llvm::sys::fs::TempFile> temporary;
  std::unique_ptr<llvm::raw_fd_ostream> owned;
  llvm::raw_fd_ostream *stream = nullptr;
};

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_OUTPUTFILE_H
