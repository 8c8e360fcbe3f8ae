//===- TorchScriptImporter.cpp - From LibTorch's graphs -------------------===//

#include "lib/Import/TorchScriptImporter.h"

#include <ATen/core/function_schema.h>
#include <torch/csrc/jit/api/function_impl.h>

#include "lib/Import/TorchGraphImporter.h"
#include "lib/Import/TorchGraphInputs.h"
#include "lib/Import/TorchGraphOutputs.h"
#include "lib/Support/LibTorch.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
namespace jit = torch::jit;

namespace torchonnx {

namespace {

using Frame = TorchGraphImporter::Frame;

/// What is imported as the function `main`.
struct EntryPoint {
  struct Input {
    const jit::Value *value;
    std::string name;
    const c10::IValue *example = nullptr;
    const c10::IValue *defaultValue = nullptr;
  };

  const jit::Graph &graph;
  std::string className;
  std::vector<Input> inputs;
  /// The names of parameters and buffers, in order.
  std::vector<std::string> weightNames;
  /// Gives the graph's other parameters their values.
  std::function<LogicalResult(Frame &, ConstantPool &)> bindOthers;
};

/// The constants of the function. Names beyond the inputs' are names of
/// weights.
ConstantPool makeConstantPool(Block *entry, const EntryPoint &point,
                              const ImportOptions &options, Location loc) {
  size_t inputCount = 0;
  for (const EntryPoint::Input &input : point.inputs)
    inputCount += countTorchInputs(input.value->type(), input.example);
  llvm::StringMap<std::string> renames;
  for (size_t i = 0; i < point.weightNames.size(); ++i)
    if (inputCount + i < options.inputNames.size())
      renames[point.weightNames[i]] = options.inputNames[inputCount + i];
  if (options.inputNames.size() > inputCount + point.weightNames.size())
    emitWarning(loc) << options.inputNames.size()
                     << " input names are given, but the model has "
                     << inputCount << " inputs and " << point.weightNames.size()
                     << " parameters and buffers";
  return ConstantPool(entry, std::move(renames));
}

OwningOpRef<ModuleOp> importEntryPoint(const EntryPoint &point,
                                       const ImportOptions &options,
                                       MLIRContext *context,
                                       const NodeLocator &locator) {
  Location loc = UnknownLoc::get(context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  if (!point.className.empty())
    module->setSymName(point.className);
  auto builder = OpBuilder::atBlockBegin(module->getBody());
  auto function = builder.create<func::FuncOp>(
      loc, "main", FunctionType::get(context, {}, {}));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  ConstantPool constants = makeConstantPool(entry, point, options, loc);

  Frame frame;
  TorchGraphInputs inputs(options, entry, builder, constants);
  for (auto [i, input] : llvm::enumerate(point.inputs)) {
    std::string name =
        input.name.empty() ? getProgramName(input.value) : input.name;
    if (name.empty())
      name = point.inputs.size() == 1 ? "input" : "input_" + std::to_string(i);
    Value value = inputs.add(input.value->type(), input.example, name,
                             input.defaultValue);
    if (!value)
      return nullptr;
    frame.values[input.value] = value;
  }
  TorchGraphImporter importer(builder, constants, locator);
  if (failed(point.bindOthers(frame, constants)) ||
      failed(importer.importBlock(point.graph.block(), frame)) ||
      failed(inputs.checkOptions()))
    return nullptr;

  TorchGraphOutputs outputs(options, builder);
  for (const jit::Value *output : point.graph.outputs()) {
    Value value = importer.lookup(output, frame, loc);
    if (!value || failed(outputs.add(output, value)))
      return nullptr;
  }
  if (outputs.getValues().empty()) {
    emitError(loc) << "the model returns no tensor, so there is nothing to "
                      "compute";
    return nullptr;
  }
  if (failed(outputs.chooseNames(inputs.getNames())))
    return nullptr;
  builder.create<func::ReturnOp>(loc, outputs.getValues());
  function.setFunctionType(
      FunctionType::get(context, entry->getArgumentTypes(),
                        ValueRange(outputs.getValues()).getTypes()));
  for (auto [i, name] : llvm::enumerate(inputs.getNames()))
    function.setArgAttr(i, "onnx.name", builder.getStringAttr(name));
  for (auto [i, name] : llvm::enumerate(outputs.getNames()))
    function.setResultAttr(i, "onnx.name", builder.getStringAttr(name));
  return module;
}

OwningOpRef<ModuleOp> importTracedGraph(const jit::Graph &graph,
                                        const std::vector<NamedTensor> &weights,
                                        const ImportOptions &options,
                                        MLIRContext *context,
                                        const NodeLocator &locator) {
  Location loc = UnknownLoc::get(context);
  if (weights.size() > graph.inputs().size()) {
    emitError(loc) << weights.size() << " weights are given for a graph of "
                   << graph.inputs().size() << " inputs";
    return nullptr;
  }
  auto inputs = graph.inputs().slice(0, graph.inputs().size() - weights.size());
  auto parameters = graph.inputs().slice(inputs.size());
  EntryPoint point{graph, "", {}, {}, {}};
  for (const jit::Value *input : inputs)
    point.inputs.push_back({input, ""});
  for (const NamedTensor &weight : weights)
    point.weightNames.push_back(weight.first);
  point.bindOthers = [&](Frame &frame, ConstantPool &constants) {
    for (auto [parameter, weight] : llvm::zip(parameters, weights)) {
      if (!parameter->hasUses())
        continue;
      Value value = constants.getWeight(loc, weight.second, weight.first);
      if (!value)
        return failure();
      frame.values[parameter] = value;
    }
    return success();
  };
  return importEntryPoint(point, options, context, locator);
}

/// Children of `object` that hold tensors, in the order of its state_dict.
void collectWeightNames(const c10::intrusive_ptr<c10::ivalue::Object> &object,
                        StringRef path, std::vector<std::string> &names) {
  const auto &type = object->type();
  std::vector<std::string> buffers;
  std::vector<std::pair<std::string, c10::intrusive_ptr<c10::ivalue::Object>>>
      children;
  for (size_t i = 0; i < type->numAttributes(); ++i) {
    const std::string &name = type->getAttributeName(i);
    const c10::IValue &value = object->getSlot(i);
    if (value.isTensor() && type->is_parameter(i))
      names.push_back(joinPath(path, name));
    else if (value.isTensor() && type->is_buffer(i))
      buffers.push_back(joinPath(path, name));
    else if (value.isObject() && type->getAttribute(i)->is_module())
      children.emplace_back(name, value.toObject());
  }
  names.insert(names.end(), buffers.begin(), buffers.end());
  for (const auto &[name, child] : children)
    collectWeightNames(child, joinPath(path, name), names);
}

OwningOpRef<ModuleOp> importMethod(const jit::Module &module,
                                   const std::vector<c10::IValue> &examples,
                                   const ImportOptions &options,
                                   MLIRContext *context) {
  Location loc = UnknownLoc::get(context);
  auto method = module.find_method(options.method);
  if (!method) {
    InFlightDiagnostic diagnostic = emitError(loc)
                                    << "the model has no method '"
                                    << options.method << "'; ";
    SmallVector<std::string> names;
    for (const jit::Method &method : module.get_methods())
      names.push_back(method.name());
    if (names.empty())
      diagnostic << "it has none";
    else
      diagnostic << "it has '" << llvm::join(names, "', '") << "'";
    return nullptr;
  }
  jit::GraphFunction *function = jit::tryToGraphFunction(method->function());
  if (!function) {
    emitError(loc) << "the method '" << options.method
                   << "' is not written in TorchScript";
    return nullptr;
  }
  std::shared_ptr<jit::Graph> graph = function->graph();
  const std::vector<c10::Argument> &arguments =
      function->getSchema().arguments();
  EntryPoint point{*graph,
                   module.type()->name() ? module.type()->name()->name() : "",
                   {},
                   {},
                   {}};
  // The first parameter is the module itself.
  for (size_t i = 1; i < graph->inputs().size(); ++i) {
    EntryPoint::Input input{graph->inputs()[i], ""};
    if (i <= examples.size())
      input.example = &examples[i - 1];
    if (i < arguments.size()) {
      input.name = arguments[i].name();
      if (arguments[i].default_value())
        input.defaultValue = &*arguments[i].default_value();
    }
    point.inputs.push_back(std::move(input));
  }
  collectWeightNames(module._ivalue(), "", point.weightNames);
  point.bindOthers = [&](Frame &frame, ConstantPool &) {
    frame.objects[graph->inputs()[0]] = {module._ivalue(), ""};
    return success();
  };
  NodeLocator noLocator;
  return importEntryPoint(point, options, context, noLocator);
}

/// Runs an import; LibTorch's exceptions become diagnostics.
OwningOpRef<ModuleOp>
runGuarded(MLIRContext *context,
           llvm::function_ref<OwningOpRef<ModuleOp>()> action) {
  OwningOpRef<ModuleOp> result;
  std::string error;
  if (guardTorch(error, [&] { result = action(); }))
    return result;
  emitError(UnknownLoc::get(context)) << "LibTorch: " << error;
  return nullptr;
}

void loadImportDialects(MLIRContext *context) {
  DialectRegistry registry;
  registerImportDialects(registry);
  context->appendDialectRegistry(registry);
  context->getOrLoadDialect("func");
  context->getOrLoadDialect("symbolic");
  context->getOrLoadDialect("torch");
}

} // namespace

OwningOpRef<ModuleOp> importGraph(const std::shared_ptr<jit::Graph> &graph,
                                  const std::vector<NamedTensor> &weights,
                                  const ImportOptions &options,
                                  MLIRContext *context,
                                  const NodeLocator &locator) {
  loadImportDialects(context);
  return runGuarded(context, [&] {
    return importTracedGraph(*graph, weights, options, context, locator);
  });
}

OwningOpRef<ModuleOp> importModule(const jit::Module &module,
                                   const ImportOptions &options,
                                   MLIRContext *context,
                                   const std::vector<c10::IValue> &examples) {
  loadImportDialects(context);
  return runGuarded(context, [&] {
    return importMethod(module, examples, options, context);
  });
}

} // namespace torchonnx
