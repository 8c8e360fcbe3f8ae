//===- SymbolicDialect.cpp - Symbolic dimensions: attributes --------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "dialects/Symbolic/SymbolicStorage.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Symbolic;

SymbolicDialect::SymbolicDialect(MLIRContext *context)
    : Dialect(getDialectNamespace(), context, TypeID::get<SymbolicDialect>()) {
  addAttributes<DimAttr, AtomAttr, ShapeAttr>();
}

//===----------------------------------------------------------------------===//
// Canonical order: by name, then by structure, never by address, so that the
// printed form does not change from run to run.
//===----------------------------------------------------------------------===//

static int compare(DimAttr lhs, DimAttr rhs);

static int compare(AtomAttr lhs, AtomAttr rhs) {
  if (lhs == rhs)
    return 0;
  if (lhs.getKind() != rhs.getKind())
    return lhs.getKind() < rhs.getKind() ? -1 : 1;
  if (lhs.getKind() == AtomAttr::Kind::Symbol)
    return lhs.getSymbol().compare(rhs.getSymbol());
  if (int order = compare(lhs.getLhs(), rhs.getLhs()))
    return order;
  return compare(lhs.getRhs(), rhs.getRhs());
}

/// Higher degrees first, so that constants come last.
static int compare(ArrayRef<AtomAttr> lhs, ArrayRef<AtomAttr> rhs) {
  if (lhs.size() != rhs.size())
    return lhs.size() > rhs.size() ? -1 : 1;
  for (auto [a, b] : llvm::zip(lhs, rhs))
    if (int order = compare(a, b))
      return order;
  return 0;
}

static int compare(DimAttr lhs, DimAttr rhs) {
  if (lhs == rhs)
    return 0;
  ArrayRef<Term> a = lhs.getTerms(), b = rhs.getTerms();
  for (size_t i = 0, e = std::min(a.size(), b.size()); i != e; ++i) {
    if (int order = compare(a[i].factors, b[i].factors))
      return order;
    if (a[i].coefficient != b[i].coefficient)
      return a[i].coefficient < b[i].coefficient ? -1 : 1;
  }
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

//===----------------------------------------------------------------------===//
// AtomAttr
//===----------------------------------------------------------------------===//

AtomAttr AtomAttr::getSymbol(MLIRContext *context, StringRef name) {
  return Base::get(context, Kind::Symbol, StringAttr::get(context, name),
                   DimAttr(), DimAttr());
}

AtomAttr AtomAttr::get(Kind kind, DimAttr lhs, DimAttr rhs) {
  // min and max are symmetric: one order makes them equal.
  if (kind != Kind::FloorDiv && compare(lhs, rhs) > 0)
    std::swap(lhs, rhs);
  return Base::get(lhs.getContext(), kind, StringAttr(), lhs, rhs);
}

AtomAttr::Kind AtomAttr::getKind() const { return std::get<0>(getImpl()->key); }
StringRef AtomAttr::getSymbol() const {
  StringAttr symbol = std::get<1>(getImpl()->key);
  return symbol ? symbol.getValue() : StringRef();
}
DimAttr AtomAttr::getLhs() const { return std::get<2>(getImpl()->key); }
DimAttr AtomAttr::getRhs() const { return std::get<3>(getImpl()->key); }

//===----------------------------------------------------------------------===//
// DimAttr
//===----------------------------------------------------------------------===//

DimAttr DimAttr::getConstant(MLIRContext *context, int64_t value) {
  if (value == 0)
    return Base::get(context, ArrayRef<Term>());
  Term term{value, {}};
  return Base::get(context, ArrayRef<Term>(term));
}

DimAttr DimAttr::getSymbol(MLIRContext *context, StringRef name) {
  AtomAttr atom = AtomAttr::getSymbol(context, name);
  Term term{1, atom};
  return Base::get(context, ArrayRef<Term>(term));
}

DimAttr DimAttr::getSum(MLIRContext *context, ArrayRef<Term> terms) {
  SmallVector<SmallVector<AtomAttr, 4>> factors;
  factors.reserve(terms.size());
  SmallVector<Term> sorted;
  for (const Term &term : terms) {
    factors.emplace_back(term.factors);
    llvm::sort(factors.back(),
               [](AtomAttr a, AtomAttr b) { return compare(a, b) < 0; });
    sorted.push_back({term.coefficient, factors.back()});
  }
  llvm::stable_sort(sorted, [](const Term &a, const Term &b) {
    return compare(a.factors, b.factors) < 0;
  });
  SmallVector<Term> merged;
  for (const Term &term : sorted) {
    if (!merged.empty() && merged.back().factors == term.factors)
      merged.back().coefficient += term.coefficient;
    else
      merged.push_back(term);
    if (merged.back().coefficient == 0)
      merged.pop_back();
  }
  return Base::get(context, ArrayRef<Term>(merged));
}

ArrayRef<Term> DimAttr::getTerms() const { return getImpl()->terms; }

std::optional<int64_t> DimAttr::getConstantValue() const {
  ArrayRef<Term> terms = getTerms();
  if (terms.empty())
    return 0;
  if (terms.size() == 1 && terms[0].factors.empty())
    return terms[0].coefficient;
  return std::nullopt;
}

std::optional<StringRef> DimAttr::getSymbolName() const {
  ArrayRef<Term> terms = getTerms();
  if (terms.size() != 1 || terms[0].coefficient != 1 ||
      terms[0].factors.size() != 1 ||
      terms[0].factors[0].getKind() != AtomAttr::Kind::Symbol)
    return std::nullopt;
  return terms[0].factors[0].getSymbol();
}

//===----------------------------------------------------------------------===//
// ShapeAttr
//===----------------------------------------------------------------------===//

ShapeAttr ShapeAttr::get(MLIRContext *context, ArrayRef<DimAttr> dims) {
  return Base::get(context, dims);
}

ArrayRef<DimAttr> ShapeAttr::getDims() const { return getImpl()->dims; }

LogicalResult
ShapeAttr::verifyEncoding(ArrayRef<int64_t> shape, Type elementType,
                          function_ref<InFlightDiagnostic()> emitError) const {
  ArrayRef<DimAttr> dims = getDims();
  if (dims.size() != shape.size())
    return emitError() << "symbolic shape has " << dims.size()
                       << " dimensions, the tensor has " << shape.size();
  for (auto [index, dim] : llvm::enumerate(dims)) {
    std::optional<int64_t> constant =
        dim ? dim.getConstantValue() : std::nullopt;
    if (constant.value_or(ShapedType::kDynamic) != shape[index])
      return emitError() << "dimension " << index
                         << " of the symbolic shape does not agree with the "
                            "tensor's size";
  }
  return success();
}

RankedTensorType Symbolic::makeTensorType(ArrayRef<DimAttr> dims,
                                          Type elementType) {
  SmallVector<int64_t> shape;
  bool isSymbolic = false;
  for (DimAttr dim : dims) {
    std::optional<int64_t> constant =
        dim ? dim.getConstantValue() : std::nullopt;
    shape.push_back(constant && *constant >= 0 ? *constant
                                               : ShapedType::kDynamic);
    isSymbolic |= dim && !constant;
  }
  Attribute encoding;
  if (isSymbolic)
    encoding = ShapeAttr::get(elementType.getContext(), dims);
  return RankedTensorType::get(shape, elementType, encoding);
}

SmallVector<DimAttr> Symbolic::getDims(RankedTensorType type) {
  if (auto encoding = dyn_cast_or_null<ShapeAttr>(type.getEncoding()))
    return llvm::to_vector(encoding.getDims());
  SmallVector<DimAttr> dims;
  for (int64_t size : type.getShape())
    dims.push_back(ShapedType::isDynamic(size)
                       ? DimAttr()
                       : DimAttr::getConstant(type.getContext(), size));
  return dims;
}
