//===- OutputFile.cpp - A file that appears complete or not at all --------===//

#include "OutputFile.h"

#include "Options.h"
#include "llvm/Support/Path.h"

namespace fs = llvm::sys::fs;
using namespace torchonnx::driver;

static llvm::LogicalResult cannotWrite(llvm::StringRef path,
                                       const std::string &why) {
  return reportError("cannot write '" + path + "': " + why);
}

bool OutputFile::isWrittenInPlace(llvm::StringRef path) {
  fs::file_status status;
  return !fs::status(path, status) && fs::exists(status) &&
         !fs::is_regular_file(status);
}

llvm::LogicalResult OutputFile::check(llvm::StringRef path) {
  if (path == "-")
    return llvm::success();
  if (path.empty())
    return reportError("the output has no name");
  if (fs::is_directory(path))
    return cannotWrite(path, "it is a folder");
  std::error_code error = fs::access(path, fs::AccessMode::Write);
  if (error && fs::exists(path))
    return cannotWrite(path, error.message());
  llvm::StringRef folder = llvm::sys::path::parent_path(path);
  if (folder.empty())
    folder = ".";
  if (!fs::is_directory(folder))
    return cannotWrite(path, ("there is no folder '" + folder + "'").str());
  if ((error = fs::access(folder, fs::AccessMode::Write)) &&
      !isWrittenInPlace(path))
    return cannotWrite(path, error.message());
  return llvm::success();
}

std::unique_ptr<OutputFile> OutputFile::open(llvm::StringRef path) {
  if (failed(check(path)))
    return nullptr;
  std::unique_ptr<OutputFile> file(new OutputFile);
  file->path = path.str();
  if (path == "-") {
    file->stream = &llvm::outs();
    return file;
  }
  std::error_code error;
  if (isWrittenInPlace(path)) {
    file->owned = std::make_unique<llvm::raw_fd_ostream>(path, error);
    if (error) {
      (void)cannotWrite(path, error.message());
      return nullptr;
    }
  } else {
    llvm::Expected<fs::TempFile> temporary =
        fs::TempFile::create(path + ".tmp-%%%%%%");
    if (!temporary) {
      (void)cannotWrite(path, llvm::toString(temporary.takeError()));
      return nullptr;
    }
    file->temporary = std::move(*temporary);
    file->owned = std::make_unique<llvm::raw_fd_ostream>(file->temporary->FD,
                                                         /*shouldClose=*/false);
  }
  file->stream = file->owned.get();
  return file;
}

llvm::LogicalResult OutputFile::keep() {
  stream->flush();
  if (std::error_code error = stream->error()) {
    stream->clear_error();
    return cannotWrite(path == "-" ? "<stdout>" : path, error.message());
  }
  if (!temporary)
    return llvm::success();
  owned.reset();
  llvm::Error error = temporary->keep(path);
  temporary.reset();
  if (error)
    return cannotWrite(path, llvm::toString(std::move(error)));
  return llvm::success();
}

OutputFile::~OutputFile() {
  if (stream)
    stream->clear_error();
  owned.reset();
  if (temporary)
    llvm::consumeError(temporary->discard());
}
