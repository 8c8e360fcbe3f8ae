//===- OutputFile.cpp - A file that appears complete or not at all --------===//

#include "OutputFile.h"

#include "Options.h"
#include "llvm/Support/Errc.h"

namespace fs = llvm::sys::fs;
using namespace torchonnx::driver;

static llvm::LogicalResult cannotWrite(llvm::StringRef path,
                                       const std::string &why) {
  return reportError("cannot write '" + path + "': " + why);
}

std::unique_ptr<OutputFile> OutputFile::open(llvm::StringRef path) {
  std::unique_ptr<OutputFile> file(new OutputFile);
  file->path = path.str();
  if (path == "-") {
    file->stream = &llvm::outs();
    return file;
  }
  fs::file_status status;
  std::error_code error = fs::status(path, status);
  bool inPlace = !error && fs::exists(status) && !fs::is_regular_file(status);
  if (inPlace && fs::is_directory(status)) {
    (void)cannotWrite(path, "it is a folder");
    return nullptr;
  }
  if (!error && !inPlace)
    error = fs::access(path, fs::AccessMode::Write);
  if (error == llvm::errc::no_such_file_or_directory)
    error = {};
  if (error) {
    (void)cannotWrite(path, error.message());
    return nullptr;
  }

  if (inPlace) {
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
