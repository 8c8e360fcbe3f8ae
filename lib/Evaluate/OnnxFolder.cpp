//===- OnnxFolder.cpp - ONNX operators on constants -----------------------===//
//
// One function for each operator, over LibTorch tensors that alias the bytes of
// the constants. An operator which is not in the table is not evaluated.
//
//===----------------------------------------------------------------------===//

#include "lib/Evaluate/OnnxFolder.h"

#include "dialects/Onnx/OnnxDialect.h"
#include "lib/Support/LibTorch.h"

#include "mlir/IR/TypeUtilities.h"

#include <ATen/ATen.h>

#include "llvm/ADT/StringMap.h"

#include <stdexcept>

using namespace mlir;
using namespace torchonnx;

namespace {

//===----------------------------------------------------------------------===//
// Types and tensors
//===----------------------------------------------------------------------===//

[[noreturn]] void fail(const std::string &reason) {
  throw std::runtime_error(reason);
}

at::ScalarType scalarType(int dataType) {
  switch (dataType) {
  case 1:
    return at::kFloat;
  case 2:
    return at::kByte;
  case 3:
    return at::kChar;
  case 4:
    return at::kUInt16;
  case 5:
    return at::kShort;
  case 6:
    return at::kInt;
  case 7:
    return at::kLong;
  case 9:
    return at::kBool;
  case 10:
    return at::kHalf;
  case 11:
    return at::kDouble;
  case 12:
    return at::kUInt32;
  case 13:
    return at::kUInt64;
  case 14:
    return at::kComplexFloat;
  case 15:
    return at::kComplexDouble;
  case 16:
    return at::kBFloat16;
  default:
    fail("LibTorch has no such element type");
  }
}

int dataType(at::ScalarType type) {
  for (int code : {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16})
    if (scalarType(code) == type)
      return code;
  fail("ONNX has no such element type");
}

at::ScalarType scalarType(Type elementType) {
  std::optional<int> code = Onnx::getDataType(elementType);
  if (!code)
    fail("ONNX has no such element type");
  return scalarType(*code);
}

at::Tensor makeTensor(const ConstantTensor &constant) {
  return at::from_blob(
      const_cast<char *>(constant.bytes.data.data()), constant.type.getShape(),
      at::TensorOptions(scalarType(constant.type.getElementType())));
}

bool isInteger(const at::Tensor &tensor) {
  return at::isIntegralType(tensor.scalar_type(), /*includeBool=*/false);
}

std::vector<int64_t> readInts(const at::Tensor &tensor) {
  at::Tensor flat = tensor.to(at::kLong).reshape({-1}).contiguous();
  const int64_t *data = flat.const_data_ptr<int64_t>();
  return {data, data + flat.numel()};
}

//===----------------------------------------------------------------------===//
// A node
//===----------------------------------------------------------------------===//

/// The operands and attributes of the operator that is evaluated.
struct Node {
  ArrayRef<at::Tensor> inputs;
  DictionaryAttr attributes;
  /// Null if it isn't known.
  RankedTensorType type;

  bool has(size_t index) const {
    return index < inputs.size() && inputs[index].defined();
  }
  const at::Tensor &input(size_t index) const {
    if (!has(index))
      fail("operand " + std::to_string(index) + " is absent");
    return inputs[index];
  }
  int64_t getInt(StringRef name, int64_t fallback) const {
    auto attribute = attributes.getAs<IntegerAttr>(name);
    return attribute ? attribute.getInt() : fallback;
  }
  double getFloat(StringRef name, double fallback) const {
    auto attribute = attributes.getAs<FloatAttr>(name);
    return attribute ? attribute.getValueAsDouble() : fallback;
  }
  std::optional<std::vector<int64_t>> getInts(StringRef name) const {
    auto attribute = attributes.getAs<DenseI64ArrayAttr>(name);
    if (!attribute)
      return std::nullopt;
    return std::vector<int64_t>(attribute.asArrayRef());
  }
};

int64_t normalizeAxis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= std::max<int64_t>(rank, 1))
    fail("axis " + std::to_string(axis) + " is out of range");
  return axis < 0 ? axis + rank : axis;
}

using Function = at::Tensor (*)(const Node &);

//===----------------------------------------------------------------------===//
// Views: the order or the shape changes, not the elements
//===----------------------------------------------------------------------===//

at::Tensor identity(const Node &n) { return n.input(0); }

at::Tensor transpose(const Node &n) {
  std::vector<int64_t> perm;
  if (auto given = n.getInts("perm"))
    perm = *given;
  else
    for (int64_t i = n.input(0).dim(); i-- > 0;)
      perm.push_back(i);
  return n.input(0).permute(perm);
}

at::Tensor reshape(const Node &n) {
  const at::Tensor &data = n.input(0);
  std::vector<int64_t> shape = readInts(n.input(1));
  if (!n.getInt("allowzero", 0))
    for (size_t i = 0; i < shape.size(); ++i)
      if (shape[i] == 0)
        shape[i] = data.size(i);
  return data.reshape(shape);
}

at::Tensor flatten(const Node &n) {
  const at::Tensor &data = n.input(0);
  int64_t axis = n.getInt("axis", 1);
  if (axis < 0)
    axis += data.dim();
  int64_t rows = 1, columns = 1;
  for (int64_t i = 0; i < data.dim(); ++i)
    (i < axis ? rows : columns) *= data.size(i);
  return data.reshape({rows, columns});
}

at::Tensor unsqueeze(const Node &n) {
  at::Tensor data = n.input(0);
  std::vector<int64_t> axes = readInts(n.input(1));
  int64_t rank = data.dim() + axes.size();
  for (int64_t &axis : axes)
    axis = normalizeAxis(axis, rank);
  std::sort(axes.begin(), axes.end());
  for (int64_t axis : axes)
    data = data.unsqueeze(axis);
  return data;
}

at::Tensor squeeze(const Node &n) {
  at::Tensor data = n.input(0);
  if (!n.has(1))
    return data.squeeze();
  std::vector<int64_t> axes = readInts(n.input(1));
  for (int64_t &axis : axes)
    axis = normalizeAxis(axis, data.dim());
  std::sort(axes.rbegin(), axes.rend());
  for (int64_t axis : axes) {
    if (data.size(axis) != 1)
      fail("a dimension to squeeze is not 1");
    data = data.squeeze(axis);
  }
  return data;
}

at::Tensor expand(const Node &n) {
  std::vector<int64_t> shape = readInts(n.input(1));
  return n.input(0).expand(at::infer_size(n.input(0).sizes(), shape));
}

at::Tensor tile(const Node &n) {
  return n.input(0).repeat(readInts(n.input(1)));
}

at::Tensor slice(const Node &n) {
  at::Tensor data = n.input(0);
  std::vector<int64_t> starts = readInts(n.input(1));
  std::vector<int64_t> ends = readInts(n.input(2));
  std::vector<int64_t> axes, steps(starts.size(), 1);
  if (n.has(3))
    axes = readInts(n.input(3));
  else
    for (size_t i = 0; i < starts.size(); ++i)
      axes.push_back(i);
  if (n.has(4))
    steps = readInts(n.input(4));
  for (size_t i = 0; i < starts.size(); ++i) {
    int64_t axis = normalizeAxis(axes[i], data.dim());
    int64_t size = data.size(axis), step = steps[i];
    auto clampTo = [&](int64_t at, int64_t low, int64_t high) {
      if (at < 0)
        at += size;
      return std::clamp(at, low, high);
    };
    if (step == 0)
      fail("a step is 0");
    if (size == 0)
      continue;
    if (step > 0) {
      int64_t start = clampTo(starts[i], 0, size);
      int64_t end = clampTo(ends[i], 0, size);
      data = data.slice(axis, start, std::max(start, end), step);
      continue;
    }
    int64_t start = clampTo(starts[i], 0, size - 1);
    int64_t end = clampTo(ends[i], -1, size - 1);
    std::vector<int64_t> picked;
    for (int64_t at = start; at > end; at += step)
      picked.push_back(at);
    data = data.index_select(axis, at::tensor(picked, at::kLong));
  }
  return data;
}

at::Tensor gather(const Node &n) {
  const at::Tensor &data = n.input(0);
  int64_t axis = normalizeAxis(n.getInt("axis", 0), data.dim());
  at::Tensor indices = n.input(1).to(at::kLong);
  at::Tensor flat = indices.reshape({-1});
  flat = at::where(flat < 0, flat + data.size(axis), flat);
  std::vector<int64_t> shape(data.sizes().begin(), data.sizes().begin() + axis);
  shape.insert(shape.end(), indices.sizes().begin(), indices.sizes().end());
  shape.insert(shape.end(), data.sizes().begin() + axis + 1,
               data.sizes().end());
  return data.index_select(axis, flat).reshape(shape);
}

at::Tensor gatherElements(const Node &n) {
  const at::Tensor &data = n.input(0);
  int64_t axis = normalizeAxis(n.getInt("axis", 0), data.dim());
  at::Tensor indices = n.input(1).to(at::kLong);
  indices = at::where(indices < 0, indices + data.size(axis), indices);
  return data.gather(axis, indices);
}

at::Tensor concat(const Node &n) {
  std::vector<at::Tensor> inputs(n.inputs.begin(), n.inputs.end());
  return at::cat(inputs, normalizeAxis(n.getInt("axis", 0), inputs[0].dim()));
}

at::Tensor trilu(const Node &n) {
  int64_t k = n.has(1) ? readInts(n.input(1)).at(0) : 0;
  return n.getInt("upper", 1) ? at::triu(n.input(0), k)
                              : at::tril(n.input(0), k);
}

at::Tensor pad(const Node &n) {
  auto mode = n.attributes.getAs<StringAttr>("mode");
  if (mode && mode.getValue() != "constant")
    fail("only constant padding is evaluated");
  at::Tensor data = n.input(0);
  std::vector<int64_t> pads = readInts(n.input(1)), axes;
  if (n.has(3))
    axes = readInts(n.input(3));
  else
    for (int64_t i = 0; i < data.dim(); ++i)
      axes.push_back(i);
  // LibTorch's list starts with the last dimension.
  std::vector<int64_t> reversed(2 * data.dim(), 0);
  for (size_t i = 0; i < axes.size(); ++i) {
    int64_t axis = normalizeAxis(axes[i], data.dim());
    reversed[2 * (data.dim() - 1 - axis)] = pads.at(i);
    reversed[2 * (data.dim() - 1 - axis) + 1] = pads.at(i + axes.size());
  }
  at::Scalar value = n.has(2) ? n.input(2).reshape({}).item() : at::Scalar(0);
  return at::constant_pad_nd(data, reversed, value);
}

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

at::Tensor toTensor(ElementsAttr attribute) {
  FailureOr<ConstantBytes> bytes = readConstant(attribute);
  auto type = dyn_cast<RankedTensorType>(attribute.getType());
  if (failed(bytes) || !type)
    fail("an attribute cannot be read");
  return makeTensor({type, *bytes}).clone();
}

at::Tensor constantOfShape(const Node &n) {
  auto value = n.attributes.getAs<ElementsAttr>("value");
  at::Tensor element =
      value ? toTensor(value) : at::zeros({1}, at::TensorOptions(at::kFloat));
  return element.reshape({}).expand(readInts(n.input(0)));
}

at::Tensor range(const Node &n) {
  at::Scalar start = n.input(0).reshape({}).item();
  at::Scalar limit = n.input(1).reshape({}).item();
  at::Scalar delta = n.input(2).reshape({}).item();
  at::TensorOptions options(n.input(0).scalar_type());
  if (isInteger(n.input(0))) {
    int64_t first = start.toLong(), step = delta.toLong();
    if (step == 0)
      fail("the delta of a range is 0");
    int64_t span = limit.toLong() - first;
    int64_t count = span / step + (span % step != 0 && (span > 0) == (step > 0));
    count = std::max<int64_t>(count, 0);
    return (at::arange(count, at::TensorOptions(at::kLong)) * step + first)
        .to(options.dtype());
  }
  double step = delta.toDouble();
  if (step == 0)
    fail("the delta of a range is 0");
  double count =
      std::max(0.0, std::ceil((limit.toDouble() - start.toDouble()) / step));
  return (at::arange(int64_t(count), at::TensorOptions(at::kDouble)) * step +
          start.toDouble())
      .to(options.dtype());
}

at::Tensor shape(const Node &n) {
  ArrayRef<int64_t> sizes(n.input(0).sizes().data(), n.input(0).dim());
  int64_t rank = sizes.size();
  auto clampTo = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  int64_t start = clampTo(n.getInt("start", 0));
  int64_t end = std::max(start, clampTo(n.getInt("end", rank)));
  return at::tensor(sizes.slice(start, end - start).vec(), at::kLong);
}

at::Tensor size(const Node &n) {
  return at::scalar_tensor(n.input(0).numel(), at::TensorOptions(at::kLong));
}

at::Tensor cast(const Node &n) {
  at::ScalarType to = scalarType(int(n.getInt("to", 0)));
  const at::Tensor &data = n.input(0);
  if (data.is_complex() && !at::isComplexType(to))
    fail("a complex number has no real value");
  return data.to(to);
}

at::Tensor castLike(const Node &n) {
  return n.input(0).to(n.input(1).scalar_type());
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

void requireSameType(const Node &n) {
  for (const at::Tensor &input : n.inputs)
    if (input.scalar_type() != n.inputs[0].scalar_type())
      fail("operands of different types");
}

template <at::Tensor (*f)(const at::Tensor &, const at::Tensor &)>
at::Tensor binary(const Node &n) {
  requireSameType(n);
  return f(n.input(0), n.input(1));
}
template <at::Tensor (*f)(const at::Tensor &)>
at::Tensor unary(const Node &n) {
  return f(n.input(0));
}
/// Functions that ONNX defines on floating point numbers only.
template <at::Tensor (*f)(const at::Tensor &)>
at::Tensor floating(const Node &n) {
  if (!n.input(0).is_floating_point())
    fail("the operand is no floating point number");
  return f(n.input(0));
}
/// A binary operator that takes any number of operands.
template <at::Tensor (*f)(const at::Tensor &, const at::Tensor &)>
at::Tensor variadic(const Node &n) {
  requireSameType(n);
  at::Tensor all = n.input(0);
  for (size_t i = 1; i < n.inputs.size(); ++i)
    all = f(all, n.input(i));
  return all;
}

at::Tensor addTensors(const at::Tensor &a, const at::Tensor &b) {
  return at::add(a, b);
}
at::Tensor subTensors(const at::Tensor &a, const at::Tensor &b) {
  return at::sub(a, b);
}
at::Tensor mulTensors(const at::Tensor &a, const at::Tensor &b) {
  return at::mul(a, b);
}
// Integers are divided toward zero.
at::Tensor divTensors(const at::Tensor &a, const at::Tensor &b) {
  return isInteger(a) ? at::div(a, b, "trunc") : at::div(a, b);
}
at::Tensor xorTensors(const at::Tensor &a, const at::Tensor &b) {
  return at::logical_xor(a, b);
}
at::Tensor roundTensor(const at::Tensor &a) { return at::round(a); }

at::Tensor pow(const Node &n) {
  const at::Tensor &base = n.input(0), &exponent = n.input(1);
  if (base.scalar_type() == exponent.scalar_type())
    return at::pow(base, exponent);
  return at::pow(base.to(at::kDouble), exponent.to(at::kDouble))
      .to(base.scalar_type());
}

at::Tensor mod(const Node &n) {
  requireSameType(n);
  return n.getInt("fmod", 0) ? at::fmod(n.input(0), n.input(1))
                             : at::remainder(n.input(0), n.input(1));
}

at::Tensor where(const Node &n) {
  return at::where(n.input(0), n.input(1), n.input(2));
}

at::Tensor clip(const Node &n) {
  at::Tensor data = n.input(0);
  if (n.has(1))
    data = at::maximum(data, n.input(1));
  if (n.has(2))
    data = at::minimum(data, n.input(2));
  return data;
}

at::Tensor matmul(const Node &n) {
  requireSameType(n);
  return at::matmul(n.input(0), n.input(1));
}

at::Tensor cumsum(const Node &n) {
  int64_t axis = normalizeAxis(readInts(n.input(1)).at(0), n.input(0).dim());
  at::Tensor data = n.input(0);
  bool reverse = n.getInt("reverse", 0);
  if (reverse)
    data = data.flip({axis});
  at::Tensor sums = at::cumsum(data, axis, data.scalar_type());
  if (n.getInt("exclusive", 0))
    sums = sums - data;
  return reverse ? sums.flip({axis}) : sums;
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

template <at::Tensor (*f)(const at::Tensor &, at::IntArrayRef)>
at::Tensor reduce(const Node &n) {
  const at::Tensor &data = n.input(0);
  std::vector<int64_t> axes;
  if (n.has(1))
    axes = readInts(n.input(1));
  else if (auto given = n.getInts("axes"))
    axes = *given;
  if (axes.empty()) {
    if (n.getInt("noop_with_empty_axes", 0))
      return data;
    for (int64_t i = 0; i < data.dim(); ++i)
      axes.push_back(i);
  }
  for (int64_t &axis : axes)
    axis = normalizeAxis(axis, data.dim());
  std::sort(axes.rbegin(), axes.rend());
  at::Tensor result = axes.empty() ? data : f(data, axes);
  if (!n.getInt("keepdims", 1))
    for (int64_t axis : axes)
      result = result.squeeze(axis);
  return result;
}

at::Tensor sumOver(const at::Tensor &data, at::IntArrayRef axes) {
  return at::sum(data, axes, /*keepdim=*/true, data.scalar_type());
}
at::Tensor meanOver(const at::Tensor &data, at::IntArrayRef axes) {
  return at::mean(data, axes, /*keepdim=*/true);
}
at::Tensor maxOver(const at::Tensor &data, at::IntArrayRef axes) {
  return at::amax(data, axes, /*keepdim=*/true);
}
at::Tensor minOver(const at::Tensor &data, at::IntArrayRef axes) {
  return at::amin(data, axes, /*keepdim=*/true);
}
at::Tensor prodOver(const at::Tensor &data, at::IntArrayRef axes) {
  at::Tensor result = data;
  for (int64_t axis : axes)
    result = at::prod(result, axis, /*keepdim=*/true, data.scalar_type());
  return result;
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

const llvm::StringMap<Function> &functions() {
  static const llvm::StringMap<Function> table = {
      {"Identity", identity},
      {"Transpose", transpose},
      {"Reshape", reshape},
      {"Flatten", flatten},
      {"Unsqueeze", unsqueeze},
      {"Squeeze", squeeze},
      {"Expand", expand},
      {"Tile", tile},
      {"Slice", slice},
      {"Gather", gather},
      {"GatherElements", gatherElements},
      {"Concat", concat},
      {"Trilu", trilu},
      {"Pad", pad},
      {"ConstantOfShape", constantOfShape},
      {"Range", range},
      {"Shape", shape},
      {"Size", size},
      {"Cast", cast},
      {"CastLike", castLike},
      {"Add", binary<addTensors>},
      {"Sub", binary<subTensors>},
      {"Mul", binary<mulTensors>},
      {"Div", binary<divTensors>},
      {"Pow", pow},
      {"Mod", mod},
      {"MatMul", matmul},
      {"CumSum", cumsum},
      {"Max", variadic<at::maximum>},
      {"Min", variadic<at::minimum>},
      {"Sum", variadic<addTensors>},
      {"Where", where},
      {"Clip", clip},
      {"And", binary<at::logical_and>},
      {"Or", binary<at::logical_or>},
      {"Xor", binary<xorTensors>},
      {"Not", unary<at::logical_not>},
      {"Equal", binary<at::eq>},
      {"Less", binary<at::lt>},
      {"LessOrEqual", binary<at::le>},
      {"Greater", binary<at::gt>},
      {"GreaterOrEqual", binary<at::ge>},
      {"Neg", unary<at::neg>},
      {"Abs", unary<at::abs>},
      {"Sign", unary<at::sign>},
      {"Relu", unary<at::relu>},
      {"Sqrt", floating<at::sqrt>},
      {"Exp", floating<at::exp>},
      {"Log", floating<at::log>},
      {"Reciprocal", floating<at::reciprocal>},
      {"Floor", floating<at::floor>},
      {"Ceil", floating<at::ceil>},
      {"Round", floating<roundTensor>},
      {"Sin", floating<at::sin>},
      {"Cos", floating<at::cos>},
      {"Tan", floating<at::tan>},
      {"Tanh", floating<at::tanh>},
      {"Sigmoid", floating<at::sigmoid>},
      {"Erf", floating<at::erf>},
      {"IsNaN", floating<at::isnan>},
      {"ReduceSum", reduce<sumOver>},
      {"ReduceMean", reduce<meanOver>},
      {"ReduceMax", reduce<maxOver>},
      {"ReduceMin", reduce<minOver>},
      {"ReduceProd", reduce<prodOver>},
  };
  return table;
}

} // namespace

bool torchonnx::canEvaluateOnnx(StringRef op) {
  return functions().contains(op);
}

FailureOr<ConstantTensor>
torchonnx::evaluateOnnx(StringRef op,
                        ArrayRef<std::optional<ConstantTensor>> inputs,
                        DictionaryAttr attributes, RankedTensorType type,
                        std::string &error) {
  auto function = functions().find(op);
  if (function == functions().end()) {
    error = ("the operator " + op + " is not evaluated").str();
    return failure();
  }
  ConstantTensor constant;
  bool done = guardTorch(error, [&] {
    SmallVector<at::Tensor> tensors;
    for (const std::optional<ConstantTensor> &input : inputs)
      tensors.push_back(input ? makeTensor(*input) : at::Tensor());
    while (!tensors.empty() && !tensors.back().defined())
      tensors.pop_back();
    at::Tensor value =
        function->second({tensors, attributes, type}).contiguous();
    Type elementType = Onnx::getElementType(attributes.getContext(),
                                            dataType(value.scalar_type()));
    ArrayRef<int64_t> sizes(value.sizes().data(), value.dim());
    constant.type = RankedTensorType::get(sizes, elementType);
    if (type && (type.getElementType() != elementType ||
                 failed(verifyCompatibleShape(type.getShape(), sizes))))
      fail("the result does not have the type that the model gives it");
    // A result may alias an operand, whose owner then has to stay alive.
    struct Owner {
      at::Tensor value;
      SmallVector<std::shared_ptr<void>> operands;
    };
    auto owner = std::make_shared<Owner>(Owner{value, {}});
    for (const std::optional<ConstantTensor> &input : inputs)
      if (input && input->bytes.owner)
        owner->operands.push_back(input->bytes.owner);
    constant.bytes.data = ArrayRef<char>(
        static_cast<const char *>(value.const_data_ptr()), value.nbytes());
    constant.bytes.owner = std::move(owner);
  });
  if (!done)
    return failure();
  return constant;
}

//===----------------------------------------------------------------------===//
// Deferred folds
//===----------------------------------------------------------------------===//

// One level of the computation is in memory at a time: the operands of an
// operator are released when its result is there.
static FailureOr<ConstantBytes> evaluateFold(Onnx::FoldAttr fold) {
  SmallVector<std::optional<ConstantTensor>> inputs;
  for (Attribute input : fold.getInputs()) {
    FailureOr<ConstantBytes> bytes = readConstant(input);
    auto type = dyn_cast<RankedTensorType>(cast<TypedAttr>(input).getType());
    if (failed(bytes) || !type)
      return failure();
    inputs.push_back(ConstantTensor{type, *bytes});
  }
  std::string error;
  FailureOr<ConstantTensor> result =
      evaluateOnnx(fold.getOp(), inputs, fold.getAttributes(),
                   cast<RankedTensorType>(fold.getType()), error);
  if (failed(result))
    return failure();
  return result->bytes;
}

[[maybe_unused]] static const bool registered =
    (setFoldEvaluator(evaluateFold), true);
