//===- ModelWriter.h - Writes a model with its weights ----------*- C++ -*-===//
//
// Protobuf would need every weight in a message of its own, and the whole model
// in memory. So the messages without weights are serialized by protobuf, and
// the fields around the weights are written here: each weight's bytes go from
// where they are to the file.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_EXPORT_MODELWRITER_H
#define TORCHONNX_LIB_EXPORT_MODELWRITER_H

#include "torch_onnx_opt/Export.h"

#include "mlir/IR/Location.h"

#include "onnx/onnx_pb.h"

namespace torchonnx {

/// A constant of the graph.
struct Weight {
  /// Name, type and dimensions; strings too, which have no bytes.
  onnx::TensorProto header;
  mlir::Attribute value;
  mlir::Location location;
  /// The number of its bytes, 0 for strings.
  uint64_t size;
};

/// Writes `model`, which is taken apart, with `weights` as its initializers to
/// a file. Failures are diagnostics, and leave no file behind.
llvm::LogicalResult writeModelFile(onnx::ModelProto &model,
                                   llvm::MutableArrayRef<Weight> weights,
                                   llvm::StringRef path,
                                   mlir::Location location,
                                   const ExportOptions &options);

/// The same to a stream.
llvm::LogicalResult writeModel(onnx::ModelProto &model,
                               llvm::MutableArrayRef<Weight> weights,
                               llvm::raw_ostream &os, mlir::Location location,
                               const ExportOptions &options);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EXPORT_MODELWRITER_H
