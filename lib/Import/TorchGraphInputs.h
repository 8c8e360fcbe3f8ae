//===- TorchGraphInputs.h - TorchScript's inputs as arguments ---*- C++ -*-===//

#ifndef TORCHONNX_LIB_IMPORT_TORCHGRAPHINPUTS_H
#define TORCHONNX_LIB_IMPORT_TORCHGRAPHINPUTS_H

#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include "dialects/Symbolic/SymbolicDialect.h"
#include "lib/Import/ConstantPool.h"
#include "torch_onnx_opt/Import.h"

#include "llvm/ADT/DenseSet.h"

namespace torchonnx {

/// How many arguments an input of this type becomes. `example` is the value it
/// was traced with, or null.
size_t countTorchInputs(const c10::TypePtr &type, const c10::IValue *example);

/// The arguments of the function that a graph becomes. Containers are taken
/// apart, because ONNX's inputs are tensors, and put together again inside.
class TorchGraphInputs {
public:
  /// Arguments are those of `entry`, at whose end `builder` is.
  TorchGraphInputs(const ImportOptions &options, mlir::Block *entry,
                   mlir::OpBuilder &builder, ConstantPool &constants)
      : options(options), entry(entry), builder(builder), constants(constants),
        context(builder.getContext()),
        loc(mlir::UnknownLoc::get(builder.getContext())) {}

  /// The value of an input. Without an example, a container of unknown length
  /// has its default value or is an error. Null after an error.
  mlir::Value add(const c10::TypePtr &type, const c10::IValue *example,
                  const std::string &name,
                  const c10::IValue *defaultValue = nullptr);

  /// Whether each option that describes an input has found its input.
  llvm::LogicalResult checkOptions() const;

  /// The names of the arguments.
  llvm::ArrayRef<std::string> getNames() const { return names; }

private:
  using Dims = std::optional<llvm::SmallVector<Symbolic::DimAttr>>;

  mlir::Value addTensor(const c10::TensorType &type, const c10::IValue *example,
                        const std::string &name);
  mlir::Value addNumber(const c10::TypePtr &type, const std::string &name);
  mlir::Value addArgument(mlir::Type dtype, Dims dims,
                          const std::string &defaultName);
  bool applySpecs(mlir::Type &dtype, Dims &dims, const std::string &name,
                  const std::string &defaultName);
  bool applyDynamicAxes(Dims &dims, const std::string &name,
                        const std::string &defaultName);

  const ImportOptions &options;
  mlir::Block *entry;
  mlir::OpBuilder &builder;
  ConstantPool &constants;
  mlir::MLIRContext *context;
  mlir::Location loc;
  llvm::SmallVector<std::string> names;
  /// The options that have found their input, by their position.
  llvm::SmallDenseSet<size_t> usedSpecs, usedAxes;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_TORCHGRAPHINPUTS_H
