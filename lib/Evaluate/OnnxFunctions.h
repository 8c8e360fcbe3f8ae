//===- OnnxFunctions.h - ONNX operators over LibTorch tensors ---*- C++ -*-===//
//
// What OnnxFolder calls, one function for each operator. Includes LibTorch's
// headers. A function that cannot compute throws.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_EVALUATE_ONNXFUNCTIONS_H
#define TORCHONNX_LIB_EVALUATE_ONNXFUNCTIONS_H

#include <ATen/ATen.h>

#include "lib/Evaluate/OnnxFolder.h"

#include "llvm/ADT/StringMap.h"

namespace torchonnx::folding {

[[noreturn]] void fail(const std::string &reason);

/// LibTorch's type of a number of ONNX's TensorProto.DataType, or of a type.
at::ScalarType scalarType(int dataType);
at::ScalarType scalarType(mlir::Type elementType);

/// The operands and attributes of the operator that is evaluated.
struct Node {
  llvm::ArrayRef<at::Tensor> inputs;
  mlir::DictionaryAttr attributes;
  /// Null if it isn't known.
  mlir::RankedTensorType type;

  bool has(size_t index) const {
    return index < inputs.size() && inputs[index].defined();
  }
  const at::Tensor &input(size_t index) const {
    if (!has(index))
      fail("operand " + std::to_string(index) + " is absent");
    return inputs[index];
  }
  int64_t getInt(llvm::StringRef name, int64_t fallback) const {
    auto attribute = attributes.getAs<mlir::IntegerAttr>(name);
    return attribute ? attribute.getInt() : fallback;
  }
  double getFloat(llvm::StringRef name, double fallback) const {
    auto attribute = attributes.getAs<mlir::FloatAttr>(name);
    return attribute ? attribute.getValueAsDouble() : fallback;
  }
  std::optional<std::vector<int64_t>> getInts(llvm::StringRef name) const {
    auto attribute = attributes.getAs<mlir::DenseI64ArrayAttr>(name);
    if (!attribute)
      return std::nullopt;
    return std::vector<int64_t>(attribute.asArrayRef());
  }
};

using Function = at::Tensor (*)(const Node &);
using FunctionTable = llvm::StringMap<Function>;

/// True for integers, which booleans are not.
bool isInteger(const at::Tensor &tensor);
/// A tensor that aliases the bytes of a constant.
at::Tensor makeTensor(const ConstantTensor &constant);
/// The elements of a tensor of integers.
std::vector<int64_t> readInts(const at::Tensor &tensor);
/// An axis as a number from 0 on.
int64_t normalizeAxis(int64_t axis, int64_t rank);

/// Operators that make tensors or change the order or the shape of elements.
void addShapeFunctions(FunctionTable &table);
/// Operators that compute with elements, and reductions.
void addArithmeticFunctions(FunctionTable &table);

} // namespace torchonnx::folding

#endif // TORCHONNX_LIB_EVALUATE_ONNXFUNCTIONS_H
