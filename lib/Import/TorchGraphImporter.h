//===- TorchGraphImporter.h - Nodes to the torch dialect --------*- C++ -*-===//
//
// One walk over a graph. Calls are entered where they stand, with the path of
// the called module as scope, so the graphs themselves are never changed and a
// value that is a module has a path known at every point.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_IMPORT_TORCHGRAPHIMPORTER_H
#define TORCHONNX_LIB_IMPORT_TORCHGRAPHIMPORTER_H

#include <torch/csrc/jit/ir/ir.h>

#include "dialects/Torch/TorchTypes.h"
#include "lib/Import/ConstantPool.h"
#include "lib/Import/SourceLocations.h"
#include "lib/Import/TorchScriptImporter.h"

namespace torchonnx {

class TorchGraphImporter {
public:
  /// A value which is a module: known at import, never an MLIR value.
  struct ObjectRef {
    c10::intrusive_ptr<c10::ivalue::Object> object;
    std::string path;
  };

  /// The values of one call.
  struct Frame {
    llvm::DenseMap<const torch::jit::Value *, mlir::Value> values;
    llvm::DenseMap<const torch::jit::Value *, ObjectRef> objects;
    /// The module that runs.
    std::string path;
    /// Where it was called, for functions of the torch package.
    std::optional<SourceFrame> caller;
    /// The last line seen: the tracer's own nodes have none.
    std::optional<SourceFrame> current;
  };

  TorchGraphImporter(mlir::OpBuilder &builder, ConstantPool &constants,
                     const NodeLocator &locator)
      : builder(builder), context(builder.getContext()), constants(constants),
        locator(locator), sources(context),
        moduleLoc(mlir::UnknownLoc::get(context)),
        unknownTensor(Torch::TensorType::getUnknown(context)),
        torchOperator("torch.operator", context) {}

  /// Imports the nodes of a block, whose parameters `frame` knows.
  llvm::LogicalResult importBlock(const torch::jit::Block *block, Frame &frame);

  /// What a value of the graph has become; null after an error.
  mlir::Value lookup(const torch::jit::Value *value, Frame &frame,
                     mlir::Location loc);

private:
  using Operands = llvm::SmallVector<mlir::Value>;
  using GraphValues = c10::ArrayRef<const torch::jit::Value *>;

  /// How nodes with the same schema are imported.
  struct OperatorInfo {
    /// "aten.add.Tensor".
    mlir::StringAttr key;
    /// The operation of the dialect, or nothing for a torch.operator.
    std::optional<mlir::OperationName> operation;
    /// The schema's text, for operators of user libraries.
    mlir::StringAttr schema;
  };

  // TorchGraphImporter.cpp
  llvm::LogicalResult importNode(const torch::jit::Node *node, Frame &frame);
  llvm::LogicalResult importConstant(const torch::jit::Node *node,
                                     Frame &frame);
  llvm::LogicalResult importOperator(const torch::jit::Node *node,
                                     Frame &frame);
  const OperatorInfo &getOperator(const torch::jit::Node *node);
  mlir::Location getLocation(const torch::jit::Node *node, Frame &frame);
  mlir::FailureOr<Operands> lookupAll(GraphValues values, Frame &frame,
                                      mlir::Location loc);
  void bindResults(const torch::jit::Node *node, mlir::Operation *op,
                   Frame &frame);

  // TorchGraphControlFlow.cpp
  llvm::LogicalResult importIf(const torch::jit::Node *node, Frame &frame);
  llvm::LogicalResult importLoop(const torch::jit::Node *node, Frame &frame);
  mlir::FailureOr<Operands> importBody(const torch::jit::Block *block,
                                       mlir::Block &body, Frame &frame,
                                       mlir::Location loc);
  llvm::SmallVector<mlir::Type>
  convertOutputTypes(const torch::jit::Node *node);
  bool foldNoneCheck(const torch::jit::Node *node, Frame &frame);

  // TorchGraphCalls.cpp
  llvm::LogicalResult importGetAttr(const torch::jit::Node *node, Frame &frame);
  llvm::LogicalResult importMethodCall(const torch::jit::Node *node,
                                       Frame &frame);
  llvm::LogicalResult importFunctionCall(const torch::jit::Node *node,
                                         Frame &frame);
  llvm::LogicalResult importPythonCall(const torch::jit::Node *node,
                                       Frame &frame);
  llvm::LogicalResult importCall(const torch::jit::Node *node,
                                 const torch::jit::Graph &graph,
                                 GraphValues arguments, std::string path,
                                 Frame &frame);
  llvm::LogicalResult bindLike(GraphValues to, GraphValues from, Frame &toFrame,
                               Frame &fromFrame, mlir::Location loc);

  mlir::OpBuilder &builder;
  mlir::MLIRContext *context;
  ConstantPool &constants;
  const NodeLocator &locator;
  SourceLocator sources;
  mlir::Location moduleLoc;
  Torch::TensorType unknownTensor;
  mlir::OperationName torchOperator;
  unsigned depth = 0;
  llvm::DenseMap<const c10::FunctionSchema *, OperatorInfo> operators;
  llvm::DenseMap<unsigned, OperatorInfo> operatorsWithoutSchema;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_TORCHGRAPHIMPORTER_H
