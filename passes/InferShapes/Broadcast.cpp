//===- Broadcast.cpp - Shape functions: tensors brought to one shape ------===//
//
// The lists these operators return become a prim.ListConstruct of views.
//
//===----------------------------------------------------------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// `input` after an operator that takes a list of sizes: view or expand.
static Value resize(Operation *op, InferenceContext &context,
                    StringRef resizeName, Value input, const Dims &sizes) {
  OpBuilder builder(op);
  Torch::TensorType type = context.tensor(input);
  if (type.getOptionalDims() == ArrayRef<DimAttr>(sizes))
    return input;
  SmallVector<Value> elements;
  for (DimAttr size : sizes)
    elements.push_back(context.getKnown().getConstant(size));
  Value list =
      builder
          .create<Torch::PrimListConstructOp>(
              op->getLoc(),
              Torch::ListType::get(Torch::IntType::get(op->getContext())),
              elements)
          ->getResult(0);
  SmallVector<Value> operands{input, list};
  if (resizeName == "torch.aten.expand")
    operands.push_back(
        context.getKnown().getConstant(builder.getBoolAttr(false)));
  return builder
      .create(op->getLoc(), builder.getStringAttr(resizeName), operands,
              Torch::TensorType::get(op->getContext(), ArrayRef<DimAttr>(sizes),
                                     type.getDtype()))
      ->getResult(0);
}

static void forwardList(Operation *op, InferenceContext &context,
                        ArrayRef<Value> elements) {
  OpBuilder builder(op);
  context.forward(0, builder
                         .create<Torch::PrimListConstructOp>(
                             op->getLoc(), op->getResult(0).getType(), elements)
                         ->getResult(0));
}

static LogicalResult inferBroadcastTensors(Operation *op,
                                           InferenceContext &context) {
  std::optional<SmallVector<Value>> inputs =
      context.getKnown().getList(op->getOperand(0));
  std::optional<SmallVector<Torch::TensorType>> types =
      context.tensorList(op->getOperand(0));
  if (!inputs)
    return success();
  FailureOr<OptionalDims> dims = broadcastDims(*types, context);
  if (failed(dims))
    return failure();
  if (!*dims || llvm::is_contained(**dims, DimAttr()))
    return success();
  forwardList(op, context, llvm::map_to_vector(*inputs, [&](Value input) {
                return resize(op, context, "torch.aten.expand", input, **dims);
              }));
  return success();
}

/// meshgrid(v0, v1, ...): tensor i varies along dimension i; with the indexing
/// "xy" the first two dimensions are swapped.
static LogicalResult inferMeshgrid(Operation *op, InferenceContext &context) {
  std::optional<SmallVector<Value>> inputs =
      context.getKnown().getList(op->getOperand(0));
  if (!inputs)
    return success();
  bool isXY = false;
  if (op->getNumOperands() == 2) {
    std::optional<StringRef> indexing =
        context.getKnown().getString(op->getOperand(1));
    if (!indexing)
      return success();
    isXY = *indexing == "xy" && inputs->size() >= 2;
  }
  auto dimensionOf = [&](size_t index) {
    return isXY && index < 2 ? 1 - index : index;
  };
  Dims sizes(inputs->size());
  for (auto [index, input] : llvm::enumerate(*inputs)) {
    Torch::TensorType type = context.tensor(input);
    if (!type.hasRank() || type.getRank() > 1)
      return success();
    DimAttr size =
        type.getRank() == 1 ? type.getDims()[0] : context.constant(1);
    if (!size)
      return success();
    sizes[dimensionOf(index)] = size;
  }
  SmallVector<Value> grids;
  for (auto [index, input] : llvm::enumerate(*inputs)) {
    Dims flat(inputs->size(), context.constant(1));
    flat[dimensionOf(index)] = sizes[dimensionOf(index)];
    Value view = resize(op, context, "torch.aten.view", input, flat);
    grids.push_back(resize(op, context, "torch.aten.expand", view, sizes));
  }
  forwardList(op, context, grids);
  return success();
}

void torchonnx::registerBroadcastShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.broadcast_tensors"}, inferBroadcastTensors);
  registry.add({"aten.meshgrid", "aten.meshgrid.indexing"}, inferMeshgrid);
}
