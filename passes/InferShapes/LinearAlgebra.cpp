//===- LinearAlgebra.cpp - Shape functions: products of matrices ----------===//

#include "passes/InferShapes/ShapeHelpers.h"

#include <map>
#include <set>

using namespace mlir;
using namespace torchonnx;

/// Reports two sizes that a product sums over and that can't be equal.
static LogicalResult checkInner(InferenceContext &context, DimAttr lhs,
                                DimAttr rhs) {
  context.requireEqual(lhs, rhs);
  if (!Symbolic::neverEqual(lhs, rhs))
    return success();
  return context.error("can't multiply: the inner sizes are " + lhs.str() +
                       " and " + rhs.str());
}

/// linear(input, weight, bias?): (*, in) x (out, in) -> (*, out).
static LogicalResult inferLinear(Operation *op, InferenceContext &context) {
  Torch::TensorType input = context.tensor(op->getOperand(0));
  Torch::TensorType weight = context.tensor(op->getOperand(1));
  OptionalDims dims = getDims(input);
  if (!dims || !weight.hasRank() || dims->empty()) {
    context.setTensor(0, std::nullopt, input.getDtype());
    return success();
  }
  if (failed(checkInner(context, dims->back(), weight.getDims().back())))
    return failure();
  dims->pop_back();
  if (weight.getRank() == 2)
    dims->push_back(weight.getDims()[0]);
  context.setTensor(0, *dims, input.getDtype());
  return success();
}

/// matmul: 1-dim operands are vectors, leading dimensions broadcast.
static LogicalResult inferMatmul(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(0));
  Torch::TensorType rhs = context.tensor(op->getOperand(1));
  Type dtype = lhs.getDtype();
  if (!lhs.hasRank() || !rhs.hasRank()) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  if (lhs.getRank() == 0 || rhs.getRank() == 0)
    return context.error("both operands need at least one dimension");
  Dims a(lhs.getDims()), b(rhs.getDims());
  bool isLhsVector = a.size() == 1, isRhsVector = b.size() == 1;
  if (isLhsVector)
    a.insert(a.begin(), context.constant(1));
  if (isRhsVector)
    b.push_back(context.constant(1));
  if (failed(checkInner(context, a.back(), b[b.size() - 2])))
    return failure();
  auto batch = [&](const Dims &dims) {
    return Torch::TensorType::get(op->getContext(),
                                  ArrayRef<DimAttr>(dims).drop_back(2), dtype);
  };
  FailureOr<OptionalDims> result = broadcastDims({batch(a), batch(b)}, context);
  if (failed(result))
    return failure();
  Dims dims = **result;
  if (!isLhsVector)
    dims.push_back(a[a.size() - 2]);
  if (!isRhsVector)
    dims.push_back(b.back());
  context.setTensor(0, dims, dtype);
  return success();
}

/// Products of two operands with the ranks in the name: mm, bmm, mv, dot,
/// outer.
static LogicalResult inferOuter(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(0));
  Torch::TensorType rhs = context.tensor(op->getOperand(1));
  Dims dims{lhs.hasRank() && lhs.getRank() == 1 ? lhs.getDims()[0] : DimAttr(),
            rhs.hasRank() && rhs.getRank() == 1 ? rhs.getDims()[0] : DimAttr()};
  context.setTensor(0, dims, getResultDtype({lhs, rhs}));
  return success();
}

/// addmm(self, a, b), baddbmm, addmv: the shape of the product.
static LogicalResult inferAddProduct(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(1));
  Torch::TensorType rhs = context.tensor(op->getOperand(2));
  if (!lhs.hasRank() || !rhs.hasRank() || lhs.getRank() < 2 ||
      rhs.getRank() < 1) {
    context.setTensor(0, std::nullopt, lhs.getDtype());
    return success();
  }
  bool isVector = rhs.getRank() == 1;
  if (failed(checkInner(context, lhs.getDims().back(),
                        rhs.getDims()[isVector ? 0 : rhs.getRank() - 2])))
    return failure();
  Dims dims(lhs.getDims().drop_back());
  if (!isVector)
    dims.push_back(rhs.getDims().back());
  context.setTensor(0, dims, lhs.getDtype());
  return success();
}

/// addbmm sums the products over the batch.
static LogicalResult inferAddbmm(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(1));
  Torch::TensorType rhs = context.tensor(op->getOperand(2));
  if (!lhs.hasRank() || !rhs.hasRank() || lhs.getRank() != 3 ||
      rhs.getRank() != 3) {
    context.setTensor(0, std::nullopt, lhs.getDtype());
    return success();
  }
  context.requireEqual(lhs.getDims()[0], rhs.getDims()[0]);
  if (failed(checkInner(context, lhs.getDims()[2], rhs.getDims()[1])))
    return failure();
  context.setTensor(0, Dims{lhs.getDims()[1], rhs.getDims()[2]},
                    lhs.getDtype());
  return success();
}

/// tensordot(self, other, dims_self, dims_other): what is not summed over.
static LogicalResult inferTensordot(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(0));
  Torch::TensorType rhs = context.tensor(op->getOperand(1));
  std::optional<SmallVector<int64_t>> lhsDims = context.getIntList("dims_self");
  std::optional<SmallVector<int64_t>> rhsDims =
      context.getIntList("dims_other");
  if (!lhs.hasRank() || !rhs.hasRank() || !lhsDims || !rhsDims) {
    context.setTensor(0, std::nullopt, lhs.getDtype());
    return success();
  }
  auto wrap = [&](SmallVector<int64_t> &dims, int64_t rank) -> LogicalResult {
    for (int64_t &dim : dims) {
      FailureOr<int64_t> index = context.wrapDim(dim, rank);
      if (failed(index))
        return failure();
      dim = *index;
    }
    return success();
  };
  if (failed(wrap(*lhsDims, lhs.getRank())) ||
      failed(wrap(*rhsDims, rhs.getRank())))
    return failure();
  Dims dims = reduceDims(lhs.getDims(), *lhsDims, false, context);
  llvm::append_range(dims, reduceDims(rhs.getDims(), *rhsDims, false, context));
  context.setTensor(0, dims, lhs.getDtype());
  return success();
}

/// cross: both broadcast.
static LogicalResult inferCross(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(0));
  Torch::TensorType rhs = context.tensor(op->getOperand(1));
  FailureOr<OptionalDims> dims = broadcastDims({lhs, rhs}, context);
  if (failed(dims))
    return failure();
  context.setTensor(0, *dims, getResultDtype({lhs, rhs}));
  return success();
}

/// det: the matrices in the last two dimensions become numbers.
static LogicalResult inferDet(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  if (dims && dims->size() < 2)
    return context.error("it needs at least 2 dimensions, the tensor has " +
                         Twine(dims->size()));
  if (dims)
    dims->truncate(dims->size() - 2);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// chain_matmul, multi_dot: the rows of the first matrix and the columns of the
/// last one; either may be a vector, which has none.
static LogicalResult inferChain(Operation *op, InferenceContext &context) {
  std::optional<SmallVector<Torch::TensorType>> types =
      context.tensorList(op->getOperand(0));
  if (!types || types->empty()) {
    context.setTensor(0, std::nullopt, Type());
    return success();
  }
  Torch::TensorType first = types->front(), last = types->back();
  Type dtype = first.getDtype();
  if (!first.hasRank() || !last.hasRank() || types->size() == 1) {
    context.setTensor(0, types->size() == 1 ? getDims(first) : std::nullopt,
                      dtype);
    return success();
  }
  Dims dims;
  if (first.getRank() == 2)
    dims.push_back(first.getDims()[0]);
  if (last.getRank() == 2)
    dims.push_back(last.getDims()[1]);
  context.setTensor(0, dims, dtype);
  return success();
}

/// kron: sizes multiply; missing leading dimensions are 1.
static LogicalResult inferKron(Operation *op, InferenceContext &context) {
  Torch::TensorType lhs = context.tensor(op->getOperand(0));
  Torch::TensorType rhs = context.tensor(op->getOperand(1));
  Type dtype = getResultDtype({lhs, rhs});
  if (!lhs.hasRank() || !rhs.hasRank()) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  Dims a(lhs.getDims()), b(rhs.getDims());
  size_t rank = std::max(a.size(), b.size());
  a.insert(a.begin(), rank - a.size(), context.constant(1));
  b.insert(b.begin(), rank - b.size(), context.constant(1));
  for (auto [size, factor] : llvm::zip(a, b))
    size = Symbolic::mul(size, factor);
  context.setTensor(0, a, dtype);
  return success();
}

/// einsum: sizes of the letters, with the ellipsis broadcast.
static LogicalResult inferEinsum(Operation *op, InferenceContext &context) {
  std::optional<StringRef> equation =
      context.getKnown().getString(op->getOperand(0));
  std::optional<SmallVector<Torch::TensorType>> types =
      context.tensorList(op->getOperand(1));
  if (!equation || !types || types->empty()) {
    context.setTensor(0, std::nullopt, Type());
    return success();
  }
  Type dtype = types->front().getDtype();
  std::string text = equation->str();
  llvm::erase(text, ' ');
  auto [inputs, output] = StringRef(text).split("->");
  bool hasOutput = StringRef(text).contains("->");
  SmallVector<StringRef> terms;
  inputs.split(terms, ',');
  if (terms.size() != types->size())
    return context.error("the equation has " + Twine(terms.size()) +
                         " operands, " + Twine(types->size()) + " are given");
  std::map<char, DimAttr> sizes;
  std::map<char, unsigned> counts;
  std::set<char> seen;
  SmallVector<Torch::TensorType> ellipses;
  for (auto [term, type] : llvm::zip(terms, *types)) {
    if (!type.hasRank()) {
      context.setTensor(0, std::nullopt, dtype);
      return success();
    }
    auto [head, tail] = term.split("...");
    bool hasEllipsis = term.contains("...");
    int64_t letters = head.size() + tail.size();
    int64_t spread = type.getRank() - letters;
    if (spread < 0 || (spread > 0 && !hasEllipsis))
      return context.error("operand '" + term + "' of the equation has " +
                           Twine(type.getRank()) + " dimensions");
    auto bind = [&](char letter, DimAttr dim) -> LogicalResult {
      ++counts[letter];
      bool isNew = seen.insert(letter).second;
      DimAttr &size = sizes[letter];
      if (isNew || (size && size.getConstantValue() == 1)) {
        size = dim;
        return success();
      }
      if (Symbolic::cannotBroadcast(size, dim))
        return context.error("sizes " + size.str() + " and " + dim.str() +
                             " of '" + Twine(letter) + "' differ");
      if (!size || (dim && dim.isConstant() && dim.getConstantValue() != 1))
        size = dim;
      return success();
    };
    ArrayRef<DimAttr> dims = type.getDims();
    for (char letter : head) {
      if (failed(bind(letter, dims.front())))
        return failure();
      dims = dims.drop_front();
    }
    ellipses.push_back(Torch::TensorType::get(op->getContext(),
                                              dims.take_front(spread), dtype));
    dims = dims.drop_front(spread);
    for (char letter : tail) {
      if (failed(bind(letter, dims.front())))
        return failure();
      dims = dims.drop_front();
    }
  }
  FailureOr<OptionalDims> spread = broadcastDims(ellipses, context);
  if (failed(spread))
    return failure();
  Dims result;
  if (!hasOutput) {
    result = **spread;
    for (auto [letter, count] : counts)
      if (count == 1)
        result.push_back(sizes[letter]);
    context.setTensor(0, result, dtype);
    return success();
  }
  for (size_t i = 0; i < output.size(); ++i) {
    if (output.substr(i).starts_with("...")) {
      llvm::append_range(result, **spread);
      i += 2;
    } else {
      result.push_back(sizes[output[i]]);
    }
  }
  context.setTensor(0, result, dtype);
  return success();
}

void torchonnx::registerLinearAlgebraShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.linear"}, inferLinear);
  registry.add({"aten.matmul", "aten.mm", "aten.bmm", "aten.mv", "aten.dot",
                "aten.vdot"},
               inferMatmul);
  registry.add({"aten.outer", "aten.ger"}, inferOuter);
  registry.add({"aten.addmm", "aten.baddbmm", "aten.addmv"}, inferAddProduct);
  registry.add({"aten.addbmm"}, inferAddbmm);
  registry.add({"aten.tensordot"}, inferTensordot);
  registry.add({"aten.cross", "aten.linalg_cross"}, inferCross);
  registry.add({"aten.det", "aten.linalg_det"}, inferDet);
  registry.add({"aten.matrix_power", "aten.linalg_matrix_power"},
               inferSameType);
  registry.add({"aten.chain_matmul", "aten.linalg_multi_dot"}, inferChain);
  registry.add({"aten.kron"}, inferKron);
  registry.add({"aten.einsum"}, inferEinsum);
}
