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
  registerSpectralConversions(registry);
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

const ConversionRegistry::Function *
ConversionRegistry::lookupComplex(llvm::StringRef key) const {
  auto it = complexFunctions.find(key);
  return it == complexFunctions.end() ? nullptr : &it->second;
}

std::vector<llvm::StringRef> ConversionRegistry::getKeys() const {
  std::vector<llvm::StringRef> keys(functions.keys().begin(),
                                    functions.keys().end());
  for (llvm::StringRef key : complexFunctions.keys())
    if (!functions.contains(key))
      keys.push_back(key);
  llvm::sort(keys);
  return keys;
}

bool torchonnx::hasConversion(llvm::StringRef schemaKey) {
  const ConversionRegistry &registry = ConversionRegistry::get();
  return registry.lookup(schemaKey) || registry.lookupComplex(schemaKey);
}
