//===- Rewrites.h - The rewrites to an older opset --------------*- C++ -*-===//
//
// A table from an operator and an opset to a function: the operator of the
// dialect, in a model of an older opset than that, is rewritten by the
// function.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_PASSES_LEGALIZEOPSET_REWRITES_H
#define TORCHONNX_PASSES_LEGALIZEOPSET_REWRITES_H

#include "lib/Support/OnnxBuilder.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <string>

namespace torchonnx::legalize_opset {

enum class Outcome {
  /// The operator is fine as it is, as far as the function is concerned.
  Unchanged,
  /// The operator is gone.
  Replaced,
  /// The problem was recorded.
  Refused,
};

/// What went wrong, and where; equal problems are told once.
class Problems {
public:
  void add(mlir::Location loc, std::string text);
  bool empty() const { return locations.empty(); }
  /// Emits one error for each text, with notes for the other places.
  void report();

private:
  llvm::MapVector<std::string, llvm::SmallVector<mlir::Location>,
                  std::map<std::string, unsigned>>
      locations;
};

/// What a rewrite is given: a builder in front of the operator, and the target.
class Context {
public:
  Context(mlir::IRRewriter &rewriter, mlir::Operation *op, int target,
          Problems &problems)
      : rewriter(rewriter), b(rewriter, op->getLoc()), op(op), target(target),
        problems(problems) {
    rewriter.setInsertionPoint(op);
  }

  mlir::IRRewriter &rewriter;
  OnnxBuilder b;
  mlir::Operation *const op;
  const int target;

  /// The operator's operand, null if it is absent.
  mlir::Value operand(unsigned index) const;
  /// The result is there and somebody wants it.
  bool isUsed(unsigned result) const;
  int64_t getInt(llvm::StringRef attribute, int64_t fallback) const;
  double getReal(llvm::StringRef attribute, double fallback) const;
  llvm::StringRef getString(llvm::StringRef attribute,
                            llvm::StringRef fallback) const;
  /// The integers of a constant; nothing if `value` is no constant.
  std::optional<llvm::SmallVector<int64_t>> ints(mlir::Value value) const;

  /// Replaces the results; a null value for one that nobody wants.
  Outcome replace(mlir::ValueRange values);
  /// Replaces the operator with one of the default domain that the dialect has
  /// no class for. Absent operands are null.
  Outcome respell(llvm::StringRef opType, llvm::ArrayRef<mlir::Value> operands,
                  llvm::ArrayRef<mlir::NamedAttribute> attributes);
  /// As respell, for an operator that stands before others in a rewrite.
  mlir::Value spell(mlir::Type type, llvm::StringRef opType,
                    llvm::ArrayRef<mlir::Value> operands,
                    llvm::ArrayRef<mlir::NamedAttribute> attributes);
  /// Records that the operator needs the opset `needed`; `what` says what of it
  /// does ("with 'antialias'"), or nothing.
  Outcome refuse(int needed, const llvm::Twine &what = "");
  /// The operator's attributes without some of them.
  llvm::SmallVector<mlir::NamedAttribute>
  attributesWithout(llvm::ArrayRef<llvm::StringRef> names) const;

private:
  Problems &problems;
};

using Function = Outcome (*)(Context &);

/// Rewrites by the operator's name. Several apply one after the other.
class Table {
public:
  struct Entry {
    /// The first opset that needs no rewrite.
    int below;
    /// The result is of the dialect, so that it may be optimized.
    bool expands;
    Function function;
  };
  /// Expands the operator, in models of an opset under `below`.
  void expand(llvm::StringRef op, int below, Function function) {
    entries[op].push_back({below, true, function});
  }
  /// Spells it as older opsets do.
  void spell(llvm::StringRef op, int below, Function function) {
    entries[op].push_back({below, false, function});
  }
  llvm::ArrayRef<Entry> lookup(llvm::StringRef op) const;

private:
  llvm::StringMap<llvm::SmallVector<Entry, 2>> entries;
};

void registerActivations(Table &table);
void registerAttention(Table &table);
void registerEinsum(Table &table);
void registerNormalization(Table &table);
void registerOperands(Table &table);
void registerShapes(Table &table);
void registerVision(Table &table);

/// Checks that an operation's operands, attributes and types exist at `target`.
/// Attributes that only say a newer default are dropped. Casts operands, and
/// results back, where that makes types fit and changes no value; the new
/// operations are in front of `op`.
Outcome checkSchema(Context &c);

} // namespace torchonnx::legalize_opset

#endif // TORCHONNX_PASSES_LEGALIZEOPSET_REWRITES_H
