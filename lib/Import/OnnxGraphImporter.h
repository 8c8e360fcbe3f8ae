//===- OnnxGraphImporter.h - Nodes to the onnx dialect ----------*- C++ -*-===//
//
// Builds operations from the nodes of a graph. Includes onnx's headers.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_IMPORT_ONNXGRAPHIMPORTER_H
#define TORCHONNX_LIB_IMPORT_ONNXGRAPHIMPORTER_H

#include "mlir/IR/Builders.h"

#include "onnx/onnx_pb.h"

#include "llvm/ADT/StringMap.h"

namespace torchonnx {

class OnnxGraphImporter {
public:
  /// Nodes of the standard domain are those of `opset`. With `keepNames` each
  /// operation keeps the names and the metadata of its node, and a Constant
  /// stays one; otherwise it is an initializer.
  OnnxGraphImporter(mlir::OpBuilder &builder, int64_t opset, bool keepNames,
                    mlir::Location location)
      : builder(builder), opset(opset), keepNames(keepNames),
        location(location) {
    scopes.emplace_back();
  }

  /// Gives a name its value.
  void define(llvm::StringRef name, mlir::Value value) {
    scopes.back().values[name] = value;
  }
  /// The value of a name, or null.
  mlir::Value lookup(llvm::StringRef name) const;

  /// The type of a name as the graph that is being imported declares it.
  mlir::Type declaredType(llvm::StringRef name) const;
  /// Declares the types of a graph's inputs, outputs and other values.
  llvm::LogicalResult declareTypes(const onnx::GraphProto &graph);

  /// Builds the nodes of a graph. Failures say in `error` what is wrong.
  llvm::LogicalResult
  importNodes(const google::protobuf::RepeatedPtrField<onnx::NodeProto> &nodes);
  /// Builds the constants of a graph. `values` has those that are not in the
  /// graph's protobuf.
  llvm::LogicalResult
  importInitializers(const onnx::GraphProto &graph,
                     llvm::ArrayRef<mlir::ElementsAttr> values = {});

  std::string error;

private:
  struct Scope {
    llvm::StringMap<mlir::Value> values;
    llvm::StringMap<mlir::Type> types;
  };

  llvm::LogicalResult importNode(const onnx::NodeProto &node);
  bool importConstant(const onnx::NodeProto &node);
  llvm::LogicalResult importSubgraph(const onnx::GraphProto &graph,
                                     mlir::Region &region);
  bool fitsDialect(const onnx::NodeProto &node,
                   llvm::ArrayRef<mlir::Value> operands,
                   llvm::ArrayRef<mlir::Type> results) const;
  llvm::LogicalResult collectAttributes(const onnx::NodeProto &node,
                                        mlir::NamedAttrList &attributes);
  void keep(const onnx::NodeProto &node, mlir::OperationState &state);
  mlir::Location locate(const onnx::NodeProto &node);
  mlir::Value getNone();
  llvm::LogicalResult fail(const onnx::NodeProto &node, llvm::Twine reason);

  mlir::OpBuilder &builder;
  int64_t opset;
  bool keepNames;
  mlir::Location location;
  std::vector<Scope> scopes;
  mlir::Value none;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_ONNXGRAPHIMPORTER_H
