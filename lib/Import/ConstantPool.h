//===- ConstantPool.h - Uniqued constants at a function's start -*- C++ -*-===//

#ifndef TORCHONNX_LIB_IMPORT_CONSTANTPOOL_H
#define TORCHONNX_LIB_IMPORT_CONSTANTPOOL_H

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <string>
#include <vector>

namespace torchonnx {

/// Creates the constants of a function, each value once, before all other
/// operations of its first block.
class ConstantPool {
public:
  /// `renames` maps dotted names of weights to the names to give them.
  ConstantPool(mlir::Block *entry, llvm::StringMap<std::string> renames);

  /// A scalar, string, device, None, tensor, or a list, tuple or dictionary of
  /// those. `name` is the dotted name that the value has in the module. Null
  /// after an error at `loc`.
  mlir::Value get(mlir::Location loc, const c10::IValue &value,
                  const c10::TypePtr &type, llvm::StringRef name = "");

  mlir::Value getInt(mlir::Location loc, int64_t value);
  mlir::Value getNone(mlir::Location loc);
  mlir::Value getStr(mlir::Location loc, llvm::StringRef value);

  /// A parameter or buffer: its storage is referenced, and equal views of one
  /// storage are one constant.
  mlir::Value getWeight(mlir::Location loc, const at::Tensor &tensor,
                        llvm::StringRef name);

  /// A tensor literal of the program. One of rank 0 of type int64, float64 or
  /// complex128 stands for a Python number. `shareable`: nothing writes to it,
  /// so that equal numbers may be one constant.
  mlir::Value getLiteral(mlir::Location loc, const at::Tensor &tensor,
                         bool shareable);

  /// A list of values of this pool, which nothing writes to.
  mlir::Value getList(mlir::Location loc, mlir::Type listType,
                      mlir::ValueRange elements);

  /// Whether the pool made this value.
  bool contains(mlir::Value value) const { return values.contains(value); }

private:
  mlir::Value getTensor(mlir::Location loc, const at::Tensor &tensor,
                        llvm::StringRef name, bool wrapped);
  mlir::Value makeTensor(mlir::Location loc, at::Tensor tensor,
                         llvm::StringRef name, bool wrapped);
  mlir::Value getScalar(mlir::Location loc, mlir::Attribute attr,
                        mlir::Type type);
  mlir::OpBuilder &builderAtEnd();
  mlir::Value record(mlir::Value value);

  mlir::MLIRContext *context;
  mlir::Block *entry;
  mlir::OpBuilder builder;
  mlir::Operation *last = nullptr;
  llvm::StringMap<std::string> renames;
  llvm::DenseSet<mlir::Value> values;
  llvm::DenseMap<std::pair<mlir::Attribute, mlir::Type>, mlir::Value> scalars;
  llvm::StringMap<mlir::Value> tensors;
  llvm::StringMap<mlir::Value> numbers;
  std::map<std::vector<void *>, mlir::Value> lists;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_CONSTANTPOOL_H
