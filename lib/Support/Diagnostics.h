//===- Diagnostics.h - Diagnostics as text ----------------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_SUPPORT_DIAGNOSTICS_H
#define TORCHONNX_LIB_SUPPORT_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>

namespace torchonnx {

/// The source line inside a location, through names and fusions, or nothing.
std::optional<mlir::FileLineColLoc> findSourceLine(mlir::Location location);

/// The module scope ("layer1.0.conv1") inside a location, or an empty text.
llvm::StringRef findScope(mlir::Location location);

/// "model.py:12: error: message" and the notes, a line each. The module scope
/// follows the message. Files below the current folder are named from there.
void printDiagnostic(llvm::raw_ostream &os, mlir::Diagnostic &diagnostic);

/// Collects the diagnostics that are emitted while it lives.
class DiagnosticCollector {
public:
  explicit DiagnosticCollector(mlir::MLIRContext *context);

  const std::string &errors() const { return errorText; }
  const std::string &warnings() const { return warningText; }
  /// What was emitted as a remark: explanations that were asked for.
  const std::string &remarks() const { return remarkText; }

private:
  std::string errorText, warningText, remarkText;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_DIAGNOSTICS_H
