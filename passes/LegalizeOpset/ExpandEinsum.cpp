//===- ExpandEinsum.cpp - Einsum by a matrix product ----------------------===//

#include "passes/LegalizeOpset/Rewrites.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;
using Symbolic::DimAttr;

namespace {

/// The letters of the operands and of the result.
struct Equation {
  SmallVector<std::string> inputs;
  std::string output;
};

std::optional<Equation> parse(StringRef text) {
  std::string compact;
  for (char c : text)
    if (c != ' ')
      compact += c;
  if (StringRef(compact).contains('.'))
    return std::nullopt;
  auto [left, right] = StringRef(compact).split("->");
  Equation equation;
  SmallVector<StringRef> parts;
  left.split(parts, ',');
  for (StringRef part : parts) {
    // A letter twice in one operand is a diagonal.
    for (char letter : part)
      if (part.count(letter) != 1)
        return std::nullopt;
    equation.inputs.push_back(part.str());
  }
  equation.output = right.str();
  if (!StringRef(compact).contains("->"))
    for (char letter = 'A'; letter <= 'z'; ++letter)
      if (left.count(letter) == 1)
        equation.output += letter;
  return equation;
}

/// `value`, whose axes are `from`, with its axes in the order of `to`.
Value order(Context &c, Value value, StringRef from, StringRef to) {
  SmallVector<int64_t> permutation;
  for (char letter : to)
    permutation.push_back(from.find(letter));
  return c.b.transpose(value, permutation);
}

/// Sums away the axes that are not in `kept`, and says which are left.
Value sumOver(Context &c, Value value, std::string &letters, StringRef kept) {
  SmallVector<int64_t> axes;
  std::string left;
  for (auto [i, letter] : llvm::enumerate(letters))
    if (kept.contains(letter))
      left += letter;
    else
      axes.push_back(i);
  letters = left;
  return axes.empty() ? value : c.b.reduceSum(value, axes, false);
}

Outcome expandEinsum(Context &c) {
  constexpr int kNeeded = 12;
  std::optional<Equation> equation = parse(c.getString("equation", ""));
  if (!equation || equation->inputs.size() > 2 ||
      equation->inputs.size() != c.op->getNumOperands())
    return c.refuse(kNeeded,
                    "with the equation '" + c.getString("equation", "") + "'");
  for (auto [letters, operand] :
       llvm::zip(equation->inputs, c.op->getOperands())) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type || type.getRank() != int64_t(letters.size()))
      return c.refuse(kNeeded, "on a tensor of unknown rank");
  }
  StringRef output = equation->output;
  std::string a = equation->inputs[0];
  if (equation->inputs.size() == 1) {
    Value value = sumOver(c, c.operand(0), a, output);
    return c.replace(order(c, value, a, output));
  }

  std::string b = equation->inputs[1];
  // What only one operand has and the result doesn't is summed first.
  Value lhs = sumOver(c, c.operand(0), a, (output + b).str());
  Value rhs = sumOver(c, c.operand(1), b, (output + a).str());
  std::string batch, rows, columns, inner;
  llvm::DenseMap<char, DimAttr> sizes;
  for (auto [i, letter] : llvm::enumerate(a)) {
    sizes[letter] = OnnxBuilder::dims(lhs)[i];
    bool inB = StringRef(b).contains(letter), out = output.contains(letter);
    (inB ? (out ? batch : inner) : rows) += letter;
  }
  for (auto [i, letter] : llvm::enumerate(b)) {
    DimAttr size = OnnxBuilder::dims(rhs)[i];
    DimAttr &known = sizes[letter];
    // An axis of size 1 is broadcast, which a product of matrices does not.
    if (known && known != size)
      return c.refuse(kNeeded, "with sizes that may be broadcast");
    known = size;
    if (!StringRef(a).contains(letter))
      columns += letter;
  }

  // [batch, rows, inner] x [batch, inner, columns]: several axes become one.
  MLIRContext *context = c.op->getContext();
  auto joined = [&](StringRef letters) {
    SmallVector<DimAttr> dims;
    for (char letter : letters)
      dims.push_back(sizes[letter]);
    return Symbolic::product(context, dims);
  };
  auto prepare = [&](Value value, StringRef from, StringRef second,
                     StringRef third) -> Value {
    value = order(c, value, from, (batch + second + third).str());
    if (second.size() == 1 && third.size() == 1)
      return value;
    SmallVector<DimAttr> dims;
    for (char letter : batch)
      dims.push_back(sizes[letter]);
    dims.push_back(joined(second));
    dims.push_back(joined(third));
    return c.b.tryReshape(
        value, OnnxBuilder::tensorType(dims, OnnxBuilder::elementType(value)));
  };
  lhs = prepare(lhs, a, rows, inner);
  rhs = prepare(rhs, b, inner, columns);
  if (!lhs || !rhs)
    return c.refuse(kNeeded, "with sizes that only the data tells");
  Value product = c.b.matmul(lhs, rhs);
  std::string letters = batch + rows + columns;
  if (rows.size() != 1 || columns.size() != 1) {
    SmallVector<DimAttr> dims;
    for (char letter : letters)
      dims.push_back(sizes[letter]);
    product = c.b.tryReshape(
        product,
        OnnxBuilder::tensorType(dims, OnnxBuilder::elementType(product)));
    if (!product)
      return c.refuse(kNeeded, "with sizes that only the data tells");
  }
  return c.replace(order(c, product, letters, output));
}

} // namespace

void legalize_opset::registerEinsum(Table &table) {
  table.expand("Einsum", 12, expandEinsum);
}
