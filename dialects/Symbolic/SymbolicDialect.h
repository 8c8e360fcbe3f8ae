//===- SymbolicDialect.h - Symbolic dimensions ------------------*- C++ -*-===//
//
// A dimension of a tensor is a polynomial with integer coefficients over the
// named dimensions of the model's inputs. Two dimensions that are equal as
// polynomials are the same attribute, so equality is a pointer comparison.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_DIALECTS_SYMBOLIC_SYMBOLICDIALECT_H
#define TORCHONNX_DIALECTS_SYMBOLIC_SYMBOLICDIALECT_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TensorEncoding.h"

namespace torchonnx::Symbolic {

/// The dialect that holds the attributes `#symbolic.dim` and
/// `#symbolic.shape`. It has no operations.
class SymbolicDialect : public mlir::Dialect {
public:
  explicit SymbolicDialect(mlir::MLIRContext *context);
  static constexpr llvm::StringLiteral getDialectNamespace() {
    return "symbolic";
  }
  mlir::Attribute parseAttribute(mlir::DialectAsmParser &parser,
                                 mlir::Type type) const override;
  void printAttribute(mlir::Attribute attribute,
                      mlir::DialectAsmPrinter &printer) const override;
};

namespace detail {
struct AtomStorage;
struct DimStorage;
struct ShapeStorage;
} // namespace detail

class AtomAttr;

/// One summand of a dimension: `coefficient * factors[0] * factors[1] ...`.
/// The factors are sorted; a constant has none.
struct Term {
  int64_t coefficient;
  llvm::ArrayRef<AtomAttr> factors;
};

/// `#symbolic.dim<batch * 4 + 1>`: a dimension as a polynomial in canonical
/// form. Every symbol is a size, hence >= 0; it may be 0 or 1. A null DimAttr
/// stands for a dimension nothing is known about and prints as `?`.
class DimAttr : public mlir::Attribute::AttrBase<DimAttr, mlir::Attribute,
                                                 detail::DimStorage> {
public:
  using Base::Base;
  static constexpr llvm::StringLiteral name = "symbolic.dim";

  static DimAttr getConstant(mlir::MLIRContext *context, int64_t value);
  /// The dimension called `name`; any non-empty string is a name.
  static DimAttr getSymbol(mlir::MLIRContext *context, llvm::StringRef name);
  /// A polynomial from its summands, in any order and with repetitions.
  static DimAttr getSum(mlir::MLIRContext *context, llvm::ArrayRef<Term> terms);

  llvm::ArrayRef<Term> getTerms() const;
  bool isConstant() const { return getConstantValue().has_value(); }
  std::optional<int64_t> getConstantValue() const;
  /// The name, if this dimension is a single symbol.
  std::optional<llvm::StringRef> getSymbolName() const;

  void print(llvm::raw_ostream &os) const;
  std::string str() const;
};

/// An indivisible factor of a term: a named symbol, or a floordiv, min or max
/// of two dimensions. `p mod q` is spelled `p - q * floordiv(p, q)`.
class AtomAttr : public mlir::Attribute::AttrBase<AtomAttr, mlir::Attribute,
                                                  detail::AtomStorage> {
public:
  using Base::Base;
  static constexpr llvm::StringLiteral name = "symbolic.atom";

  enum class Kind { Symbol, FloorDiv, Min, Max };
  static AtomAttr getSymbol(mlir::MLIRContext *context, llvm::StringRef name);
  static AtomAttr get(Kind kind, DimAttr lhs, DimAttr rhs);

  Kind getKind() const;
  /// The symbol's name; empty unless getKind() is Symbol.
  llvm::StringRef getSymbol() const;
  DimAttr getLhs() const;
  DimAttr getRhs() const;
};

/// `#symbolic.shape<[batch, 3, ?]>`: the encoding of a builtin ranked tensor
/// some of whose dynamic dimensions are symbolic. Elements may be null (`?`).
class ShapeAttr
    : public mlir::Attribute::AttrBase<ShapeAttr, mlir::Attribute,
                                       detail::ShapeStorage,
                                       mlir::VerifiableTensorEncoding::Trait> {
public:
  using Base::Base;
  static constexpr llvm::StringLiteral name = "symbolic.shape";
  static ShapeAttr get(mlir::MLIRContext *context,
                       llvm::ArrayRef<DimAttr> dims);
  llvm::ArrayRef<DimAttr> getDims() const;

  /// The encoding fits a tensor whose static sizes are its constants.
  llvm::LogicalResult verifyEncoding(
      llvm::ArrayRef<int64_t> shape, mlir::Type elementType,
      llvm::function_ref<mlir::InFlightDiagnostic()> emitError) const;
};

//===----------------------------------------------------------------------===//
// Arithmetic. The result is null as soon as an operand is.
//===----------------------------------------------------------------------===//

DimAttr add(DimAttr lhs, DimAttr rhs);
DimAttr add(DimAttr lhs, int64_t rhs);
DimAttr sub(DimAttr lhs, DimAttr rhs);
DimAttr mul(DimAttr lhs, DimAttr rhs);
DimAttr mul(DimAttr lhs, int64_t rhs);
/// Division rounded toward minus infinity; null for a divisor of 0.
DimAttr floorDiv(DimAttr lhs, DimAttr rhs);
DimAttr floorDiv(DimAttr lhs, int64_t rhs);
/// Division rounded toward plus infinity; null for a divisor of 0.
DimAttr ceilDiv(DimAttr lhs, DimAttr rhs);
/// The remainder of floorDiv: it has the sign of `rhs`.
DimAttr mod(DimAttr lhs, DimAttr rhs);
DimAttr min(DimAttr lhs, DimAttr rhs);
DimAttr max(DimAttr lhs, DimAttr rhs);

/// The product of all dimensions; 1 for none.
DimAttr product(mlir::MLIRContext *context, llvm::ArrayRef<DimAttr> dims);

/// A constant that `dim` is never below, given that symbols are >= 0.
std::optional<int64_t> getLowerBound(DimAttr dim);
/// A constant that `dim` is never above, if it is known to have one.
std::optional<int64_t> getUpperBound(DimAttr dim);

/// The size of a dimension after broadcasting `lhs` against `rhs`. Null when it
/// depends on values: of two different symbols either may be 1.
DimAttr broadcast(DimAttr lhs, DimAttr rhs);
/// True when two sizes that must broadcast cannot, whatever the symbols are.
bool cannotBroadcast(DimAttr lhs, DimAttr rhs);
/// True when the sizes differ for all values of the symbols.
bool neverEqual(DimAttr lhs, DimAttr rhs);

/// Adds the names of all symbols in `dim` to `names`.
void collectSymbols(DimAttr dim, llvm::SmallVectorImpl<llvm::StringRef> &names);

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// Prints `dim`, or `?` if it is null.
void printDim(llvm::raw_ostream &os, DimAttr dim);
/// Parses a dimension or `?` (which leaves `dim` null).
mlir::ParseResult parseDim(mlir::AsmParser &parser, DimAttr &dim);
/// Prints `[a, 3, ?]`.
void printDims(llvm::raw_ostream &os, llvm::ArrayRef<DimAttr> dims);
/// Parses `[a, 3, ?]`.
mlir::ParseResult parseDims(mlir::AsmParser &parser,
                            llvm::SmallVectorImpl<DimAttr> &dims);

//===----------------------------------------------------------------------===//
// Builtin tensor types
//===----------------------------------------------------------------------===//

/// `tensor<?x3xf32, #symbolic.shape<[batch, 3]>>`: the encoding is left out
/// when no dimension is symbolic.
mlir::RankedTensorType makeTensorType(llvm::ArrayRef<DimAttr> dims,
                                      mlir::Type elementType);
/// The dimensions of a tensor made by makeTensorType or of a plain one.
llvm::SmallVector<DimAttr> getDims(mlir::RankedTensorType type);

} // namespace torchonnx::Symbolic

#endif // TORCHONNX_DIALECTS_SYMBOLIC_SYMBOLICDIALECT_H
