//===- Listing.cpp - What the compiler has --------------------------------===//

#include "Listing.h"

#include "dialects/Torch/TorchDialect.h"
#include "lib/Evaluate/DecompositionLibrary.h"
#include "lib/Evaluate/ShapeFunctionRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassRegistry.h"
#include "passes/TorchToOnnx/ConversionRegistry.h"
#include "torch_onnx_opt/Register.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace torchonnx;

void torchonnx::driver::listPasses(llvm::raw_ostream &os) {
  std::vector<const PassRegistryEntry *> passes, pipelines;
  // MLIR's registry can be asked for a name only; the command line has them.
  for (auto &entry : llvm::cl::getRegisteredOptions()) {
    if (const PassInfo *pass = PassInfo::lookup(entry.getKey()))
      passes.push_back(pass);
    else if (auto *pipeline = PassPipelineInfo::lookup(entry.getKey()))
      pipelines.push_back(pipeline);
  }
  auto print = [&](StringRef title, auto &entries) {
    os << title << ":\n";
    llvm::sort(entries, [](auto *lhs, auto *rhs) {
      return lhs->getPassArgument() < rhs->getPassArgument();
    });
    for (const PassRegistryEntry *entry : entries)
      os << llvm::formatv("  {0,-24} {1}\n", entry->getPassArgument(),
                          entry->getPassDescription());
  };
  print("Pipelines", pipelines);
  print("Passes", passes);
}

/// Whether an operator returns tensors, whose types a shape function or a
/// decomposition has to find before anything converts it.
static bool returnsTensors(const Torch::OpSchema *schema) {
  return !schema || llvm::any_of(schema->results, [](const auto &result) {
    return result.kind.contains('T');
  });
}

void torchonnx::driver::listOps(llvm::raw_ostream &os) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  auto *dialect = context.getOrLoadDialect<Torch::TorchDialect>();
  llvm::StringMap<StringRef> decompositions;
  DecompositionLibrary::forEachBuiltin(
      [&](StringRef key, StringRef file) { decompositions[key] = file; });

  // Operators that only the tables below know are torch.operator in the IR.
  llvm::MapVector<StringRef, std::vector<StringRef>> families;
  for (const Torch::OpSchema *schema : dialect->getSchemas())
    families[schema->family].push_back(schema->key);
  auto addUnlisted = [&](StringRef key) {
    if (!dialect->lookupSchema(key))
      families["Other"].push_back(key);
  };
  for (StringRef key : ConversionRegistry::get().getKeys())
    addUnlisted(key);
  for (StringRef key : decompositions.keys())
    if (!hasConversion(key))
      addUnlisted(key);

  size_t handled = 0, total = 0;
  for (auto &[family, keys] : families) {
    os << family << ":\n";
    llvm::sort(keys);
    for (StringRef key : keys) {
      SmallVector<std::string, 3> how;
      bool hasShape = ShapeFunctionRegistry::get().lookup(key);
      // Beside a conversion it tells the types.
      StringRef file = decompositions.lookup(key);
      bool isTyped = hasShape || !file.empty() ||
                     !returnsTensors(dialect->lookupSchema(key));
      if (hasConversion(key) && isTyped)
        how.push_back("conversion");
      if (!file.empty())
        how.push_back(("decomposition (" + file + ")").str());
      ++total;
      handled += !how.empty();
      if (hasShape)
        how.push_back(how.empty() ? "not converted (shape function only)"
                                  : "shape function");
      else if (hasConversion(key) && !isTyped)
        how.push_back("not converted (no shape function)");
      os << llvm::formatv("  {0,-44} {1}\n", key,
                          how.empty() ? "-" : llvm::join(how, ", "));
    }
  }
  os << handled << " of " << total
     << " operators have a conversion or a decomposition\n";
}
