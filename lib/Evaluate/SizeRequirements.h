//===- SizeRequirements.h - Sizes that operators leave no choice of -*- C++
//-*-===//

#ifndef TORCHONNX_LIB_EVALUATE_SIZEREQUIREMENTS_H
#define TORCHONNX_LIB_EVALUATE_SIZEREQUIREMENTS_H

#include "dialects/Symbolic/SymbolicDialect.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/StringSet.h"

namespace torchonnx {

/// A symbolic size that an operator works with at these sizes only.
struct SizeRequirement {
  Symbolic::DimAttr size;
  llvm::SmallVector<int64_t, 2> allowed;
};

/// Warns of dimensions that are called dynamic although an operator of the
/// model contradicts: once for each symbol.
class SizeRequirements {
public:
  /// The operator `key` at `location` has `requirement`. Nothing is said of a
  /// size that may be an allowed one whatever the symbols are.
  void report(mlir::Location location, llvm::StringRef key,
              const SizeRequirement &requirement);

private:
  llvm::StringSet<> reported;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_SIZEREQUIREMENTS_H
