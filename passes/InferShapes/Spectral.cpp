//===- Spectral.cpp - Shape functions: Fourier transforms -----------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// The real type of a dtype that a Fourier transform computes with.
static Type getRealType(Type dtype) {
  if (auto complex = dyn_cast_or_null<ComplexType>(dtype))
    return complex.getElementType();
  if (!dtype || isa<FloatType>(dtype))
    return dtype;
  return Float32Type::get(dtype.getContext());
}

/// fft.fft(x, n, dim), with n or the size of x as the length: rfft gives
/// n / 2 + 1 of them, irfft takes so many.
static LogicalResult inferTransform(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  StringRef key = Torch::getSchemaKey(op);
  Type real = getRealType(type.getDtype());
  bool isReal = key == "aten.fft_irfft";
  Type dtype = isReal || !real ? real : ComplexType::get(real);
  OptionalDims dims = getDims(type);
  std::optional<int64_t> axis = context.getInt("dim");
  if (!dims || !axis) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  FailureOr<int64_t> index = context.wrapDim(*axis, dims->size());
  if (failed(index))
    return failure();
  DimAttr &dim = (*dims)[*index];
  if (Value length = context.operand("n"); !context.isNone(length))
    dim = context.getKnown().getDim(length);
  else if (isReal)
    dim = Symbolic::mul(Symbolic::add(dim, -1), 2);
  if (key == "aten.fft_rfft")
    dim = Symbolic::add(Symbolic::floorDiv(dim, 2), 1);
  context.setTensor(0, dims, dtype);
  return success();
}

/// stft: ([batch,] time) -> ([batch,] frequencies, frames)
static LogicalResult inferStft(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Type real = getRealType(type.getDtype());
  std::optional<bool> isComplex = context.getBool("return_complex");
  Type dtype;
  if (real && isComplex)
    dtype = *isComplex ? Type(ComplexType::get(real)) : real;
  OptionalDims dims = getDims(type);
  std::optional<int64_t> size = context.getInt("n_fft");
  Value hopArg = context.operand("hop_length");
  std::optional<int64_t> hop = context.getInt("hop_length");
  if (size && context.isNone(hopArg))
    hop = *size / 4;
  bool isDefault = context.isNone(context.operand("onesided"));
  std::optional<bool> isHalf =
      isDefault ? std::optional(true) : context.getBool("onesided");
  if (!dims || dims->empty() || !size || !hop || !isHalf || !isComplex) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  DimAttr frames =
      windowedSize(dims->back(), context.constant(*size), *hop, 0, 1);
  dims->back() = context.constant(*isHalf ? *size / 2 + 1 : *size);
  dims->push_back(frames);
  if (!*isComplex)
    dims->push_back(context.constant(2));
  context.setTensor(0, dims, dtype);
  return success();
}

void torchonnx::registerSpectralShapes(ShapeFunctionRegistry &registry) {
  registry.add(
      {"aten.fft_fft", "aten.fft_ifft", "aten.fft_rfft", "aten.fft_irfft"},
      inferTransform);
  registry.add({"aten.stft"}, inferStft);
}
