//===- TorchGraphImporter.cpp - Nodes to the torch dialect ----------------===//

#include "lib/Import/TorchGraphImporter.h"

#include <ATen/core/function_schema.h>
#include <torch/csrc/jit/ir/constants.h>

#include "dialects/Torch/TorchOps.h"
#include "lib/Import/TypeConversion.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
namespace jit = torch::jit;
namespace prim = c10::prim;
namespace aten = c10::aten;

namespace torchonnx {

Location TorchGraphImporter::getLocation(const jit::Node *node, Frame &frame) {
  if (locator)
    if (std::optional<Location> location = locator(node))
      return *location;
  std::optional<SourceFrame> own = sources.getFrame(node->sourceRange());
  // A line of the torch package says less than the line that called it.
  if (own && !own->isUser && frame.caller)
    own = frame.caller;
  if (own)
    frame.current = own;
  else
    own = frame.current ? frame.current : frame.caller;
  std::string scope = getScopePath(node);
  if (!own && scope.empty() && frame.path.empty())
    return moduleLoc;
  return makeLocation(context, own, scope.empty() ? frame.path : scope);
}

Value TorchGraphImporter::lookup(const jit::Value *value, Frame &frame,
                                 Location loc) {
  auto found = frame.values.find(value);
  if (found != frame.values.end())
    return found->second;
  if (frame.objects.count(value))
    emitError(loc) << "a module or object of type "
                   << value->type()->annotation_str()
                   << " is used as a value, which has no form in ONNX";
  else
    emitError(loc) << "the graph uses %" << value->debugName()
                   << " before it is defined";
  return nullptr;
}

FailureOr<SmallVector<Value>>
TorchGraphImporter::lookupAll(GraphValues values, Frame &frame, Location loc) {
  SmallVector<Value> found;
  found.reserve(values.size());
  for (const jit::Value *value : values) {
    Value known = lookup(value, frame, loc);
    if (!known)
      return failure();
    found.push_back(known);
  }
  return found;
}

void TorchGraphImporter::bindResults(const jit::Node *node, Operation *op,
                                     Frame &frame) {
  for (auto [output, result] : llvm::zip(node->outputs(), op->getResults()))
    frame.values[output] = result;
}

/// Whether no user of the value may write to it or hand out a view of it.
static bool isOnlyRead(const jit::Value *value) {
  for (const jit::Use &use : value->uses()) {
    const c10::FunctionSchema *schema = use.user->maybeSchema();
    if (!schema || schema->is_vararg() ||
        use.offset >= schema->arguments().size() ||
        schema->arguments()[use.offset].alias_info())
      return false;
  }
  return true;
}

LogicalResult TorchGraphImporter::importBlock(const jit::Block *block,
                                              Frame &frame) {
  for (const jit::Node *node : block->nodes())
    if (failed(importNode(node, frame)))
      return failure();
  return success();
}

LogicalResult TorchGraphImporter::importNode(const jit::Node *node,
                                             Frame &frame) {
  switch (static_cast<c10::unique_t>(node->kind())) {
  case static_cast<c10::unique_t>(prim::Constant):
    return importConstant(node, frame);
  case static_cast<c10::unique_t>(prim::GetAttr):
    return importGetAttr(node, frame);
  case static_cast<c10::unique_t>(prim::CallMethod):
    return importMethodCall(node, frame);
  case static_cast<c10::unique_t>(prim::CallFunction):
    return importFunctionCall(node, frame);
  case static_cast<c10::unique_t>(prim::If):
    return importIf(node, frame);
  case static_cast<c10::unique_t>(prim::Loop):
    return importLoop(node, frame);
  case static_cast<c10::unique_t>(prim::Print):
  case static_cast<c10::unique_t>(prim::Enter):
  case static_cast<c10::unique_t>(prim::Exit):
    return success();
  case static_cast<c10::unique_t>(prim::SetAttr):
    return emitError(getLocation(node, frame))
           << "the model assigns its attribute '" << node->s(c10::attr::name)
           << "' while it runs; an ONNX model keeps no state, so return the "
              "value instead";
  case static_cast<c10::unique_t>(prim::PythonOp):
    return importPythonCall(node, frame);
  default:
    break;
  }
  // The dialect's optional types do not narrow by themselves.
  if (node->kind() == prim::unchecked_cast || node->kind() == aten::__is__ ||
      node->kind() == aten::__isnot__ || node->kind() == aten::__not__)
    if (foldNoneCheck(node, frame))
      return success();
  return importOperator(node, frame);
}

LogicalResult TorchGraphImporter::importConstant(const jit::Node *node,
                                                 Frame &frame) {
  const jit::Value *output = node->output();
  // Functions are called by name.
  if (output->type()->kind() == c10::TypeKind::FunctionType)
    return success();
  Location loc = getLocation(node, frame);
  std::optional<c10::IValue> value = jit::toIValue(output);
  if (!value)
    return emitError(loc) << "the graph has a constant of type "
                          << output->type()->annotation_str()
                          << ", which has no form in ONNX";
  Value constant = value->isTensor() && value->toTensor().defined()
                       ? constants.getLiteral(loc, value->toTensor(),
                                              value->toTensor().dim() == 0 &&
                                                  isOnlyRead(output))
                       : constants.get(loc, *value, output->type());
  if (!constant)
    return failure();
  frame.values[output] = constant;
  return success();
}

const TorchGraphImporter::OperatorInfo &
TorchGraphImporter::getOperator(const jit::Node *node) {
  const c10::FunctionSchema *schema = node->maybeSchema();
  OperatorInfo &info =
      schema ? operators[schema]
             : operatorsWithoutSchema[static_cast<c10::unique_t>(node->kind())];
  if (info.key)
    return info;
  std::string key = node->kind().ns().toUnqualString();
  key += ".";
  key += node->kind().toUnqualString();
  if (schema && !schema->overload_name().empty())
    key += "." + schema->overload_name();
  info.key = builder.getStringAttr(key);
  if (auto operation = RegisteredOperationName::lookup("torch." + key, context))
    info.operation = *operation;
  if (schema && node->kind().ns().toUnqualString() != std::string("aten") &&
      node->kind().ns().toUnqualString() != std::string("prim") &&
      !schema->is_vararg())
    info.schema = builder.getStringAttr(c10::toString(*schema));
  return info;
}

/// Nothing else tells the types of a user library's operator: its rank and
/// dtype are taken from the trace, its sizes are not.
static Torch::TensorType getTracedRankAndDtype(MLIRContext *context,
                                               const jit::Value *value) {
  auto *type = value->type()->castRaw<c10::TensorType>();
  std::optional<SmallVector<Symbolic::DimAttr>> dims;
  if (auto rank = type->dim())
    dims.emplace(*rank, Symbolic::DimAttr());
  Type dtype;
  if (type->scalarType())
    dtype = convertDtype(context, *type->scalarType());
  return Torch::TensorType::get(
      context,
      dims ? std::optional<ArrayRef<Symbolic::DimAttr>>(*dims) : std::nullopt,
      dtype);
}

LogicalResult TorchGraphImporter::importOperator(const jit::Node *node,
                                                 Frame &frame) {
  Location loc = getLocation(node, frame);
  FailureOr<Operands> operands = lookupAll(node->inputs(), frame, loc);
  if (failed(operands))
    return failure();
  if (!node->blocks().empty())
    return emitError(loc) << "the model uses " << node->kind().toQualString()
                          << ", which has no form in ONNX";

  // Lists of constants, such as strides, are constants as long as nothing
  // writes to them.
  if (node->kind() == prim::ListConstruct &&
      llvm::all_of(*operands,
                   [&](Value value) { return constants.contains(value); }) &&
      isOnlyRead(node->output())) {
    frame.values[node->output()] = constants.getList(
        loc, convertType(context, node->output()->type()), *operands);
    return success();
  }

  const OperatorInfo &info = getOperator(node);
  SmallVector<Type> types;
  bool isUserOperator = !info.operation && !node->kind().is_aten();
  for (const jit::Value *output : node->outputs()) {
    if (output->type()->kind() != c10::TypeKind::TensorType)
      types.push_back(convertType(context, output->type()));
    else if (isUserOperator)
      types.push_back(getTracedRankAndDtype(context, output));
    else
      types.push_back(unknownTensor);
  }
  OperationState state(loc, info.operation.value_or(torchOperator));
  state.addOperands(*operands);
  state.addTypes(types);
  if (!info.operation) {
    state.addAttribute("name", info.key);
    if (info.schema)
      state.addAttribute("schema", info.schema);
  }
  bindResults(node, builder.create(state), frame);
  return success();
}

} // namespace torchonnx
