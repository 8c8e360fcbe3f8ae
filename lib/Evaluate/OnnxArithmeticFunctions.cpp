//===- OnnxArithmeticFunctions.cpp - Arithmetic and reductions ------------===//

#include "lib/Evaluate/OnnxFunctions.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::folding;

namespace {

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
template <at::Tensor (*f)(const at::Tensor &)> at::Tensor unary(const Node &n) {
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

at::Tensor gemm(const Node &n) {
  requireSameType(n);
  at::Tensor a = n.input(0), b = n.input(1);
  if (n.getInt("transA", 0))
    a = a.t();
  if (n.getInt("transB", 0))
    b = b.t();
  double alpha = n.getFloat("alpha", 1), beta = n.getFloat("beta", 1);
  at::Tensor product = at::matmul(a, b);
  if (alpha != 1)
    product = product * alpha;
  if (!n.has(2))
    return product;
  return product + (beta == 1 ? n.input(2) : n.input(2) * beta);
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

} // namespace

void folding::addArithmeticFunctions(FunctionTable &table) {
  static constexpr std::pair<llvm::StringLiteral, Function> functions[] = {
      {"Add", binary<addTensors>},
      {"Sub", binary<subTensors>},
      {"Mul", binary<mulTensors>},
      {"Div", binary<divTensors>},
      {"Pow", pow},
      {"Mod", mod},
      {"MatMul", matmul},
      {"Gemm", gemm},
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
  table.insert(std::begin(functions), std::end(functions));
}
