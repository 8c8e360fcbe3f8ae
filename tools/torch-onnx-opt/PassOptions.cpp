//===- PassOptions.cpp - Options of the tool as options of passes ---------===//

#include "PassOptions.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace torchonnx::driver;

/// Sets an option of the passes that have it; returns how many do.
static int setOption(OpPassManager &manager, const std::string &text) {
  int count = 0;
  for (Pass &pass : manager.getPasses())
    count += succeeded(
        pass.initializeOptions(text, [](const Twine &) { return failure(); }));
  return count;
}

LogicalResult torchonnx::driver::applyPassOptions(OpPassManager &manager,
                                                  const Options &options,
                                                  bool report) {
  auto apply = [&](StringRef option, StringRef name, const std::string &value) {
    if (setOption(manager, (name + "=" + value).str()) == 0 && report)
      return reportError(option + ": none of the passes that run has a use "
                                  "for it");
    return success();
  };
  if (options.explain && failed(apply("--explain", "explain", "true")))
    return failure();
  if (!options.decompositions.empty() &&
      failed(apply("--decompositions", "decompositions",
                   llvm::join(options.decompositions, ","))))
    return failure();
  if (!options.customDomains.empty()) {
    std::string domains;
    for (const CustomDomainSpec &spec : options.customDomains)
      domains += (domains.empty() ? "" : ",") + spec.torchNamespace + "=" +
                 spec.domain + ":" + std::to_string(spec.version);
    if (failed(apply("--custom-domain", "custom-domains", domains)))
      return failure();
  }
  return success();
}
