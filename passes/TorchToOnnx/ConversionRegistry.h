//===- ConversionRegistry.h - Which operators convert to onnx ---*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_CONVERSIONREGISTRY_H
#define TORCHONNX_PASSES_TORCHTOONNX_CONVERSIONREGISTRY_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LogicalResult.h"

#include <functional>
#include <vector>

namespace torchonnx {

class ConversionContext;

/// True if torch-to-onnx converts the operator with this schema key
/// (`aten.add.Tensor`) itself, so that nobody has to decompose it.
bool hasConversion(llvm::StringRef schemaKey);

/// The conversions of torch operators, by schema key.
class ConversionRegistry {
public:
  /// Converts one operation: creates onnx operations with `context.builder`
  /// and hands their results to `context.replace`; or fails with
  /// `return context.fail(op, reason)`.
  using Function = std::function<llvm::LogicalResult(mlir::Operation *,
                                                     ConversionContext &)>;

  /// All conversions there are.
  static const ConversionRegistry &get();

  /// Registers `convert(Op, ConversionContext &)` for a class of operations.
  template <class Op, class Convert> void add(Convert convert) {
    llvm::StringRef key = Op::getOperationName();
    key.consume_front("torch.");
    add(key, [convert](mlir::Operation *op, ConversionContext &context) {
      return convert(llvm::cast<Op>(op), context);
    });
  }
  /// Registers one function for several classes of operations.
  template <class First, class Second, class... Rest, class Convert>
  void addAll(Convert convert) {
    add<First>(convert);
    if constexpr (sizeof...(Rest) == 0)
      add<Second>(convert);
    else
      addAll<Second, Rest...>(convert);
  }
  void add(llvm::StringRef key, Function function) {
    functions[key] = std::move(function);
  }

  /// Registers what converts an operator that has complex operands or results;
  /// see Complex.cpp.
  void addComplex(llvm::StringRef key, Function function) {
    complexFunctions[key] = std::move(function);
  }

  /// Null if there is none.
  const Function *lookup(llvm::StringRef key) const;
  const Function *lookupComplex(llvm::StringRef key) const;
  /// The schema keys of all conversions, sorted.
  std::vector<llvm::StringRef> getKeys() const;

private:
  llvm::StringMap<Function> functions, complexFunctions;
};

// One function for each file. That of a family registers those of its parts
// (Elementwise: Comparison, Complex; Indexing: Mask, Scatter, Slice; Shape:
// Broadcast, Pad, Split) as well.
void registerActivationConversions(ConversionRegistry &registry);
void registerAttentionConversions(ConversionRegistry &registry);
void registerBroadcastConversions(ConversionRegistry &registry);
void registerComparisonConversions(ConversionRegistry &registry);
void registerComplexConversions(ConversionRegistry &registry);
void registerControlConversions(ConversionRegistry &registry);
void registerConvolutionConversions(ConversionRegistry &registry);
void registerCreationConversions(ConversionRegistry &registry);
void registerElementwiseConversions(ConversionRegistry &registry);
void registerIndexingConversions(ConversionRegistry &registry);
void registerLinearAlgebraConversions(ConversionRegistry &registry);
void registerMaskConversions(ConversionRegistry &registry);
void registerNormalizationConversions(ConversionRegistry &registry);
void registerPadConversions(ConversionRegistry &registry);
void registerPoolingConversions(ConversionRegistry &registry);
void registerRecurrentConversions(ConversionRegistry &registry);
void registerReductionConversions(ConversionRegistry &registry);
void registerScatterConversions(ConversionRegistry &registry);
void registerShapeConversions(ConversionRegistry &registry);
void registerSliceConversions(ConversionRegistry &registry);
void registerSplitConversions(ConversionRegistry &registry);
void registerSpectralConversions(ConversionRegistry &registry);
void registerVisionConversions(ConversionRegistry &registry);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_CONVERSIONREGISTRY_H
