//===- Shape.cpp - Shape functions: views and concatenation ---------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// The result has the dtype of operand 0 and the dimensions `dims`. A view that
/// changes nothing is forwarded.
static LogicalResult setView(Operation *op, InferenceContext &context,
                             const OptionalDims &dims) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, dims, type.getDtype());
  if (dims && type.hasRank() && !type.isWrapped() &&
      ArrayRef<DimAttr>(*dims) == type.getDims() &&
      !llvm::is_contained(*dims, DimAttr()))
    context.forward(0, op->getOperand(0));
  return success();
}

//===----------------------------------------------------------------------===//
// Reshapes
//===----------------------------------------------------------------------===//

/// Dimensions of a reshape to `sizes`, in which one may be -1.
static FailureOr<OptionalDims> reshapeTo(Torch::TensorType type, Dims sizes,
                                         InferenceContext &context) {
  DimAttr total;
  if (type.hasRank())
    total = Symbolic::product(context.getContext(), type.getDims());
  DimAttr known = context.constant(1);
  std::optional<size_t> inferred;
  for (auto [index, size] : llvm::enumerate(sizes)) {
    if (size && size.getConstantValue() == -1) {
      if (inferred)
        return context.error("only one size can be -1");
      inferred = index;
      continue;
    }
    known = Symbolic::mul(known, size);
  }
  if (inferred) {
    DimAttr &rest = sizes[*inferred];
    rest = DimAttr();
    if (total && known && known.getConstantValue() != 0) {
      DimAttr remainder = Symbolic::mod(total, known);
      std::optional<int64_t> constant =
          remainder ? remainder.getConstantValue() : std::nullopt;
      if (constant && *constant != 0)
        return context.error("a tensor of " + total.str() +
                             " elements can't be viewed with sizes whose "
                             "product is a multiple of " +
                             known.str());
      rest = Symbolic::floorDiv(total, known);
    }
  } else if (Symbolic::neverEqual(total, known)) {
    return context.error("a tensor of " + total.str() +
                         " elements can't be viewed as one of " + known.str());
  }
  return OptionalDims(std::move(sizes));
}

static LogicalResult inferReshape(Operation *op, InferenceContext &context) {
  OptionalDims sizes = getSizes(context, op->getOperand(1));
  if (!sizes)
    return setView(op, context, std::nullopt);
  FailureOr<OptionalDims> dims =
      reshapeTo(context.tensor(op->getOperand(0)), *sizes, context);
  if (failed(dims))
    return failure();
  return setView(op, context, *dims);
}

/// The result has the dimensions of operand 1.
static LogicalResult inferLikeOther(Operation *op, InferenceContext &context) {
  return setView(op, context, getDims(context.tensor(op->getOperand(1))));
}

static LogicalResult inferFlatten(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<int64_t> start = context.getInt("start_dim");
  std::optional<int64_t> end = context.getInt("end_dim");
  if (!type.hasRank() || !start || !end)
    return setView(op, context, std::nullopt);
  if (type.getRank() == 0)
    return setView(op, context, Dims{context.constant(1)});
  FailureOr<int64_t> first = context.wrapDim(*start, type.getRank());
  FailureOr<int64_t> last = context.wrapDim(*end, type.getRank());
  if (failed(first) || failed(last))
    return failure();
  if (*first > *last)
    return context.error("start_dim comes after end_dim");
  ArrayRef<DimAttr> dims = type.getDims();
  Dims result(dims.take_front(*first));
  result.push_back(Symbolic::product(op->getContext(),
                                     dims.slice(*first, *last - *first + 1)));
  llvm::append_range(result, dims.drop_front(*last + 1));
  return setView(op, context, result);
}

static LogicalResult inferRavel(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  DimAttr total = type.hasRank()
                      ? Symbolic::product(op->getContext(), type.getDims())
                      : DimAttr();
  return setView(op, context, Dims{total});
}

static LogicalResult inferUnflatten(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<std::optional<int64_t>> axis = getAxis(op, context);
  if (failed(axis))
    return failure();
  OptionalDims sizes = getSizes(context, context.operand("sizes"));
  if (!*axis || !sizes)
    return setView(op, context, std::nullopt);
  int64_t index = **axis;
  DimAttr flat = type.getDims()[index];
  FailureOr<OptionalDims> inner = reshapeTo(
      Torch::TensorType::get(op->getContext(), ArrayRef<DimAttr>(flat), Type()),
      *sizes, context);
  if (failed(inner))
    return failure();
  Dims result(type.getDims().take_front(index));
  llvm::append_range(result, **inner);
  llvm::append_range(result, type.getDims().drop_front(index + 1));
  return setView(op, context, result);
}

//===----------------------------------------------------------------------===//
// Order of dimensions
//===----------------------------------------------------------------------===//

static LogicalResult inferPermute(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<SmallVector<int64_t>> order = context.getIntList("dims");
  if (!type.hasRank() || !order)
    return setView(op, context, std::nullopt);
  if (static_cast<int64_t>(order->size()) != type.getRank())
    return context.error("a permutation of " + Twine(order->size()) +
                         " dimensions for a tensor of " +
                         Twine(type.getRank()));
  Dims dims;
  bool isIdentity = true;
  for (auto [position, dim] : llvm::enumerate(*order)) {
    FailureOr<int64_t> index = context.wrapDim(dim, type.getRank());
    if (failed(index))
      return failure();
    isIdentity &= *index == static_cast<int64_t>(position);
    dims.push_back(type.getDims()[*index]);
  }
  context.setTensor(0, dims, type.getDtype());
  if (isIdentity)
    context.forward(0, op->getOperand(0));
  return success();
}

static LogicalResult swapDims(Operation *op, InferenceContext &context,
                              int64_t a, int64_t b) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<int64_t> first = context.wrapDim(a, type.getRank());
  FailureOr<int64_t> second = context.wrapDim(b, type.getRank());
  if (failed(first) || failed(second))
    return failure();
  Dims dims(type.getDims());
  if (!dims.empty())
    std::swap(dims[*first], dims[*second]);
  context.setTensor(0, dims, type.getDtype());
  if (*first == *second)
    context.forward(0, op->getOperand(0));
  return success();
}

static LogicalResult inferTranspose(Operation *op, InferenceContext &context) {
  std::optional<int64_t> a = context.getKnown().getInt(op->getOperand(1));
  std::optional<int64_t> b = context.getKnown().getInt(op->getOperand(2));
  Torch::TensorType type = context.tensor(op->getOperand(0));
  if (!type.hasRank() || !a || !b) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  return swapDims(op, context, *a, *b);
}

/// t: at most two dimensions.
static LogicalResult inferT(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  if (!type.hasRank()) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  if (type.getRank() > 2)
    return context.error("t() takes at most 2 dimensions, the tensor has " +
                         Twine(type.getRank()));
  if (type.getRank() < 2) {
    context.setTensor(0, getDims(type), type.getDtype());
    context.forward(0, op->getOperand(0));
    return success();
  }
  return swapDims(op, context, 0, 1);
}

/// mT, adjoint: the last two dimensions.
static LogicalResult inferMatrixTranspose(Operation *op,
                                          InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  if (!type.hasRank() || type.getRank() < 2) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  return swapDims(op, context, -2, -1);
}

/// T: all dimensions reversed.
static LogicalResult inferNumpyT(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  if (dims)
    std::reverse(dims->begin(), dims->end());
  context.setTensor(0, dims, type.getDtype());
  return success();
}

//===----------------------------------------------------------------------===//
// Sizes of one
//===----------------------------------------------------------------------===//

static LogicalResult inferUnsqueeze(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<int64_t> dim = context.getInt("dim");
  if (!type.hasRank() || !dim)
    return setView(op, context, std::nullopt);
  FailureOr<int64_t> index = context.wrapDim(*dim, type.getRank() + 1);
  if (failed(index))
    return failure();
  Dims dims(type.getDims());
  dims.insert(dims.begin() + *index, context.constant(1));
  return setView(op, context, dims);
}

/// squeeze over `dim`: sizes of 1 go, others stay. Whether a symbolic size is 1
/// is not known before run time.
static LogicalResult inferSqueeze(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  if (!type.hasRank())
    return setView(op, context, std::nullopt);
  FailureOr<std::optional<SmallVector<int64_t>>> candidates =
      getReducedDims(context, context.operand("dim"), type.getRank());
  if (failed(candidates))
    return failure();
  if (!*candidates)
    return setView(op, context, std::nullopt);
  Dims dims;
  for (auto [index, dim] : llvm::enumerate(type.getDims())) {
    if (!llvm::is_contained(**candidates, static_cast<int64_t>(index))) {
      dims.push_back(dim);
      continue;
    }
    if (!dim)
      return setView(op, context, std::nullopt);
    std::optional<int64_t> size = dim.getConstantValue();
    if (!size && !Symbolic::neverEqual(dim, context.constant(1)))
      return setView(op, context, std::nullopt);
    if (size != 1)
      dims.push_back(dim);
  }
  return setView(op, context, dims);
}

/// expand: -1 keeps a size; new dimensions come first.
static LogicalResult inferExpand(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims sizes = getSizes(context, op->getOperand(1));
  if (!sizes || !type.hasRank())
    return setView(op, context,
                   sizes && !llvm::is_contained(*sizes, DimAttr())
                       ? OptionalDims()
                       : std::nullopt);
  int64_t added = static_cast<int64_t>(sizes->size()) - type.getRank();
  if (added < 0)
    return context.error("expand to " + Twine(sizes->size()) +
                         " dimensions of a tensor that has " +
                         Twine(type.getRank()));
  for (auto [index, dim] : llvm::enumerate(type.getDims())) {
    DimAttr &size = (*sizes)[added + index];
    if (size && size.getConstantValue() == -1)
      size = dim;
    else if (Symbolic::neverEqual(dim, context.constant(1)) &&
             Symbolic::neverEqual(dim, size))
      return context.error("a size of " + dim.str() + " can't be expanded to " +
                           size.str());
  }
  return setView(op, context, *sizes);
}

//===----------------------------------------------------------------------===//
// Concatenation and splitting
//===----------------------------------------------------------------------===//

static LogicalResult inferCat(Operation *op, InferenceContext &context) {
  std::optional<SmallVector<Torch::TensorType>> types =
      context.tensorList(op->getOperand(0));
  std::optional<int64_t> dim = context.getInt("dim");
  if (!types || !dim) {
    context.setTensor(0, std::nullopt, Type());
    return success();
  }
  SmallVector<Type> promoted(types->begin(), types->end());
  Type dtype = getResultDtype(promoted);
  OptionalDims result;
  std::optional<int64_t> index;
  for (Torch::TensorType type : *types) {
    if (!type.hasRank()) {
      context.setTensor(0, std::nullopt, dtype);
      return success();
    }
    // An empty 1-dim tensor is skipped, whatever the others' rank is.
    if (type.getRank() == 1 && type.getDims()[0] &&
        type.getDims()[0].getConstantValue() == 0)
      continue;
    if (!result) {
      FailureOr<int64_t> wrapped = context.wrapDim(*dim, type.getRank());
      if (failed(wrapped))
        return failure();
      index = *wrapped;
      result = getDims(type);
      continue;
    }
    if (static_cast<int64_t>(result->size()) != type.getRank())
      return context.error("tensors of " + Twine(result->size()) + " and " +
                           Twine(type.getRank()) +
                           " dimensions can't be concatenated");
    for (auto [position, size] : llvm::enumerate(type.getDims())) {
      DimAttr &merged = (*result)[position];
      if (static_cast<int64_t>(position) == *index) {
        merged = Symbolic::add(merged, size);
      } else if (Symbolic::neverEqual(merged, size)) {
        return context.error("sizes " + merged.str() + " and " + size.str() +
                             " of dimension " + Twine(position) +
                             " have to agree");
      } else if (!merged || (size && size.isConstant())) {
        // Sizes that must agree may be known on one side only.
        merged = size;
      }
    }
  }
  if (!result)
    result = Dims{context.constant(0)};
  context.setTensor(0, result, dtype);
  return success();
}

static LogicalResult inferStack(Operation *op, InferenceContext &context) {
  std::optional<SmallVector<Torch::TensorType>> types =
      context.tensorList(op->getOperand(0));
  std::optional<int64_t> dim = context.getInt("dim");
  if (!types || !dim || types->empty()) {
    context.setTensor(0, std::nullopt, Type());
    return success();
  }
  SmallVector<Type> promoted(types->begin(), types->end());
  Type dtype = getResultDtype(promoted);
  OptionalDims result;
  for (Torch::TensorType type : *types) {
    if (!type.hasRank())
      continue;
    if (!result) {
      result = getDims(type);
      continue;
    }
    if (static_cast<int64_t>(result->size()) != type.getRank())
      return context.error("stacked tensors need equal sizes");
    for (auto [merged, size] : llvm::zip(*result, type.getDims())) {
      if (Symbolic::neverEqual(merged, size))
        return context.error("stacked tensors need equal sizes, not " +
                             merged.str() + " and " + size.str());
      if (!merged || (size && size.isConstant()))
        merged = size;
    }
  }
  if (!result) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  FailureOr<int64_t> index = context.wrapDim(*dim, result->size() + 1);
  if (failed(index))
    return failure();
  result->insert(result->begin() + *index, context.constant(types->size()));
  context.setTensor(0, result, dtype);
  return success();
}

/// view_as_real: the parts become the last dimension.
static LogicalResult inferViewAsReal(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  auto complex = dyn_cast_or_null<ComplexType>(type.getDtype());
  OptionalDims dims = getDims(type);
  if (dims)
    dims->push_back(context.constant(2));
  context.setTensor(0, dims, complex ? complex.getElementType() : Type());
  return success();
}

static LogicalResult inferViewAsComplex(Operation *op,
                                        InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  if (dims && !dims->empty())
    dims->pop_back();
  bool isFloat = isa_and_nonnull<FloatType>(type.getDtype());
  context.setTensor(0, dims,
                    isFloat ? Type(ComplexType::get(type.getDtype())) : Type());
  return success();
}

void torchonnx::registerShapeShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.view_as_real"}, inferViewAsReal);
  registry.add({"aten.view_as_complex"}, inferViewAsComplex);
  registry.add(
      {"aten.view", "aten.reshape", "aten._unsafe_view", "aten._reshape_alias"},
      inferReshape);
  registry.add({"aten.view_as", "aten.reshape_as", "aten.expand_as"},
               inferLikeOther);
  registry.add({"aten.flatten.using_ints"}, inferFlatten);
  registry.add({"aten.ravel"}, inferRavel);
  registry.add({"aten.unflatten.int"}, inferUnflatten);
  registry.add({"aten.permute"}, inferPermute);
  registry.add({"aten.transpose.int", "aten.swapaxes", "aten.swapdims"},
               inferTranspose);
  registry.add({"aten.t"}, inferT);
  registry.add({"aten.mT"}, inferMatrixTranspose);
  registry.add({"aten.numpy_T"}, inferNumpyT);
  registry.add({"aten.unsqueeze"}, inferUnsqueeze);
  registry.add({"aten.squeeze", "aten.squeeze.dim", "aten.squeeze.dims"},
               inferSqueeze);
  registry.add({"aten.expand", "aten.broadcast_to"}, inferExpand);
  registry.add({"aten.cat", "aten.concat", "aten.concatenate"}, inferCat);
  registry.add({"aten.stack"}, inferStack);
  registerBroadcastShapes(registry);
  registerSplitShapes(registry);
  registerPadShapes(registry);
}
