//===- CountOperators.cpp - A pass of one's own, loaded at run time -------===//
//
//   torch-onnx-opt model.pt --load-pass-plugin=libCountOperators.so \
//     --pass-pipeline='builtin.module(count-operators)'
//
//===----------------------------------------------------------------------===//

#include "dialects/Torch/TorchOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Config/llvm-config.h"

#include <map>

using namespace mlir;

namespace {
/// Says, as a remark, how often the model uses each operator.
struct CountOperators
    : public PassWrapper<CountOperators, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CountOperators)

  StringRef getArgument() const final { return "count-operators"; }
  StringRef getDescription() const final {
    return "Say how often the model uses each operator";
  }

  void runOnOperation() override {
    std::map<std::string, int> counts;
    getOperation().walk([&](Operation *op) {
      StringRef key = torchonnx::Torch::getSchemaKey(op);
      if (key.starts_with("aten."))
        ++counts[key.str()];
    });
    for (const auto &[key, count] : counts)
      emitRemark(UnknownLoc::get(&getContext())) << key << ": " << count;
    markAllAnalysesPreserved();
  }
};
} // namespace

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "CountOperators", LLVM_VERSION_STRING,
          [] { PassRegistration<CountOperators>(); }};
}
