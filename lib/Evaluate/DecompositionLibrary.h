//===- DecompositionLibrary.h - Decompositions as data ----------*- C++ -*-===//

#ifndef TORCHONNX_LIB_EVALUATE_DECOMPOSITIONLIBRARY_H
#define TORCHONNX_LIB_EVALUATE_DECOMPOSITIONLIBRARY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringMap.h"

namespace torchonnx {

/// A function that says what an operator computes in terms of others.
struct Decomposition {
  mlir::func::FuncOp function;
  /// The file it comes from, as the user named it; the family's file for a
  /// built-in one.
  std::string file;
  /// Built-in decompositions serve operators that have no conversion; a user's
  /// replaces whatever there is.
  bool isBuiltin = true;
  /// The function only tells the types of the results, as does the function of
  /// an operator that another runtime implements; the operator stays.
  bool isTypesOnly = false;
};

/// Functions in `.mlir` files, each named after the operator that it replaces
/// (`func.func @aten.addcmul`), with the operands of the operator's schema in
/// order. A function with the attribute `torch.types_only` replaces nothing: it
/// says which types the results have.
class DecompositionLibrary {
public:
  /// A library of the functions that are part of the compiler. They are parsed
  /// when they are first asked for.
  explicit DecompositionLibrary(mlir::MLIRContext *context);

  /// Adds the functions of a user's file. Errors carry the position in it:
  /// unreadable or malformed files, unknown operators, a number of operands or
  /// results that is not the schema's, cycles.
  llvm::LogicalResult addFile(llvm::StringRef path);
  llvm::LogicalResult addFiles(llvm::ArrayRef<std::string> paths);

  /// The decomposition of the operator with this schema key; null if none.
  const Decomposition *lookup(llvm::StringRef key) const;

  /// Calls `visit` with each operator that has a built-in decomposition and the
  /// file of it.
  static void forEachBuiltin(
      llvm::function_ref<void(llvm::StringRef key, llvm::StringRef file)>
          visit);

private:
  llvm::LogicalResult addModule(mlir::OwningOpRef<mlir::ModuleOp> module,
                                llvm::StringRef file);
  /// No decomposition may lead back to itself.
  llvm::LogicalResult checkAcyclic() const;

  mlir::MLIRContext *context;
  /// What was added by the user or has been parsed.
  mutable llvm::StringMap<Decomposition> decompositions;
  mutable llvm::SmallVector<mlir::OwningOpRef<mlir::ModuleOp>> modules;
};

/// One file of the built-in library, embedded at build time.
struct BuiltinDecompositionFile {
  llvm::StringRef name;
  llvm::StringRef text;
};

/// All files of passes/Decompose.
llvm::ArrayRef<BuiltinDecompositionFile> getBuiltinDecompositionFiles();

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_DECOMPOSITIONLIBRARY_H
