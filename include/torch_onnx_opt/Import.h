//===- Import.h - TorchScript to the torch dialect --------------*- C++ -*-===//
//
// Reading TorchScript. Needs no LibTorch headers; the entries which take
// LibTorch's own classes are in lib/Import/TorchScriptImporter.h.
//
//===----------------------------------------------------------------------===//

#ifndef TORCH_ONNX_OPT_IMPORT_H
#define TORCH_ONNX_OPT_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mlir {
class DialectRegistry;
}

namespace torchonnx {

/// A dimension of an input: a size, a symbol, or (monostate) unknown.
using InputDim = std::variant<std::monostate, int64_t, std::string>;

/// What the user says of one input. Tuples, lists and dictionaries among the
/// model's inputs are flattened: `h.0`, `h.1`, `d.key`.
struct InputSpec {
  /// Empty: the input at this position of the list.
  std::string name;
  /// Without dimensions: those of the example input, if there is one.
  std::optional<std::vector<InputDim>> dims;
  /// "f32", "i64", "bool", ...; empty: that of the example input.
  std::string dtype;
};

/// One dimension of an input that is not as in the example.
struct DynamicAxis {
  std::string input;
  int64_t axis = 0;
  /// Empty: unknown, without a name.
  std::string symbol;
};

struct ImportOptions {
  /// The method of the module which is the model.
  std::string method = "forward";
  /// Names for the flattened inputs, in order; further names go to the
  /// parameters and buffers, in state_dict order.
  std::vector<std::string> inputNames;
  /// Names for the flattened outputs, in order.
  std::vector<std::string> outputNames;
  std::vector<InputSpec> inputs;
  std::vector<DynamicAxis> dynamicAxes;
  /// Shared libraries that register operators or classes with LibTorch.
  std::vector<std::string> torchLibraries;
};

/// Parses "name=batch,3,224,224:f32". The name, the dimensions or the dtype
/// may be missing ("batch,3", "x:f32"); `?` is an unknown dimension and a
/// scalar is "x=[]:f32". Returns an error text, empty on success.
std::string parseInputSpec(llvm::StringRef text, InputSpec &spec);

/// Parses "name:axis=symbol" (or "name:axis"). Returns an error text, empty on
/// success.
std::string parseDynamicAxis(llvm::StringRef text, DynamicAxis &axis);

/// The builtin type that "f32", "float32", "int64", "bool", ... name, or null.
mlir::Type parseDtype(mlir::MLIRContext *context, llvm::StringRef text);

/// Registers the dialects which the importer produces.
void registerImportDialects(mlir::DialectRegistry &registry);

/// Imports a TorchScript archive (torch.jit.save). Every failure is a
/// diagnostic at `path`; no input runs Python. Note that an archive is a
/// program: LibTorch runs its `__setstate__` methods while it loads.
mlir::OwningOpRef<mlir::ModuleOp>
importTorchScriptFile(llvm::StringRef path, const ImportOptions &options,
                      mlir::MLIRContext *context);

/// The same for an archive in memory, which is named by the buffer.
mlir::OwningOpRef<mlir::ModuleOp>
importTorchScript(llvm::MemoryBufferRef buffer, const ImportOptions &options,
                  mlir::MLIRContext *context);

/// Imports the text of a TorchScript graph as LibTorch prints it:
/// `graph(%x : Tensor): ...`. Tensor constants without values are empty.
mlir::OwningOpRef<mlir::ModuleOp>
importTorchGraphText(llvm::MemoryBufferRef buffer, const ImportOptions &options,
                     mlir::MLIRContext *context);

} // namespace torchonnx

#endif // TORCH_ONNX_OPT_IMPORT_H
