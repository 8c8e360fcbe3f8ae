//===- SymbolicArithmetic.cpp - Arithmetic on dimensions ------------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Symbolic;

static DimAttr constantLike(DimAttr dim, int64_t value) {
  return DimAttr::getConstant(dim.getContext(), value);
}

static DimAttr fromAtom(AtomAttr atom) {
  return DimAttr::getSum(atom.getContext(), Term{1, atom});
}

DimAttr Symbolic::add(DimAttr lhs, DimAttr rhs) {
  if (!lhs || !rhs)
    return {};
  SmallVector<Term> terms(lhs.getTerms());
  llvm::append_range(terms, rhs.getTerms());
  return DimAttr::getSum(lhs.getContext(), terms);
}

DimAttr Symbolic::add(DimAttr lhs, int64_t rhs) {
  return lhs ? add(lhs, constantLike(lhs, rhs)) : DimAttr();
}

DimAttr Symbolic::sub(DimAttr lhs, DimAttr rhs) {
  return add(lhs, mul(rhs, -1));
}

DimAttr Symbolic::mul(DimAttr lhs, DimAttr rhs) {
  if (!lhs || !rhs)
    return {};
  SmallVector<SmallVector<AtomAttr>> factors;
  factors.reserve(lhs.getTerms().size() * rhs.getTerms().size());
  SmallVector<Term> terms;
  for (const Term &a : lhs.getTerms()) {
    for (const Term &b : rhs.getTerms()) {
      SmallVector<AtomAttr> &both = factors.emplace_back(a.factors);
      llvm::append_range(both, b.factors);
      terms.push_back({a.coefficient * b.coefficient, both});
    }
  }
  return DimAttr::getSum(lhs.getContext(), terms);
}

DimAttr Symbolic::mul(DimAttr lhs, int64_t rhs) {
  return lhs ? mul(lhs, constantLike(lhs, rhs)) : DimAttr();
}

/// `dividend / divisor` if every term of the dividend is a multiple of the
/// divisor, which has to be a single term; null otherwise.
static DimAttr divideExactly(DimAttr dividend, DimAttr divisor) {
  if (dividend == divisor)
    return constantLike(dividend, 1);
  ArrayRef<Term> divisorTerms = divisor.getTerms();
  if (divisorTerms.size() != 1)
    return {};
  const Term &by = divisorTerms[0];
  SmallVector<SmallVector<AtomAttr>> factors;
  factors.reserve(dividend.getTerms().size());
  SmallVector<Term> terms;
  for (const Term &term : dividend.getTerms()) {
    if (term.coefficient % by.coefficient)
      return {};
    SmallVector<AtomAttr> &rest = factors.emplace_back(term.factors);
    for (AtomAttr atom : by.factors) {
      auto *found = llvm::find(rest, atom);
      if (found == rest.end())
        return {};
      rest.erase(found);
    }
    terms.push_back({term.coefficient / by.coefficient, rest});
  }
  return DimAttr::getSum(dividend.getContext(), terms);
}

/// floor(dividend / divisor) for a positive constant divisor.
static DimAttr floorDivByConstant(DimAttr dividend, int64_t divisor) {
  if (divisor == 1)
    return dividend;
  MLIRContext *context = dividend.getContext();
  // Whole multiples of the divisor leave the division:
  // floor((d * q + r) / d) = q + floor(r / d).
  SmallVector<Term> whole, rest;
  for (const Term &term : dividend.getTerms()) {
    int64_t quotient = term.factors.empty()
                           ? llvm::divideFloorSigned(term.coefficient, divisor)
                           : term.coefficient / divisor;
    int64_t remainder = term.coefficient - quotient * divisor;
    if (quotient)
      whole.push_back({quotient, term.factors});
    if (remainder)
      rest.push_back({remainder, term.factors});
  }
  DimAttr quotient = DimAttr::getSum(context, whole);
  DimAttr remainder = DimAttr::getSum(context, rest);
  if (std::optional<int64_t> constant = remainder.getConstantValue())
    return add(quotient, llvm::divideFloorSigned(*constant, divisor));

  // A factor that all coefficients share with the divisor cancels; the constant
  // is rounded: floor((g*p + r) / (g*d)) = floor((p + floor(r / g)) / d).
  int64_t common = divisor, offset = 0;
  for (const Term &term : rest) {
    if (term.factors.empty())
      offset = term.coefficient;
    else
      common = std::gcd(common, term.coefficient);
  }
  if (common > 1) {
    SmallVector<Term> reduced;
    for (const Term &term : rest)
      if (!term.factors.empty())
        reduced.push_back({term.coefficient / common, term.factors});
    DimAttr sum = add(DimAttr::getSum(context, reduced),
                      llvm::divideFloorSigned(offset, common));
    return add(quotient, floorDivByConstant(sum, divisor / common));
  }

  // floor((floor(p / a) + c) / b) = floor((p + a*c) / (a*b)): stacked strided
  // convolutions become one division.
  const Term *inner = nullptr;
  size_t symbolicTerms = 0;
  for (const Term &term : rest) {
    if (term.factors.empty())
      continue;
    ++symbolicTerms;
    if (term.coefficient == 1 && term.factors.size() == 1 &&
        term.factors[0].getKind() == AtomAttr::Kind::FloorDiv)
      inner = &term;
  }
  if (symbolicTerms == 1 && inner) {
    AtomAttr atom = inner->factors[0];
    std::optional<int64_t> by = atom.getRhs().getConstantValue();
    if (by && *by > 0)
      return add(quotient, floorDivByConstant(add(atom.getLhs(), *by * offset),
                                              *by * divisor));
  }
  return add(quotient,
             fromAtom(AtomAttr::get(AtomAttr::Kind::FloorDiv, remainder,
                                    constantLike(dividend, divisor))));
}

DimAttr Symbolic::floorDiv(DimAttr lhs, DimAttr rhs) {
  if (!lhs || !rhs)
    return {};
  if (std::optional<int64_t> divisor = rhs.getConstantValue()) {
    if (*divisor == 0)
      return {};
    if (*divisor < 0)
      return floorDivByConstant(mul(lhs, -1), -*divisor);
    return floorDivByConstant(lhs, *divisor);
  }
  if (lhs.getConstantValue() == 0)
    return lhs;
  if (DimAttr quotient = divideExactly(lhs, rhs))
    return quotient;
  return fromAtom(AtomAttr::get(AtomAttr::Kind::FloorDiv, lhs, rhs));
}

DimAttr Symbolic::floorDiv(DimAttr lhs, int64_t rhs) {
  return lhs ? floorDiv(lhs, constantLike(lhs, rhs)) : DimAttr();
}

DimAttr Symbolic::ceilDiv(DimAttr lhs, DimAttr rhs) {
  return mul(floorDiv(mul(lhs, -1), rhs), -1);
}

DimAttr Symbolic::mod(DimAttr lhs, DimAttr rhs) {
  return sub(lhs, mul(rhs, floorDiv(lhs, rhs)));
}

static DimAttr minOrMax(AtomAttr::Kind kind, DimAttr lhs, DimAttr rhs) {
  if (!lhs || !rhs)
    return {};
  bool isMin = kind == AtomAttr::Kind::Min;
  DimAttr difference = sub(lhs, rhs);
  if (std::optional<int64_t> low = getLowerBound(difference); low && *low >= 0)
    return isMin ? rhs : lhs;
  if (std::optional<int64_t> high = getUpperBound(difference);
      high && *high <= 0)
    return isMin ? lhs : rhs;
  return fromAtom(AtomAttr::get(kind, lhs, rhs));
}

DimAttr Symbolic::min(DimAttr lhs, DimAttr rhs) {
  return minOrMax(AtomAttr::Kind::Min, lhs, rhs);
}

DimAttr Symbolic::max(DimAttr lhs, DimAttr rhs) {
  return minOrMax(AtomAttr::Kind::Max, lhs, rhs);
}

DimAttr Symbolic::product(MLIRContext *context, ArrayRef<DimAttr> dims) {
  DimAttr result = DimAttr::getConstant(context, 1);
  for (DimAttr dim : dims)
    result = mul(result, dim);
  return result;
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

/// A bound that may be infinite on either side.
namespace {
struct Range {
  std::optional<int64_t> low, high;
};
} // namespace

static Range getRange(DimAttr dim);

static Range getRange(AtomAttr atom) {
  if (atom.getKind() == AtomAttr::Kind::Symbol)
    return {0, std::nullopt};
  Range lhs = getRange(atom.getLhs()), rhs = getRange(atom.getRhs());
  switch (atom.getKind()) {
  case AtomAttr::Kind::Symbol:
    break;
  case AtomAttr::Kind::FloorDiv: {
    Range range;
    std::optional<int64_t> by = atom.getRhs().getConstantValue();
    if (by && *by > 0) {
      if (lhs.low)
        range.low = llvm::divideFloorSigned(*lhs.low, *by);
      if (lhs.high)
        range.high = llvm::divideFloorSigned(*lhs.high, *by);
    } else if (lhs.low && *lhs.low >= 0 && rhs.low && *rhs.low >= 0) {
      range.low = 0;
    }
    return range;
  }
  case AtomAttr::Kind::Min: {
    Range range;
    if (lhs.low && rhs.low)
      range.low = std::min(*lhs.low, *rhs.low);
    if (lhs.high || rhs.high)
      range.high =
          std::min(lhs.high.value_or(INT64_MAX), rhs.high.value_or(INT64_MAX));
    return range;
  }
  case AtomAttr::Kind::Max: {
    Range range;
    if (lhs.low || rhs.low)
      range.low =
          std::max(lhs.low.value_or(INT64_MIN), rhs.low.value_or(INT64_MIN));
    if (lhs.high && rhs.high)
      range.high = std::max(*lhs.high, *rhs.high);
    return range;
  }
  }
  return {};
}

static Range getRange(const Term &term) {
  if (term.factors.empty())
    return {term.coefficient, term.coefficient};
  // Only products of non-negative factors are bounded here: low is then 0 at
  // worst, and nothing limits them from above unless every factor does.
  int64_t low = 1, high = 1;
  bool hasHigh = true;
  for (AtomAttr atom : term.factors) {
    Range range = getRange(atom);
    if (!range.low || *range.low < 0)
      return {};
    low *= *range.low;
    hasHigh &= range.high.has_value();
    if (hasHigh)
      high *= *range.high;
  }
  Range scaled;
  if (term.coefficient >= 0) {
    scaled.low = low * term.coefficient;
    if (hasHigh)
      scaled.high = high * term.coefficient;
  } else {
    scaled.high = low * term.coefficient;
    if (hasHigh)
      scaled.low = high * term.coefficient;
  }
  return scaled;
}

static Range getRange(DimAttr dim) {
  Range sum{0, 0};
  for (const Term &term : dim.getTerms()) {
    Range range = getRange(term);
    sum.low = sum.low && range.low ? std::optional(*sum.low + *range.low)
                                   : std::nullopt;
    sum.high = sum.high && range.high ? std::optional(*sum.high + *range.high)
                                      : std::nullopt;
  }
  return sum;
}

std::optional<int64_t> Symbolic::getLowerBound(DimAttr dim) {
  return dim ? getRange(dim).low : std::nullopt;
}

std::optional<int64_t> Symbolic::getUpperBound(DimAttr dim) {
  return dim ? getRange(dim).high : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Broadcasting and queries
//===----------------------------------------------------------------------===//

/// Whether `dim` is min(`other`, c) for a constant c > 1: a table of c rows cut
/// to a length, say. Such a size is 1 only where `other` is.
static bool isCutOf(DimAttr dim, DimAttr other) {
  if (!dim || !other)
    return false;
  ArrayRef<Term> terms = dim.getTerms();
  if (terms.size() != 1 || terms[0].coefficient != 1 ||
      terms[0].factors.size() != 1 ||
      terms[0].factors[0].getKind() != AtomAttr::Kind::Min)
    return false;
  AtomAttr cut = terms[0].factors[0];
  auto isLimit = [](DimAttr limit) {
    std::optional<int64_t> constant = limit.getConstantValue();
    return constant && *constant > 1;
  };
  return (cut.getLhs() == other && isLimit(cut.getRhs())) ||
         (cut.getRhs() == other && isLimit(cut.getLhs()));
}

DimAttr Symbolic::broadcast(DimAttr lhs, DimAttr rhs) {
  if (lhs == rhs)
    return lhs;
  auto isConstant = [](DimAttr dim, auto predicate) {
    std::optional<int64_t> value = dim ? dim.getConstantValue() : std::nullopt;
    return value && predicate(*value);
  };
  auto isOne = [](int64_t value) { return value == 1; };
  auto isNotOne = [](int64_t value) { return value != 1; };
  if (isConstant(lhs, isOne))
    return rhs;
  if (isConstant(rhs, isOne))
    return lhs;
  if (isConstant(lhs, isNotOne))
    return lhs;
  if (isConstant(rhs, isNotOne))
    return rhs;
  if (isCutOf(rhs, lhs))
    return lhs;
  if (isCutOf(lhs, rhs))
    return rhs;
  // A size that is at least 2 is never the one that is stretched.
  auto isAboveOne = [](DimAttr dim) {
    std::optional<int64_t> low = getLowerBound(dim);
    return low && *low > 1;
  };
  if (lhs && isAboveOne(lhs))
    return lhs;
  if (rhs && isAboveOne(rhs))
    return rhs;
  return {};
}

bool Symbolic::neverEqual(DimAttr lhs, DimAttr rhs) {
  if (!lhs || !rhs)
    return false;
  DimAttr difference = sub(lhs, rhs);
  std::optional<int64_t> low = getLowerBound(difference);
  std::optional<int64_t> high = getUpperBound(difference);
  return (low && *low > 0) || (high && *high < 0);
}

bool Symbolic::cannotBroadcast(DimAttr lhs, DimAttr rhs) {
  if (!lhs || !rhs)
    return false;
  DimAttr one = constantLike(lhs, 1);
  return neverEqual(lhs, rhs) && neverEqual(lhs, one) && neverEqual(rhs, one);
}

void Symbolic::collectSymbols(DimAttr dim, SmallVectorImpl<StringRef> &names) {
  if (!dim)
    return;
  for (const Term &term : dim.getTerms()) {
    for (AtomAttr atom : term.factors) {
      if (atom.getKind() == AtomAttr::Kind::Symbol) {
        if (!llvm::is_contained(names, atom.getSymbol()))
          names.push_back(atom.getSymbol());
        continue;
      }
      collectSymbols(atom.getLhs(), names);
      collectSymbols(atom.getRhs(), names);
    }
  }
}
