//===- SetOpset.cpp - The target opset as a pass --------------------------===//

#include "SetOpset.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace torchonnx::driver;

void torchonnx::driver::setOpset(ModuleOp module, int64_t opset) {
  module->setAttr("onnx.opset",
                  Builder(module.getContext()).getI64IntegerAttr(opset));
}

namespace {
struct SetOpset : PassWrapper<SetOpset, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SetOpset)

  SetOpset() = default;
  SetOpset(const SetOpset &other) : PassWrapper(other) {}

  StringRef getArgument() const final { return "set-opset"; }
  StringRef getDescription() const final {
    return "Set the opset that the module is for";
  }
  void runOnOperation() final { setOpset(getOperation(), opset); }

  Option<int64_t> opset{*this, "opset", llvm::cl::desc("11 to 26"),
                        llvm::cl::init(20)};
};
} // namespace

std::unique_ptr<Pass> torchonnx::driver::createSetOpset(int64_t opset) {
  auto pass = std::make_unique<SetOpset>();
  pass->opset = opset;
  return pass;
}

void torchonnx::driver::registerSetOpset() { PassRegistration<SetOpset>(); }
