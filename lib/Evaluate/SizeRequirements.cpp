//===- SizeRequirements.cpp - Sizes that operators leave no choice of -----===//

#include "lib/Evaluate/SizeRequirements.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace torchonnx;

using SizeOf = llvm::function_ref<int64_t(StringRef)>;

static std::optional<int64_t> evaluate(Symbolic::DimAttr dim, SizeOf sizeOf);

static std::optional<int64_t> evaluate(Symbolic::AtomAttr atom, SizeOf sizeOf) {
  using Kind = Symbolic::AtomAttr::Kind;
  if (atom.getKind() == Kind::Symbol)
    return sizeOf(atom.getSymbol());
  std::optional<int64_t> lhs = evaluate(atom.getLhs(), sizeOf);
  std::optional<int64_t> rhs = evaluate(atom.getRhs(), sizeOf);
  if (!lhs || !rhs)
    return std::nullopt;
  if (atom.getKind() == Kind::Min)
    return std::min(*lhs, *rhs);
  if (atom.getKind() == Kind::Max)
    return std::max(*lhs, *rhs);
  if (*rhs == 0)
    return std::nullopt;
  return llvm::divideFloorSigned(*lhs, *rhs);
}

/// The value of `dim` where each symbol has the size that `sizeOf` tells;
/// nullopt if it divides by 0 then, or is too large.
static std::optional<int64_t> evaluate(Symbolic::DimAttr dim, SizeOf sizeOf) {
  int64_t sum = 0;
  for (const Symbolic::Term &term : dim.getTerms()) {
    int64_t product = term.coefficient;
    for (Symbolic::AtomAttr atom : term.factors) {
      std::optional<int64_t> factor = evaluate(atom, sizeOf);
      if (!factor || llvm::MulOverflow(product, *factor, product))
        return std::nullopt;
    }
    if (llvm::AddOverflow(sum, product, sum))
      return std::nullopt;
  }
  return sum;
}

/// Whether large sizes with many divisors, as floordiv may rely on, all
/// contradict. An expression that only looks different from an allowed size, or
/// is bounded by it, does not.
static bool contradicts(const SizeRequirement &requirement,
                        ArrayRef<StringRef> symbols) {
  for (int64_t scale : {5040, 10080}) {
    std::optional<int64_t> size =
        evaluate(requirement.size, [&](StringRef symbol) {
          return scale * (llvm::find(symbols, symbol) - symbols.begin() + 1);
        });
    if (!size || llvm::is_contained(requirement.allowed, *size))
      return false;
  }
  return true;
}

/// "7", "1 or 7" or "28 to 31": the sizes of its only symbol that a requirement
/// allows; empty if they are not of this form.
static std::string describeSizes(const SizeRequirement &requirement) {
  SmallVector<int64_t> sizes;
  if (requirement.size.getSymbolName()) {
    llvm::append_range(sizes, requirement.allowed);
  } else {
    constexpr int64_t kLargest = 4096;
    for (int64_t size = 1; size <= kLargest; ++size) {
      std::optional<int64_t> value =
          evaluate(requirement.size, [&](StringRef) { return size; });
      if (value && llvm::is_contained(requirement.allowed, *value))
        sizes.push_back(size);
    }
  }
  if (sizes.empty())
    return {};
  if (sizes.size() <= 2)
    return llvm::join(
        llvm::map_range(sizes,
                        [](int64_t size) { return std::to_string(size); }),
        " or ");
  if (sizes.back() - sizes.front() + 1 != int64_t(sizes.size()))
    return {};
  return std::to_string(sizes.front()) + " to " + std::to_string(sizes.back());
}

void SizeRequirements::report(Location location, StringRef key,
                              const SizeRequirement &requirement) {
  SmallVector<StringRef> symbols;
  Symbolic::collectSymbols(requirement.size, symbols);
  if (symbols.empty() || llvm::any_of(symbols, [&](StringRef symbol) {
        return reported.contains(symbol);
      }))
    return;
  if (!requirement.size.getSymbolName() && !contradicts(requirement, symbols))
    return;
  for (StringRef symbol : symbols)
    reported.insert(symbol);
  std::string sizes =
      symbols.size() == 1 ? describeSizes(requirement) : std::string();
  if (!sizes.empty()) {
    emitWarning(location) << "dimension '" << symbols.front()
                          << "' of the inputs can only be " << sizes
                          << " here (" << key
                          << "); the model works at no other size";
    return;
  }
  InFlightDiagnostic diagnostic =
      emitWarning(location)
      << (symbols.size() == 1 ? "dimension " : "dimensions ");
  llvm::interleave(
      symbols, [&](StringRef symbol) { diagnostic << "'" << symbol << "'"; },
      [&] { diagnostic << ", "; });
  diagnostic << " of the inputs cannot be just any size here (" << key
             << "): " << requirement.size.str() << " has to be ";
  llvm::interleave(
      requirement.allowed, [&](int64_t size) { diagnostic << size; },
      [&] { diagnostic << " or "; });
}
