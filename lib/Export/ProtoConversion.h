//===- ProtoConversion.h - Types and attributes as protobuf -----*- C++ -*-===//
//
// What the exporter and the importer share. Includes onnx's headers.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_EXPORT_PROTOCONVERSION_H
#define TORCHONNX_LIB_EXPORT_PROTOCONVERSION_H

#include "lib/Support/OnnxSchema.h"

#include "mlir/IR/Operation.h"

#include "onnx/onnx_pb.h"

namespace torchonnx {

/// Discardable attributes that keep what an imported model says and the dialect
/// has no place for. An operation with kNames carries its own metadata: nothing
/// is derived from its location.
namespace keep {
inline constexpr llvm::StringLiteral kNames = "onnx.names";
inline constexpr llvm::StringLiteral kNodeName = "onnx.node_name";
inline constexpr llvm::StringLiteral kDocString = "onnx.doc_string";
inline constexpr llvm::StringLiteral kMetadata = "onnx.metadata";
/// The names of each subgraph and of its inputs, and its outputs' where they
/// are no results of its nodes.
inline constexpr llvm::StringLiteral kGraphs = "onnx.graphs";
/// Of a module: what the model says about itself.
inline constexpr llvm::StringLiteral kModel = "onnx.model";
/// Of an onnx.custom of the domain "": the version that it is spelled for.
inline constexpr llvm::StringLiteral kSinceVersion = "onnx.since_version";
} // namespace keep

/// The keys of metadata_props that hold a node's origin.
inline constexpr llvm::StringLiteral kScopeKey = "torch_onnx_opt.scope";
inline constexpr llvm::StringLiteral kLocationKey = "torch_onnx_opt.location";

//===----------------------------------------------------------------------===//
// To protobuf
//===----------------------------------------------------------------------===//

/// False if ONNX has no such type. Unknown types give an empty proto.
bool typeToProto(mlir::Type type, onnx::TypeProto &proto);

/// A constant: its type and, if asked for, its elements. On failure `reason`
/// says why.
llvm::LogicalResult tensorToProto(mlir::Attribute constant, bool withData,
                                  onnx::TensorProto &proto,
                                  std::string &reason);

/// An attribute of a node. Its kind follows from the MLIR attribute, or from
/// `kind` where that leaves a choice.
llvm::LogicalResult attributeToProto(llvm::StringRef name,
                                     mlir::Attribute attribute,
                                     Onnx::AttributeKind kind,
                                     onnx::AttributeProto &proto,
                                     std::string &reason);

/// The operator, domain and attributes of an operation of the onnx dialect.
/// Without names, subgraphs and metadata.
llvm::LogicalResult nodeToProto(mlir::Operation *op, onnx::NodeProto &proto,
                                std::string &reason);

/// The text of one of onnx's exceptions on one line.
std::string oneLine(llvm::StringRef message);

/// The names of the subgraphs of an operation, in the order of its regions.
llvm::SmallVector<llvm::StringRef> getRegionNames(mlir::Operation *op);

//===----------------------------------------------------------------------===//
// From protobuf
//===----------------------------------------------------------------------===//

/// `!onnx.unknown` if the proto says nothing; null if it is of a kind that the
/// dialect does not have (maps, sparse tensors).
mlir::Type typeFromProto(mlir::MLIRContext *context,
                         const onnx::TypeProto &proto);

/// Takes the names that onnx's shape inference makes up for dimensions out of
/// the types of a graph and its subgraphs.
void dropInferredSymbols(onnx::GraphProto &graph);

/// The type of a constant; null with the reason if it makes no sense.
mlir::RankedTensorType tensorTypeFromProto(mlir::MLIRContext *context,
                                           const onnx::TensorProto &proto,
                                           std::string &reason);

/// A constant that has its elements in the proto. Null with the reason if it is
/// malformed.
mlir::Attribute tensorFromProto(mlir::MLIRContext *context,
                                const onnx::TensorProto &proto,
                                std::string &reason);

/// An attribute that is no graph. Null with the reason if it is malformed or
/// of a kind that is not supported.
mlir::Attribute attributeFromProto(mlir::MLIRContext *context,
                                   const onnx::AttributeProto &proto,
                                   std::string &reason);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EXPORT_PROTOCONVERSION_H
