//===- TorchOps.h - Hand-written operations of the torch dialect *- C++ -*-===//
//
// The generated operations are in <Family>Ops.h; there is no header with all
// of them, because each hundred costs every includer more than a second.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_DIALECTS_TORCH_TORCHOPS_H
#define TORCHONNX_DIALECTS_TORCH_TORCHOPS_H

#include "dialects/Torch/TorchTypes.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/Torch/TorchOps.h.inc"

namespace torchonnx::Torch {

//===----------------------------------------------------------------------===//
// Schemas
//===----------------------------------------------------------------------===//

/// The name of an operator in tables: "aten.add.Tensor" for
/// torch.aten.add.Tensor and for torch.operator "aten.add.Tensor"; empty for
/// operations of other dialects.
llvm::StringRef getSchemaKey(mlir::Operation *op);

/// The schema of an operation, also of a torch.operator whose name is listed;
/// null if there is none.
const OpSchema *getSchema(mlir::Operation *op);

/// The operand of `op` that the schema calls `name`; null if there is none.
mlir::Value getOperandNamed(mlir::Operation *op, llvm::StringRef name);

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// The value of a constant int; of a bool it is none.
std::optional<int64_t> matchConstantInt(mlir::Value value);
/// The value of a constant float or int.
std::optional<double> matchConstantFloat(mlir::Value value);
std::optional<bool> matchConstantBool(mlir::Value value);
/// The text of a constant string or device.
std::optional<llvm::StringRef> matchConstantStr(mlir::Value value);
/// Whether the value is None.
bool isNone(mlir::Value value);
/// A constant or symbolic int as an expression; null for other values.
Symbolic::DimAttr matchSymbolicInt(mlir::Value value);

/// The elements of a list made by prim.ListConstruct.
std::optional<mlir::OperandRange> matchList(mlir::Value value);
std::optional<llvm::SmallVector<int64_t>>
matchConstantIntList(mlir::Value value);
std::optional<llvm::SmallVector<double>>
matchConstantFloatList(mlir::Value value);
std::optional<llvm::SmallVector<bool>> matchConstantBoolList(mlir::Value value);

/// New constants.
mlir::Value constantInt(mlir::OpBuilder &builder, mlir::Location loc,
                        int64_t value);
mlir::Value constantFloat(mlir::OpBuilder &builder, mlir::Location loc,
                          double value);
mlir::Value constantBool(mlir::OpBuilder &builder, mlir::Location loc,
                         bool value);
mlir::Value constantStr(mlir::OpBuilder &builder, mlir::Location loc,
                        llvm::StringRef value);
mlir::Value constantDevice(mlir::OpBuilder &builder, mlir::Location loc,
                           llvm::StringRef value);
mlir::Value constantNone(mlir::OpBuilder &builder, mlir::Location loc);
/// A torch.constant for a constant expression, else a torch.symbolic_int.
mlir::Value constantDim(mlir::OpBuilder &builder, mlir::Location loc,
                        Symbolic::DimAttr value);
mlir::Value constantIntList(mlir::OpBuilder &builder, mlir::Location loc,
                            llvm::ArrayRef<int64_t> values);

} // namespace torchonnx::Torch

#endif // TORCHONNX_DIALECTS_TORCH_TORCHOPS_H
