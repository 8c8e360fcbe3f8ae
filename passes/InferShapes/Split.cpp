//===- Split.cpp - Shape functions: operators that return tensor lists ----===//
//
// A list of tensors that a split makes is used through prim.ListUnpack or an
// index. An unpacked split stays one operation, and the unpacked parts get
// their types. Otherwise the list becomes a prim.ListConstruct of slices, which
// the folding of lists understands.
//
//===----------------------------------------------------------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

namespace {
/// One part of a split: [start, start + length) of the dimension.
struct Part {
  DimAttr start, length;
};
} // namespace

/// How many results a list is unpacked into, if that is its only use.
static std::optional<int64_t> getUnpackedCount(Operation *op) {
  Value list = op->getResult(0);
  if (!list.hasOneUse())
    return std::nullopt;
  auto unpack = dyn_cast<Torch::PrimListUnpackOp>(*list.user_begin());
  return unpack ? std::optional<int64_t>(unpack->getNumResults())
                : std::nullopt;
}

/// Types the parts of operand 0 in the operation that unpacks them, or replaces
/// the list by slices.
static void makeParts(Operation *op, InferenceContext &context, int64_t dim,
                      ArrayRef<Part> parts) {
  OpBuilder builder(op);
  KnownValues &known = context.getKnown();
  Value input = op->getOperand(0);
  Torch::TensorType type = context.tensor(input);
  auto getPartType = [&](const Part &part) -> Type {
    Dims dims(type.getDims());
    dims[dim] = part.length;
    return Torch::TensorType::get(op->getContext(), ArrayRef<DimAttr>(dims),
                                  type.getDtype());
  };
  if (getUnpackedCount(op) == static_cast<int64_t>(parts.size())) {
    Operation *unpack = *op->getResult(0).user_begin();
    for (auto [result, part] : llvm::zip(unpack->getResults(), parts))
      result.setType(getPartType(part));
    return;
  }
  SmallVector<Value> slices;
  for (const Part &part : parts) {
    Type sliceType = getPartType(part);
    Operation *slice = builder.create(
        op->getLoc(), builder.getStringAttr("torch.aten.slice.Tensor"),
        {input, known.getConstant(context.constant(dim)),
         known.getConstant(part.start),
         known.getConstant(Symbolic::add(part.start, part.length)),
         known.getConstant(context.constant(1))},
        sliceType);
    slices.push_back(slice->getResult(0));
  }
  context.forward(0, builder
                         .create<Torch::PrimListConstructOp>(
                             op->getLoc(), op->getResult(0).getType(), slices)
                         ->getResult(0));
}

/// The dimension that is split and its size; nullopt where the rank or `dim`
/// are unknown.
static FailureOr<std::optional<std::pair<int64_t, DimAttr>>>
getSplitDim(Operation *op, InferenceContext &context) {
  FailureOr<std::optional<int64_t>> axis = getAxis(op, context);
  if (failed(axis))
    return failure();
  if (!*axis)
    return std::optional<std::pair<int64_t, DimAttr>>();
  ArrayRef<DimAttr> dims = context.tensor(op->getOperand(0)).getDims();
  return std::optional(std::make_pair(**axis, dims[**axis]));
}

/// split.Tensor: parts of `split_size`, the last may be smaller.
static LogicalResult splitBySize(Operation *op, InferenceContext &context,
                                 int64_t dim, DimAttr size, DimAttr splitSize) {
  std::optional<int64_t> total = size ? size.getConstantValue() : std::nullopt;
  std::optional<int64_t> length =
      splitSize ? splitSize.getConstantValue() : std::nullopt;
  SmallVector<Part> parts;
  if (total && length) {
    if (*length <= 0 && *total > 0)
      return context.error("the split size has to be positive");
    for (int64_t start = 0; start < *total; start += *length)
      parts.push_back({context.constant(start),
                       context.constant(std::min(*length, *total - start))});
    if (parts.empty())
      parts.push_back({context.constant(0), context.constant(0)});
  } else if (std::optional<int64_t> count =
                 Symbolic::floorDiv(size, splitSize)
                     ? Symbolic::floorDiv(size, splitSize).getConstantValue()
                     : std::nullopt;
             count && Symbolic::mod(size, splitSize).getConstantValue() == 0) {
    // A symbolic size that the part divides: `3 * h` in parts of `h`.
    for (int64_t i = 0; i < *count; ++i)
      parts.push_back({Symbolic::mul(splitSize, i), splitSize});
  } else {
    return success();
  }
  makeParts(op, context, dim, parts);
  return success();
}

static LogicalResult inferSplit(Operation *op, InferenceContext &context) {
  auto split = getSplitDim(op, context);
  if (failed(split))
    return failure();
  if (!*split)
    return success();
  DimAttr splitSize = context.getKnown().getDim(op->getOperand(1));
  return splitBySize(op, context, (*split)->first, (*split)->second, splitSize);
}

/// chunk: parts of ceil(size / chunks).
static LogicalResult inferChunk(Operation *op, InferenceContext &context) {
  auto split = getSplitDim(op, context);
  if (failed(split))
    return failure();
  std::optional<int64_t> chunks = context.getInt("chunks");
  if (!*split || !chunks || !(*split)->second)
    return success();
  if (*chunks <= 0)
    return context.error("the number of chunks has to be positive");
  auto [dim, size] = **split;
  DimAttr part = Symbolic::ceilDiv(size, context.constant(*chunks));
  if (size.isConstant())
    part = context.constant(std::max<int64_t>(*part.getConstantValue(), 1));
  if (size.isConstant() ||
      Symbolic::mod(size, context.constant(*chunks)).getConstantValue() == 0)
    return splitBySize(op, context, dim, size, part);
  // The trace says how many parts there were; with other sizes there may be
  // fewer, and PyTorch would fail to unpack them.
  if (getUnpackedCount(op) != *chunks)
    return success();
  SmallVector<Part> parts;
  for (int64_t i = 0; i < *chunks; ++i) {
    DimAttr start = Symbolic::mul(part, i);
    DimAttr length = i + 1 == *chunks ? Symbolic::sub(size, start) : part;
    parts.push_back({start, length});
  }
  makeParts(op, context, dim, parts);
  return success();
}

static LogicalResult inferSplitWithSizes(Operation *op,
                                         InferenceContext &context) {
  auto split = getSplitDim(op, context);
  if (failed(split))
    return failure();
  OptionalDims sizes = getSizes(context, op->getOperand(1));
  if (!*split || !sizes || llvm::is_contained(*sizes, DimAttr()))
    return success();
  auto [dim, size] = **split;
  SmallVector<Part> parts;
  DimAttr start = context.constant(0);
  for (DimAttr length : *sizes) {
    parts.push_back({start, length});
    start = Symbolic::add(start, length);
  }
  if (Symbolic::neverEqual(start, size))
    return context.error("the parts add up to " + start.str() +
                         ", the dimension has " + size.str());
  makeParts(op, context, dim, parts);
  return success();
}

/// tensor_split into sections: the first `size % n` parts are one longer.
static LogicalResult inferTensorSplit(Operation *op,
                                      InferenceContext &context) {
  auto split = getSplitDim(op, context);
  if (failed(split))
    return failure();
  std::optional<int64_t> sections = context.getInt("sections");
  if (!*split || !sections || *sections <= 0)
    return success();
  auto [dim, size] = **split;
  std::optional<int64_t> total = size ? size.getConstantValue() : std::nullopt;
  if (!total)
    return success();
  SmallVector<Part> parts;
  int64_t start = 0;
  for (int64_t i = 0; i < *sections; ++i) {
    int64_t length = *total / *sections + (i < *total % *sections);
    parts.push_back({context.constant(start), context.constant(length)});
    start += length;
  }
  makeParts(op, context, dim, parts);
  return success();
}

/// unbind: one part for each index, without the dimension.
static LogicalResult inferUnbind(Operation *op, InferenceContext &context) {
  auto split = getSplitDim(op, context);
  if (failed(split))
    return failure();
  if (!*split)
    return success();
  auto [dim, size] = **split;
  std::optional<int64_t> count = size ? size.getConstantValue() : std::nullopt;
  if (!count)
    return success();
  OpBuilder builder(op);
  KnownValues &known = context.getKnown();
  Value input = op->getOperand(0);
  Torch::TensorType type = context.tensor(input);
  Dims dims(type.getDims());
  dims.erase(dims.begin() + dim);
  Type partType = Torch::TensorType::get(
      op->getContext(), ArrayRef<DimAttr>(dims), type.getDtype());
  SmallVector<Value> parts;
  for (int64_t i = 0; i < *count; ++i) {
    Operation *part = builder.create(
        op->getLoc(), builder.getStringAttr("torch.aten.select.int"),
        {input, known.getConstant(context.constant(dim)),
         known.getConstant(context.constant(i))},
        partType);
    parts.push_back(part->getResult(0));
  }
  context.forward(0, builder
                         .create<Torch::PrimListConstructOp>(
                             op->getLoc(), op->getResult(0).getType(), parts)
                         ->getResult(0));
  return success();
}

void torchonnx::registerSplitShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.split.Tensor", "aten.unsafe_split.Tensor"}, inferSplit);
  registry.add({"aten.split_with_sizes", "aten.split.sizes",
                "aten.unsafe_split_with_sizes"},
               inferSplitWithSizes);
  registry.add({"aten.chunk", "aten.unsafe_chunk"}, inferChunk);
  registry.add({"aten.tensor_split.sections"}, inferTensorSplit);
  registry.add({"aten.unbind.int"}, inferUnbind);
}
