//===- TorchArchive.cpp - Reading .pt files -------------------------------===//

#include <caffe2/serialize/inline_container.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/runtime/operator.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/csrc/jit/serialization/import_read.h>

#include "lib/Import/PlaceholderOperators.h"
#include "lib/Import/TorchScriptImporter.h"
#include "lib/Support/FileKind.h"
#include "lib/Support/LibTorch.h"
#include "lib/Support/TorchSchemas.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstring>

using namespace mlir;
namespace jit = torch::jit;

namespace torchonnx {

namespace {

/// Bytes in memory as LibTorch reads them.
class BufferAdapter : public caffe2::serialize::ReadAdapterInterface {
public:
  explicit BufferAdapter(StringRef data) : data(data) {}
  size_t size() const override { return data.size(); }
  size_t read(uint64_t position, void *target, size_t count,
              const char *) const override {
    if (position >= data.size())
      return 0;
    count = std::min<size_t>(count, data.size() - position);
    std::memcpy(target, data.data() + position, count);
    return count;
  }

private:
  StringRef data;
};

/// An archive as it was loaded.
struct Archive {
  std::optional<jit::Module> module;
  std::vector<c10::IValue> examples;
  /// Operators which no loaded library has.
  std::vector<std::string> placeholders;
};

/// The inputs that `method` was traced with; none if the archive keeps none.
std::vector<c10::IValue>
readExamples(caffe2::serialize::PyTorchStreamReader &reader,
             const std::string &method) {
  std::vector<c10::IValue> examples;
  if (!reader.hasRecord("traced_inputs.pkl"))
    return examples;
  c10::IValue all = jit::readArchiveAndTensors(
      "traced_inputs", /*pickle_prefix=*/"", /*tensor_prefix=*/"traced_inputs/",
      /*type_resolver=*/std::nullopt, /*obj_loader=*/std::nullopt,
      /*device=*/c10::Device(c10::kCPU), reader);
  if (!all.isGenericDict())
    return examples;
  for (const auto &item : all.toGenericDict())
    if (item.key().isString() && item.key().toStringRef() == method) {
      c10::IValue inputs = item.value();
      if (inputs.isList())
        examples = inputs.toListRef().vec();
      else if (inputs.isTuple())
        examples = inputs.toTupleRef().elements().vec();
    }
  return examples;
}

void loadArchive(
    std::shared_ptr<caffe2::serialize::ReadAdapterInterface> adapter,
    const std::string &path, const std::string &method, Archive &archive) {
  // Operators of libraries that are not loaded must at least have a schema
  // before the archive's code can be read.
  std::vector<std::string> code;
  {
    auto reader =
        adapter
            ? std::make_unique<caffe2::serialize::PyTorchStreamReader>(adapter)
            : std::make_unique<caffe2::serialize::PyTorchStreamReader>(path);
    for (const std::string &record : reader->getAllRecords())
      if (StringRef(record).starts_with("code/") &&
          StringRef(record).ends_with(".py")) {
        auto [data, size] = reader->getRecord(record);
        code.emplace_back(static_cast<const char *>(data.get()), size);
      }
    archive.examples = readExamples(*reader, method);
  }
  archive.placeholders = definePlaceholderOperators(code);

  auto unit = std::make_shared<jit::CompilationUnit>();
  jit::ExtraFilesMap extraFiles;
  archive.module =
      adapter ? jit::import_ir_module(unit, adapter, c10::Device(c10::kCPU),
                                      extraFiles)
              : jit::import_ir_module(unit, path, c10::Device(c10::kCPU));
}

/// What LibTorch's error means, and what to do.
std::string explainLoadError(StringRef error) {
  if (error.contains("torchbind class") ||
      error.contains("__torch__.torch.classes"))
    return "the model needs a C++ class which no loaded library registers; "
           "load its library with --load-torch-library=FILE";
  if (error.contains("Unknown builtin op"))
    return "the model needs an operator which no loaded library registers; "
           "load its library with --load-torch-library=FILE";
  return "it is damaged, or was not written by torch.jit.save";
}

OwningOpRef<ModuleOp>
importArchive(std::shared_ptr<caffe2::serialize::ReadAdapterInterface> adapter,
              StringRef path, const ImportOptions &options,
              MLIRContext *context) {
  Location loc = UnknownLoc::get(context);
  for (const std::string &library : options.torchLibraries) {
    std::string error = loadTorchLibrary(library);
    if (!error.empty()) {
      emitError(loc) << "cannot load the operator library '" << library
                     << "': " << error;
      return nullptr;
    }
  }

  // LibTorch trusts what it reads. A file that makes it crash is reported as
  // broken and does not end the process.
  Archive archive;
  std::string error;
  bool loaded = false;
  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext recovery;
  bool survived = recovery.RunSafely([&] {
    loaded = guardTorch(error, [&] {
      loadArchive(adapter, path.str(), options.method, archive);
    });
  });
  llvm::CrashRecoveryContext::Disable();
  if (!survived) {
    emitError(loc) << "cannot read '" << path
                   << "': LibTorch crashed on it; the file is damaged, or was "
                      "not written by torch.jit.save";
    return nullptr;
  }
  if (!loaded) {
    InFlightDiagnostic diagnostic = emitError(loc);
    diagnostic << "cannot read '" << path << "': " << explainLoadError(error);
    diagnostic.attachNote() << "LibTorch: " << error;
    return nullptr;
  }

  OwningOpRef<ModuleOp> module =
      importModule(*archive.module, options, context, archive.examples);
  if (module && !archive.placeholders.empty()) {
    // The later stages say this again where such an operator stands in the way.
    SmallVector<Attribute> names;
    for (const std::string &name : archive.placeholders)
      names.push_back(StringAttr::get(context, name));
    (*module)->setAttr("torch.unknown_operators",
                       ArrayAttr::get(context, names));
  }
  return module;
}

} // namespace

OwningOpRef<ModuleOp> importTorchScriptFile(StringRef path,
                                            const ImportOptions &options,
                                            MLIRContext *context) {
  Location loc = UnknownLoc::get(context);
  llvm::sys::fs::file_status status;
  if (std::error_code error = llvm::sys::fs::status(path, status)) {
    emitError(loc) << "cannot read '" << path << "': " << error.message();
    return nullptr;
  }
  if (llvm::sys::fs::is_directory(status)) {
    emitError(loc) << "cannot read '" << path
                   << "': it is a directory; name the .pt file";
    return nullptr;
  }
  {
    // Mapped, so only the pages that are looked at are read.
    auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!buffer) {
      emitError(loc) << "cannot read '" << path
                     << "': " << buffer.getError().message();
      return nullptr;
    }
    FileKind kind = detectFileKind(**buffer);
    if (kind == FileKind::TorchGraphText)
      return importTorchGraphText(**buffer, options, context);
    std::string problem = explainUnreadableFile(kind, **buffer);
    if (problem.empty() && kind != FileKind::TorchScript)
      problem = "is no TorchScript archive";
    if (!problem.empty()) {
      emitError(loc) << "'" << path << "' " << problem;
      return nullptr;
    }
  }
  return importArchive(nullptr, path, options, context);
}

OwningOpRef<ModuleOp> importTorchScript(llvm::MemoryBufferRef buffer,
                                        const ImportOptions &options,
                                        MLIRContext *context) {
  FileKind kind = detectFileKind(buffer);
  if (kind == FileKind::TorchGraphText)
    return importTorchGraphText(buffer, options, context);
  std::string problem = explainUnreadableFile(kind, buffer);
  if (problem.empty() && kind != FileKind::TorchScript)
    problem = "is no TorchScript archive";
  if (!problem.empty()) {
    emitError(UnknownLoc::get(context))
        << "'" << buffer.getBufferIdentifier() << "' " << problem;
    return nullptr;
  }
  return importArchive(std::make_shared<BufferAdapter>(buffer.getBuffer()),
                       buffer.getBufferIdentifier(), options, context);
}

} // namespace torchonnx
