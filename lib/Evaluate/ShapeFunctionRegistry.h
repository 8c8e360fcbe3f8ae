//===- ShapeFunctionRegistry.h - Table of shape functions -------*- C++ -*-===//

#ifndef TORCHONNX_LIB_EVALUATE_SHAPEFUNCTIONREGISTRY_H
#define TORCHONNX_LIB_EVALUATE_SHAPEFUNCTIONREGISTRY_H

#include "lib/Evaluate/InferenceContext.h"
#include "llvm/ADT/StringMap.h"

namespace torchonnx {

/// Infers the types of the results of an operation from its operands. It calls
/// InferenceContext::setResult or forward for what it knows, and returns
/// failure() after InferenceContext::error.
using ShapeFunction =
    std::function<llvm::LogicalResult(mlir::Operation *, InferenceContext &)>;

/// The shape functions of all operators, by schema key ("aten.add.Tensor").
class ShapeFunctionRegistry {
public:
  /// The built-in functions of all families.
  static const ShapeFunctionRegistry &get();

  /// Registers `function` for operators, by schema key.
  void add(std::initializer_list<llvm::StringRef> keys,
           const ShapeFunction &function) {
    for (llvm::StringRef key : keys)
      functions[key] = function;
  }

  /// The function of an operator; null if there is none.
  const ShapeFunction *lookup(llvm::StringRef key) const {
    auto found = functions.find(key);
    return found == functions.end() ? nullptr : &found->second;
  }

  const llvm::StringMap<ShapeFunction> &getAll() const { return functions; }

private:
  llvm::StringMap<ShapeFunction> functions;
};

// One function for each file of passes/InferShapes. That of a family registers
// those of its parts (Shape: Broadcast, Pad, Split) as well.
void registerActivationShapes(ShapeFunctionRegistry &registry);
void registerAttentionShapes(ShapeFunctionRegistry &registry);
void registerControlShapes(ShapeFunctionRegistry &registry);
void registerConvolutionShapes(ShapeFunctionRegistry &registry);
void registerCreationShapes(ShapeFunctionRegistry &registry);
void registerElementwiseShapes(ShapeFunctionRegistry &registry);
void registerIndexingShapes(ShapeFunctionRegistry &registry);
void registerLinearAlgebraShapes(ShapeFunctionRegistry &registry);
void registerLossShapes(ShapeFunctionRegistry &registry);
void registerNormalizationShapes(ShapeFunctionRegistry &registry);
void registerPoolingShapes(ShapeFunctionRegistry &registry);
void registerRecurrentShapes(ShapeFunctionRegistry &registry);
void registerReductionShapes(ShapeFunctionRegistry &registry);
void registerShapeShapes(ShapeFunctionRegistry &registry);
void registerBroadcastShapes(ShapeFunctionRegistry &registry);
void registerSplitShapes(ShapeFunctionRegistry &registry);
void registerPadShapes(ShapeFunctionRegistry &registry);
void registerSpectralShapes(ShapeFunctionRegistry &registry);
void registerVisionShapes(ShapeFunctionRegistry &registry);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_SHAPEFUNCTIONREGISTRY_H
