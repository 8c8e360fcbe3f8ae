//===- SourceLocations.h - Where a node comes from --------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_IMPORT_SOURCELOCATIONS_H
#define TORCHONNX_LIB_IMPORT_SOURCELOCATIONS_H

#include <torch/csrc/jit/ir/ir.h>

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

#include <optional>
#include <string>

namespace torchonnx {

/// A line of Python.
struct SourceFrame {
  mlir::FileLineColLoc line;
  /// The line is the user's: not in the torch package or Python's library.
  bool isUser = false;
};

/// True for a file outside of the torch package, this package and Python's
/// standard library.
bool isUserFile(llvm::StringRef path);

/// Finds the lines that nodes come from.
class SourceLocator {
public:
  explicit SourceLocator(mlir::MLIRContext *context) : context(context) {}

  /// The innermost user frame of `range`, or its innermost frame if it has no
  /// user frame. Traced nodes carry their whole Python stack, scripted ones a
  /// line of source. Nothing if the range knows no file.
  std::optional<SourceFrame> getFrame(const torch::jit::SourceRange &range);

private:
  std::optional<SourceFrame> findFrame(const torch::jit::SourceRange &range);

  mlir::MLIRContext *context;
  /// The last answer and what it was the answer to: the nodes of one call of a
  /// module have one stack, each in a copy of its own.
  std::optional<SourceFrame> known;
  size_t start = 0, startingLine = 0;
  std::string file, stack;
};

/// The dotted module scope of a node of a live trace: the innermost scope's
/// name, which is a full path ("layer1.0.conv1") when
/// torch.jit._trace._trace_module_map is set to one, or the joined variable
/// names of scopes of the form "Class::name".
std::string getScopePath(const torch::jit::Node *node);

/// The dotted path of what `path` holds under `name`.
std::string joinPath(llvm::StringRef path, llvm::StringRef name);

/// The name that the program, not the tracer, gave to a value; may be empty.
std::string getProgramName(const torch::jit::Value *value);

/// A location with the module scope as its name; an empty scope leaves the line
/// alone.
mlir::Location makeLocation(mlir::MLIRContext *context,
                            const std::optional<SourceFrame> &frame,
                            llvm::StringRef scope);

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_SOURCELOCATIONS_H
