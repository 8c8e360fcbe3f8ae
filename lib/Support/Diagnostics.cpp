//===- Diagnostics.cpp - Diagnostics as text ------------------------------===//

#include "lib/Support/Diagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace torchonnx {

std::optional<FileLineColLoc> findSourceLine(Location location) {
  if (auto line = dyn_cast<FileLineColLoc>(location))
    return line;
  if (auto name = dyn_cast<NameLoc>(location))
    return findSourceLine(name.getChildLoc());
  if (auto site = dyn_cast<CallSiteLoc>(location))
    return findSourceLine(site.getCallee());
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (auto line = findSourceLine(part))
        return line;
  return std::nullopt;
}

llvm::StringRef findScope(Location location) {
  if (auto name = dyn_cast<NameLoc>(location))
    return name.getName();
  if (auto site = dyn_cast<CallSiteLoc>(location))
    return findScope(site.getCallee());
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations()) {
      StringRef scope = findScope(part);
      if (!scope.empty())
        return scope;
    }
  return "";
}

static StringRef severityName(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Note:
    return "note";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Remark:
    return "remark";
  }
  return "error";
}

// A path as one would write it here: relative if it is below this folder.
static StringRef shortenPath(StringRef path) {
  llvm::SmallString<256> folder;
  StringRef rest = path;
  if (llvm::sys::path::is_absolute(path) &&
      !llvm::sys::fs::current_path(folder) && rest.consume_front(folder) &&
      rest.consume_front("/") && !rest.empty())
    return rest;
  return path;
}

void printDiagnostic(llvm::raw_ostream &os, Diagnostic &diagnostic) {
  auto print = [&](Diagnostic &part) {
    if (auto line = findSourceLine(part.getLocation()))
      os << shortenPath(line->getFilename().getValue()) << ':'
         << line->getLine() << ": ";
    os << severityName(part.getSeverity()) << ": " << part;
    StringRef scope = findScope(part.getLocation());
    if (!scope.empty())
      os << " (in " << scope << ')';
    os << '\n';
  };
  print(diagnostic);
  for (Diagnostic &note : diagnostic.getNotes())
    print(note);
}

DiagnosticCollector::DiagnosticCollector(MLIRContext *context)
    : handler(context, [this](Diagnostic &diagnostic) {
        DiagnosticSeverity severity = diagnostic.getSeverity();
        llvm::raw_string_ostream os(
            severity == DiagnosticSeverity::Error    ? errorText
            : severity == DiagnosticSeverity::Remark ? remarkText
                                                     : warningText);
        printDiagnostic(os, diagnostic);
        return success();
      }) {}

} // namespace torchonnx
