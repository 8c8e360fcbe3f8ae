//===- TorchGraphOutputs.h - Results of the function ------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_IMPORT_TORCHGRAPHOUTPUTS_H
#define TORCHONNX_LIB_IMPORT_TORCHGRAPHOUTPUTS_H

#include <torch/csrc/jit/ir/ir.h>

#include "torch_onnx_opt/Import.h"

#include "mlir/IR/Builders.h"

namespace torchonnx {

/// The results of the function that a graph becomes: containers are taken
/// apart, because ONNX's outputs are tensors.
class TorchGraphOutputs {
public:
  /// Results are made where `builder` is.
  TorchGraphOutputs(const ImportOptions &options, mlir::OpBuilder &builder)
      : options(options), builder(builder),
        loc(mlir::UnknownLoc::get(builder.getContext())) {}

  /// Adds what a value holds. `graphValue`, where known, is what it was in the
  /// graph and tells names; an element is named below `name`.
  llvm::LogicalResult add(const torch::jit::Value *graphValue,
                          mlir::Value value, const std::string &name = "");

  /// Gives each output its name: the user's, the program's or a default one,
  /// none of which is another's or an input's.
  llvm::LogicalResult chooseNames(llvm::ArrayRef<std::string> inputNames);

  llvm::ArrayRef<mlir::Value> getValues() const { return values; }
  llvm::ArrayRef<std::string> getNames() const { return names; }

private:
  const ImportOptions &options;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  llvm::SmallVector<mlir::Value> values;
  llvm::SmallVector<std::string> names;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_TORCHGRAPHOUTPUTS_H
