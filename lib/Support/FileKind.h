//===- FileKind.h - What a file is, by its content --------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_SUPPORT_FILEKIND_H
#define TORCHONNX_LIB_SUPPORT_FILEKIND_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <string>
#include <vector>

namespace torchonnx {

enum class FileKind {
  Empty,
  TorchScript,    // a zip written by torch.jit.save
  TorchGraphText, // the text of a TorchScript graph: graph(%x : Tensor): ...
  TorchWeights,   // a zip written by torch.save which holds tensors only
  TorchPickle,    // a zip written by torch.save which holds a Python object
  TorchExported,  // a .pt2 of torch.export
  TorchLegacy,    // torch.save's format before zip
  TruncatedZip,   // a zip without its directory
  Zip,            // some other zip
  Pickle,         // a bare pickle
  Onnx,           // an ONNX protobuf
  MlirText,
  LfsPointer, // what Git leaves of a large file that was not fetched
  OtherText,  // text that a caller knows to be meant as something else
  MlirBytecode,
  Unknown,
};

/// Looks at a few bytes (and at a zip's directory), never at a name.
FileKind detectFileKind(llvm::MemoryBufferRef buffer);

/// The names of a zip's members. Empty if the directory can't be read.
std::vector<std::string> listZipMembers(llvm::StringRef data);

/// The bytes of an uncompressed member whose name ends in `suffix`, or nothing.
llvm::StringRef findStoredZipMember(llvm::StringRef data,
                                    llvm::StringRef suffix);

/// The name of the class that a pickle made by torch.save starts with
/// ("package.module.Class"), or an empty text if it starts with a container.
std::string getPickledClass(llvm::StringRef pickle);

/// Why a file of this kind can't be read as a model, and what to do: the text
/// after "'path' ". Empty for the kinds which can be read.
std::string explainUnreadableFile(FileKind kind, llvm::MemoryBufferRef buffer);

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_FILEKIND_H
