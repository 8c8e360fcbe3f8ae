//===- ConversionRegistry.cpp - Which operators convert to onnx -----------===//

#include "passes/TorchToOnnx/ConversionRegistry.h"

#include "llvm/ADT/STLExtras.h"

using namespace torchonnx;

static ConversionRegistry makeRegistry() {
  ConversionRegistry registry;
  registerActivationConversions(registry);
  registerAttentionConversions(registry);
  registerControlConversions(registry);
  registerConvolutionConversions(registry);
  registerCreationConversions(registry);
  registerElementwiseConversions(registry);
  registerIndexingConversions(registry);
  registerLinearAlgebraConversions(registry);
  registerNormalizationConversions(registry);
  registerPoolingConversions(registry);
  registerRecurrentConversions(registry);
  registerReductionConversions(registry);
  registerShapeConversions(registry);
  registerVisionConversions(registry);
  return registry;
}

const ConversionRegistry &ConversionRegistry::get() {
  static const ConversionRegistry registry = makeRegistry();
  return registry;
}

const ConversionRegistry::Function *
ConversionRegistry::lookup(llvm::StringRef key) const {
  auto it = functions.find(key);
  return it == functions.end() ? nullptr : &it->second;
}

std::vector<llvm::StringRef> ConversionRegistry::getKeys() const {
  std::vector<llvm::StringRef> keys(functions.keys().begin(),
                                    functions.keys().end());
  llvm::sort(keys);
  return keys;
}

bool torchonnx::hasConversion(llvm::StringRef schemaKey) {
  return ConversionRegistry::get().lookup(schemaKey) != nullptr;
}
