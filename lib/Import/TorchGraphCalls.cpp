//===- TorchGraphCalls.cpp - Attributes and calls of modules --------------===//

#include <torch/csrc/jit/api/function_impl.h>

#include "lib/Import/TorchGraphImporter.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
namespace jit = torch::jit;

namespace torchonnx {

/// Calls nested deeper than this are recursion.
constexpr unsigned kMaxCallDepth = 400;

LogicalResult TorchGraphImporter::importGetAttr(const jit::Node *node,
                                                Frame &frame) {
  auto found = frame.objects.find(node->input());
  const std::string &name = node->s(c10::attr::name);
  if (found == frame.objects.end())
    return emitError(getLocation(node, frame))
           << "the attribute '" << name << "' of a value of type "
           << node->input()->type()->annotation_str() << " has no form in ONNX";
  const ObjectRef &owner = found->second;
  std::string path = joinPath(owner.path, name);
  c10::IValue value = owner.object->getAttr(name);
  if (value.isObject()) {
    frame.objects[node->output()] = {value.toObject(), path};
    return success();
  }
  // Nothing is made of attributes that only pruned branches use.
  if (!node->output()->hasUses())
    return success();
  // Reading an attribute has no line of its own; using it has.
  Location loc = getLocation(node->output()->uses().front().user, frame);
  Value constant = constants.get(loc, value, node->output()->type(), path);
  if (!constant)
    return failure();
  frame.values[node->output()] = constant;
  return success();
}

/// Gives each of `to` what its counterpart in another frame, or in this one,
/// has become.
LogicalResult TorchGraphImporter::bindLike(GraphValues to, GraphValues from,
                                           Frame &toFrame, Frame &fromFrame,
                                           Location loc) {
  for (auto [target, source] : llvm::zip(to, from)) {
    auto object = fromFrame.objects.find(source);
    if (object != fromFrame.objects.end()) {
      ObjectRef copy = object->second;
      toFrame.objects[target] = std::move(copy);
      continue;
    }
    Value value = lookup(source, fromFrame, loc);
    if (!value)
      return failure();
    toFrame.values[target] = value;
  }
  return success();
}

LogicalResult TorchGraphImporter::importCall(const jit::Node *node,
                                             const jit::Graph &graph,
                                             GraphValues arguments,
                                             std::string path, Frame &frame) {
  Location loc = getLocation(node, frame);
  if (arguments.size() != graph.inputs().size())
    return emitError(loc) << "a call passes " << arguments.size()
                          << " arguments to a function of "
                          << graph.inputs().size();
  if (depth >= kMaxCallDepth)
    return emitError(loc) << "calls are nested deeper than " << kMaxCallDepth
                          << "; recursion has no form in ONNX";
  Frame callee;
  callee.path = std::move(path);
  // What the callee's own nodes do not know, the call knows.
  std::optional<SourceFrame> site = sources.getFrame(node->sourceRange());
  callee.caller = site && site->isUser ? site
                  : frame.caller       ? frame.caller
                                       : site;
  if (failed(bindLike(graph.inputs(), arguments, callee, frame, loc)))
    return failure();
  ++depth;
  LogicalResult status = importBlock(graph.block(), callee);
  --depth;
  if (failed(status))
    return failure();
  GraphValues results = graph.outputs();
  if (results.size() != node->outputs().size())
    return emitError(loc) << "a call expects " << node->outputs().size()
                          << " results of a function of " << results.size();
  return bindLike(node->outputs(), results, frame, callee, loc);
}

LogicalResult TorchGraphImporter::importMethodCall(const jit::Node *node,
                                                   Frame &frame) {
  const std::string &name = node->s(c10::attr::name);
  auto found = frame.objects.find(node->input(0));
  if (found == frame.objects.end())
    return emitError(getLocation(node, frame))
           << "the method '" << name << "' of a value of type "
           << node->input(0)->type()->annotation_str()
           << " has no form in ONNX";
  ObjectRef owner = found->second;
  jit::Function *method = owner.object->type()->findMethod(name);
  jit::GraphFunction *function =
      method ? jit::tryToGraphFunction(*method) : nullptr;
  if (!function)
    return emitError(getLocation(node, frame))
           << "'" << owner.path << "' has no method '" << name
           << "' written in TorchScript";
  return importCall(node, *function->graph(), node->inputs(), owner.path,
                    frame);
}

LogicalResult TorchGraphImporter::importFunctionCall(const jit::Node *node,
                                                     Frame &frame) {
  auto type = node->input(0)->type()->cast<c10::FunctionType>();
  jit::GraphFunction *function =
      type ? jit::tryToGraphFunction(*type->function()) : nullptr;
  if (!function)
    return emitError(getLocation(node, frame))
           << "the model calls a function which is not known before it runs";
  return importCall(node, *function->graph(), node->inputs().slice(1),
                    frame.path, frame);
}

LogicalResult TorchGraphImporter::importPythonCall(const jit::Node *node,
                                                   Frame &frame) {
  // An autograd.Function; its forward() was traced as well.
  if (node->hasAttribute(c10::attr::Subgraph))
    return importCall(node, *node->g(c10::attr::Subgraph), node->inputs(),
                      frame.path, frame);
  std::string name = "a Python function";
  if (auto *op = dynamic_cast<const jit::PythonOp *>(node))
    name = "the Python function '" + op->name() + "'";
  return emitError(getLocation(node, frame))
         << "the model calls " << name << ", whose operations were not traced";
}

} // namespace torchonnx
