//===- TorchScriptImporter.cpp - From LibTorch's graphs -------------------===//
//
// One walk over a graph. Calls are entered where they stand, with the path of
// the called module as scope, so the graphs themselves are never changed and a
// value that is a module has a path known at every point.
//
//===----------------------------------------------------------------------===//

#include "lib/Import/TorchScriptImporter.h"

#include <ATen/core/function_schema.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/constants.h>

#include "dialects/Torch/TorchOps.h"
#include "lib/Import/ConstantPool.h"
#include "lib/Import/SourceLocations.h"
#include "lib/Import/TypeConversion.h"
#include "lib/Support/LibTorch.h"
#include "lib/Support/TorchSchemas.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
namespace jit = torch::jit;
namespace prim = c10::prim;
namespace aten = c10::aten;

namespace torchonnx {

namespace {

/// Calls nested deeper than this are recursion.
constexpr unsigned kMaxCallDepth = 400;

/// A value which is a module: known at import, never an MLIR value.
struct ObjectRef {
  c10::intrusive_ptr<c10::ivalue::Object> object;
  std::string path;
};

/// The values of one call.
struct Frame {
  llvm::DenseMap<const jit::Value *, Value> values;
  llvm::DenseMap<const jit::Value *, ObjectRef> objects;
  /// The module that runs.
  std::string path;
  /// Where it was called, for functions of the torch package.
  std::optional<SourceFrame> caller;
  /// The last line seen: the tracer's own nodes have none.
  std::optional<SourceFrame> current;
};

/// How nodes with the same schema are imported.
struct OperatorInfo {
  /// "aten.add.Tensor".
  StringAttr key;
  /// The operation of the dialect, or nothing for a torch.operator.
  std::optional<OperationName> operation;
  /// The schema's text, for operators of user libraries.
  StringAttr schema;
};

std::string join(StringRef path, StringRef name) {
  return path.empty() ? name.str() : (path + "." + name).str();
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
      names.push_back(join(path, name));
    else if (value.isTensor() && type->is_buffer(i))
      buffers.push_back(join(path, name));
    else if (value.isObject() && type->getAttribute(i)->is_module())
      children.emplace_back(name, value.toObject());
  }
  names.insert(names.end(), buffers.begin(), buffers.end());
  for (const auto &[name, child] : children)
    collectWeightNames(child, join(path, name), names);
}

class Importer {
public:
  Importer(const ImportOptions &options, MLIRContext *context,
           const NodeLocator &locator)
      : options(options), context(context), builder(context), locator(locator),
        unknownTensor(Torch::TensorType::getUnknown(context)) {}

  OwningOpRef<ModuleOp>
  importTracedGraph(const jit::Graph &graph,
                    const std::vector<NamedTensor> &weights);
  OwningOpRef<ModuleOp> importMethod(const jit::Module &module,
                                     const std::vector<c10::IValue> &examples);

private:
  // The function.
  void startFunction(StringRef moduleName, std::vector<std::string> weights,
                     size_t inputCount);
  LogicalResult finishFunction(ArrayRef<const jit::Value *> results,
                               Frame &frame);

  // Inputs.
  size_t countInputs(const c10::TypePtr &type, const c10::IValue *example);
  Value importInput(const c10::TypePtr &type, const c10::IValue *example,
                    const std::string &name,
                    const c10::IValue *defaultValue = nullptr);
  Value addTensorArgument(Type dtype,
                          std::optional<SmallVector<Symbolic::DimAttr>> dims,
                          const std::string &name);
  LogicalResult checkInputOptions();

  // Outputs.
  LogicalResult addOutput(Frame &frame, const jit::Value *graphValue,
                          Value value, const std::string &name);

  // Nodes.
  LogicalResult importBlock(const jit::Block *block, Frame &frame);
  LogicalResult importNode(const jit::Node *node, Frame &frame);
  LogicalResult importConstant(const jit::Node *node, Frame &frame);
  LogicalResult importGetAttr(const jit::Node *node, Frame &frame);
  LogicalResult importIf(const jit::Node *node, Frame &frame);
  LogicalResult importLoop(const jit::Node *node, Frame &frame);
  LogicalResult importCall(const jit::Node *node, const jit::Graph &graph,
                           ArrayRef<const jit::Value *> arguments,
                           std::string path, Frame &frame);
  LogicalResult importMethodCall(const jit::Node *node, Frame &frame);
  LogicalResult importFunctionCall(const jit::Node *node, Frame &frame);
  LogicalResult importOperator(const jit::Node *node, Frame &frame);
  LogicalResult bindLike(const jit::Value *to, const jit::Value *from,
                         Frame &toFrame, Frame &fromFrame, Location loc);
  bool foldNoneCheck(const jit::Node *node, Frame &frame);

  FailureOr<SmallVector<Value>> getOperands(const jit::Node *node,
                                            Frame &frame);
  Value lookup(const jit::Value *value, Frame &frame, Location loc);
  Location getLocation(const jit::Node *node, Frame &frame);
  const OperatorInfo &getOperator(const jit::Node *node);
  bool isOnlyRead(const jit::Value *value);

  const ImportOptions &options;
  MLIRContext *context;
  OpBuilder builder;
  const NodeLocator &locator;
  /// Nothing else tells the types of a user library's operator: its rank and
  /// dtype are taken from the trace, its sizes are not.
  Torch::TensorType getTracedRankAndDtype(const jit::Value *value);

  Torch::TensorType unknownTensor;

  OwningOpRef<ModuleOp> module;
  func::FuncOp function;
  Block *entry = nullptr;
  std::unique_ptr<ConstantPool> constants;
  Location moduleLoc = UnknownLoc::get(context);
  SmallVector<std::string> inputNames;
  llvm::StringSet<> usedSpecs;
  llvm::StringSet<> usedNames;
  SmallVector<Value> outputs;
  SmallVector<std::string> outputNames;
  unsigned depth = 0;
  llvm::DenseMap<const c10::FunctionSchema *, OperatorInfo> operators;
  llvm::DenseMap<unsigned, OperatorInfo> operatorsWithoutSchema;
};

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void Importer::startFunction(StringRef moduleName,
                             std::vector<std::string> weights,
                             size_t inputCount) {
  module = ModuleOp::create(moduleLoc);
  if (!moduleName.empty())
    module->setSymName(moduleName);
  builder.setInsertionPointToStart(module->getBody());
  function = builder.create<func::FuncOp>(moduleLoc, "main",
                                          FunctionType::get(context, {}, {}));
  entry = function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);

  // Names beyond the inputs' are names of weights.
  llvm::StringMap<std::string> renames;
  for (size_t i = 0; i < weights.size(); ++i)
    if (inputCount + i < options.inputNames.size())
      renames[weights[i]] = options.inputNames[inputCount + i];
  constants = std::make_unique<ConstantPool>(entry, std::move(renames));
  if (options.inputNames.size() > inputCount + weights.size())
    emitWarning(moduleLoc) << options.inputNames.size()
                           << " input names are given, but the model has "
                           << inputCount << " inputs and " << weights.size()
                           << " parameters and buffers";
}

LogicalResult Importer::finishFunction(ArrayRef<const jit::Value *> results,
                                       Frame &frame) {
  if (failed(checkInputOptions()))
    return failure();
  for (const std::string &name : inputNames)
    usedNames.insert(name);
  for (const jit::Value *result : results) {
    Value value = lookup(result, frame, moduleLoc);
    if (!value)
      return failure();
    if (failed(addOutput(frame, result, value, "")))
      return failure();
  }
  if (options.outputNames.size() > outputs.size())
    return emitError(moduleLoc)
           << options.outputNames.size() << " output names are given, but the "
           << "model has " << outputs.size()
           << (outputs.size() == 1 ? " output" : " outputs");

  // Names which the user gives come first, so that a default one avoids them.
  size_t given = options.outputNames.size();
  for (size_t i = 0; i < given; ++i) {
    outputNames[i] = options.outputNames[i];
    if (!usedNames.insert(outputNames[i]).second)
      return emitError(moduleLoc) << "the name '" << outputNames[i]
                                  << "' is given to two inputs or outputs";
  }
  for (size_t i = given; i < outputs.size(); ++i) {
    std::string base = outputNames[i];
    if (base.empty())
      base = outputs.size() == 1 ? "output" : "output_" + std::to_string(i);
    std::string name = base;
    for (unsigned suffix = 1; !usedNames.insert(name).second; ++suffix)
      name = base + "_" + std::to_string(suffix);
    outputNames[i] = name;
  }

  builder.create<func::ReturnOp>(moduleLoc, outputs);
  SmallVector<Type> resultTypes(ValueRange(outputs).getTypes());
  function.setFunctionType(
      FunctionType::get(context, entry->getArgumentTypes(), resultTypes));
  for (auto [i, name] : llvm::enumerate(inputNames))
    function.setArgAttr(i, "onnx.name", builder.getStringAttr(name));
  for (auto [i, name] : llvm::enumerate(outputNames))
    function.setResultAttr(i, "onnx.name", builder.getStringAttr(name));
  return success();
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

size_t Importer::countInputs(const c10::TypePtr &type,
                             const c10::IValue *example) {
  switch (type->kind()) {
  case c10::TypeKind::OptionalType:
    if (!example)
      return 0;
    return example->isNone()
               ? 0
               : countInputs(
                     type->castRaw<c10::OptionalType>()->getElementType(),
                     example);
  case c10::TypeKind::TupleType: {
    size_t count = 0, i = 0;
    for (const c10::TypePtr &element :
         type->castRaw<c10::TupleType>()->elements()) {
      const c10::IValue *part = example && example->isTuple()
                                    ? &example->toTupleRef().elements()[i]
                                    : nullptr;
      count += countInputs(element, part);
      ++i;
    }
    return count;
  }
  case c10::TypeKind::ListType: {
    size_t count = 0;
    if (example && example->isList())
      for (const c10::IValue &element : example->toListRef())
        count += countInputs(type->castRaw<c10::ListType>()->getElementType(),
                             &element);
    return count;
  }
  case c10::TypeKind::DictType: {
    size_t count = 0;
    if (example && example->isGenericDict())
      for (const auto &item : example->toGenericDict()) {
        c10::IValue value = item.value();
        count +=
            countInputs(type->castRaw<c10::DictType>()->getValueType(), &value);
      }
    return count;
  }
  default:
    return 1;
  }
}

Value Importer::addTensorArgument(
    Type dtype, std::optional<SmallVector<Symbolic::DimAttr>> dims,
    const std::string &defaultName) {
  size_t position = inputNames.size();
  std::string name = position < options.inputNames.size()
                         ? options.inputNames[position]
                         : defaultName;
  if (llvm::is_contained(inputNames, name)) {
    emitError(moduleLoc) << "the name '" << name << "' is given to two inputs";
    return nullptr;
  }

  // What the user says of this input, by its name or by its position.
  for (auto [i, spec] : llvm::enumerate(options.inputs)) {
    if (spec.name.empty() ? i != position
                          : spec.name != name && spec.name != defaultName)
      continue;
    usedSpecs.insert(std::to_string(i));
    if (!spec.dtype.empty()) {
      dtype = parseDtype(context, spec.dtype);
      if (!dtype) {
        emitError(moduleLoc) << "'" << spec.dtype << "', given for input '"
                             << name << "', is no dtype";
        return nullptr;
      }
    }
    if (!spec.dims)
      continue;
    dims.emplace();
    for (const InputDim &dim : *spec.dims) {
      if (auto *size = std::get_if<int64_t>(&dim))
        dims->push_back(Symbolic::DimAttr::getConstant(context, *size));
      else if (auto *symbol = std::get_if<std::string>(&dim))
        dims->push_back(Symbolic::DimAttr::getSymbol(context, *symbol));
      else
        dims->push_back(Symbolic::DimAttr());
    }
  }
  for (auto [i, axis] : llvm::enumerate(options.dynamicAxes)) {
    if (axis.input != name && axis.input != defaultName)
      continue;
    usedSpecs.insert("axis" + std::to_string(i));
    if (!dims) {
      emitError(moduleLoc) << "dimension " << axis.axis << " of input '" << name
                           << "' is to be dynamic, but its other dimensions "
                              "are unknown; give them with --input";
      return nullptr;
    }
    int64_t rank = dims->size();
    int64_t at = axis.axis < 0 ? axis.axis + rank : axis.axis;
    if (at < 0 || at >= rank) {
      emitError(moduleLoc) << "input '" << name << "' has " << rank
                           << (rank == 1 ? " dimension" : " dimensions")
                           << ", so it has no dimension " << axis.axis
                           << " to be dynamic";
      return nullptr;
    }
    (*dims)[at] = axis.symbol.empty()
                      ? Symbolic::DimAttr()
                      : Symbolic::DimAttr::getSymbol(context, axis.symbol);
  }

  std::optional<ArrayRef<Symbolic::DimAttr>> dimList;
  if (dims)
    dimList = ArrayRef<Symbolic::DimAttr>(*dims);
  inputNames.push_back(name);
  return entry->addArgument(Torch::TensorType::get(context, dimList, dtype),
                            moduleLoc);
}

Value Importer::importInput(const c10::TypePtr &type,
                            const c10::IValue *example, const std::string &name,
                            const c10::IValue *defaultValue) {
  auto isListed = [&] {
    return llvm::any_of(options.inputs, [&](const InputSpec &spec) {
      return spec.name == name;
    });
  };
  switch (type->kind()) {
  case c10::TypeKind::TensorType: {
    Type dtype;
    std::optional<SmallVector<Symbolic::DimAttr>> dims;
    auto setSizes = [&](ArrayRef<int64_t> sizes) {
      dims.emplace();
      for (int64_t size : sizes)
        dims->push_back(Symbolic::DimAttr::getConstant(context, size));
    };
    if (example && example->isTensor()) {
      const at::Tensor &tensor = example->toTensor();
      dtype = convertDtype(context, tensor.scalar_type());
      setSizes(ArrayRef<int64_t>(tensor.sizes().data(), tensor.dim()));
    } else {
      auto *tensor = type->castRaw<c10::TensorType>();
      if (tensor->scalarType())
        dtype = convertDtype(context, *tensor->scalarType());
      if (auto sizes = tensor->sizes().concrete_sizes())
        setSizes(*sizes);
      else if (auto rank = tensor->dim())
        dims.emplace(*rank, Symbolic::DimAttr());
    }
    return addTensorArgument(dtype, std::move(dims), name);
  }
  case c10::TypeKind::OptionalType:
    if (example ? example->isNone() : !isListed())
      return constants->getNone(moduleLoc);
    return importInput(type->castRaw<c10::OptionalType>()->getElementType(),
                       example, name);
  case c10::TypeKind::TupleType: {
    SmallVector<Value> elements;
    SmallVector<Type> types;
    auto elementTypes = type->castRaw<c10::TupleType>()->elements();
    bool hasParts =
        example && example->isTuple() &&
        example->toTupleRef().elements().size() == elementTypes.size();
    for (size_t i = 0; i < elementTypes.size(); ++i) {
      Value element =
          importInput(elementTypes[i],
                      hasParts ? &example->toTupleRef().elements()[i] : nullptr,
                      join(name, std::to_string(i)));
      if (!element)
        return nullptr;
      elements.push_back(element);
      types.push_back(element.getType());
    }
    return builder
        .create<Torch::PrimTupleConstructOp>(
            moduleLoc, TypeRange(Torch::TupleType::get(context, types)),
            elements)
        ->getResult(0);
  }
  case c10::TypeKind::ListType: {
    if (!example || !example->isList())
      break;
    SmallVector<Value> elements;
    for (auto [i, part] : llvm::enumerate(example->toListRef())) {
      Value element =
          importInput(type->castRaw<c10::ListType>()->getElementType(), &part,
                      join(name, std::to_string(i)));
      if (!element)
        return nullptr;
      elements.push_back(element);
    }
    return builder
        .create<Torch::PrimListConstructOp>(
            moduleLoc, TypeRange(convertType(context, type)), elements)
        ->getResult(0);
  }
  case c10::TypeKind::DictType: {
    if (!example || !example->isGenericDict())
      break;
    SmallVector<Value> entries;
    for (const auto &item : example->toGenericDict()) {
      c10::IValue key = item.key(), part = item.value();
      std::string keyText =
          key.isString() ? key.toStringRef() : std::to_string(key.toInt());
      Value keyValue = constants->get(moduleLoc, key, key.type());
      Value element =
          importInput(type->castRaw<c10::DictType>()->getValueType(), &part,
                      join(name, keyText));
      if (!keyValue || !element)
        return nullptr;
      entries.append({keyValue, element});
    }
    return builder
        .create<Torch::PrimDictConstructOp>(
            moduleLoc, TypeRange(convertType(context, type)), entries)
        ->getResult(0);
  }
  case c10::TypeKind::IntType:
  case c10::TypeKind::FloatType:
  case c10::TypeKind::BoolType: {
    if (defaultValue && !isListed())
      return constants->get(moduleLoc, *defaultValue, type);
    // ONNX has no scalars: a tensor of rank 0 stands for the number.
    bool isInt = type->kind() == c10::TypeKind::IntType;
    bool isFloat = type->kind() == c10::TypeKind::FloatType;
    Type dtype = isInt     ? Type(builder.getI64Type())
                 : isFloat ? Type(builder.getF64Type())
                           : Type(builder.getI1Type());
    Value argument =
        addTensorArgument(dtype, SmallVector<Symbolic::DimAttr>(), name);
    if (!argument)
      return nullptr;
    StringRef key = isInt     ? "torch.aten.Int.Tensor"
                    : isFloat ? "torch.aten.Float.Tensor"
                              : "torch.aten.Bool.Tensor";
    OperationState state(moduleLoc, key);
    state.addOperands(argument);
    state.addTypes(convertType(context, type));
    return builder.create(state)->getResult(0);
  }
  default:
    break;
  }
  if (defaultValue)
    return constants->get(moduleLoc, *defaultValue, type, name);
  InFlightDiagnostic diagnostic = emitError(moduleLoc)
                                  << "input '" << name << "' has type "
                                  << type->repr_str();
  if (type->kind() == c10::TypeKind::ListType ||
      type->kind() == c10::TypeKind::DictType)
    diagnostic << ", and how many elements it has is not known; trace the "
                  "model with an example input, or wrap it in a module whose "
                  "forward() takes tensors";
  else
    diagnostic << ", which an ONNX model cannot take; wrap the model in a "
                  "module whose forward() fixes it";
  return nullptr;
}

LogicalResult Importer::checkInputOptions() {
  auto listInputs = [&](InFlightDiagnostic &diagnostic) {
    if (inputNames.empty()) {
      diagnostic << "it has none";
      return;
    }
    diagnostic << (inputNames.size() == 1 ? "its input is '"
                                          : "its inputs are '")
               << llvm::join(inputNames, "', '") << "'";
  };
  for (auto [i, spec] : llvm::enumerate(options.inputs)) {
    if (usedSpecs.contains(std::to_string(i)))
      continue;
    InFlightDiagnostic diagnostic = emitError(moduleLoc);
    if (spec.name.empty())
      diagnostic << options.inputs.size()
                 << " inputs are described, but the model has "
                 << inputNames.size() << "; ";
    else
      diagnostic << "the model has no input '" << spec.name << "'; ";
    listInputs(diagnostic);
    return failure();
  }
  for (auto [i, axis] : llvm::enumerate(options.dynamicAxes)) {
    if (usedSpecs.contains("axis" + std::to_string(i)))
      continue;
    InFlightDiagnostic diagnostic = emitError(moduleLoc)
                                    << "the model has no input '" << axis.input
                                    << "' to have a dynamic dimension; ";
    listInputs(diagnostic);
    return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// A name that the program gave to the value, and not the tracer.
static std::string getProgramName(const jit::Value *value) {
  if (!value || !value->hasDebugName())
    return "";
  std::string name = value->debugNameBase();
  StringRef text = name;
  if (text.empty() || !(llvm::isAlpha(text[0])))
    return "";
  return name;
}

/// Whether an operation writes to the container.
static bool isWritten(Value container) {
  for (OpOperand &use : container.getUses()) {
    StringRef key = Torch::getSchemaKey(use.getOwner());
    if (key.empty())
      continue;
    std::optional<SchemaInfo> schema = lookupSchema(key);
    unsigned position = use.getOperandNumber();
    if (schema && position < schema->arguments.size() &&
        schema->arguments[position].isWrite)
      return true;
  }
  return false;
}

LogicalResult Importer::addOutput(Frame &frame, const jit::Value *graphValue,
                                  Value value, const std::string &name) {
  const jit::Node *node = graphValue ? graphValue->node() : nullptr;
  auto nodeInput = [&](c10::Symbol kind, size_t i) -> const jit::Value * {
    return node && node->kind() == kind && i < node->inputs().size()
               ? node->input(i)
               : nullptr;
  };
  auto elementName = [&](size_t i) {
    return name.empty() ? std::string() : join(name, std::to_string(i));
  };

  if (auto tuple = value.getDefiningOp<Torch::PrimTupleConstructOp>()) {
    for (auto [i, element] : llvm::enumerate(tuple->getOperands()))
      if (failed(addOutput(frame, nodeInput(prim::TupleConstruct, i), element,
                           elementName(i))))
        return failure();
    return success();
  }
  // A container that is written to after its construction stays one value here;
  // legalize knows its elements.
  if (isa<Torch::ListType, Torch::DictType>(value.getType()) &&
      isWritten(value)) {
    outputs.push_back(value);
    outputNames.push_back(name.empty() ? getProgramName(graphValue) : name);
    return success();
  }
  if (auto list = value.getDefiningOp<Torch::PrimListConstructOp>()) {
    for (auto [i, element] : llvm::enumerate(list->getOperands()))
      if (failed(addOutput(frame, nodeInput(prim::ListConstruct, i), element,
                           elementName(i))))
        return failure();
    return success();
  }
  if (auto dict = value.getDefiningOp<Torch::PrimDictConstructOp>()) {
    for (unsigned i = 0; i + 1 < dict->getNumOperands(); i += 2) {
      std::string key;
      if (auto text = Torch::matchConstantStr(dict->getOperand(i)))
        key = text->str();
      else if (auto number = Torch::matchConstantInt(dict->getOperand(i)))
        key = std::to_string(*number);
      if (failed(addOutput(frame, nullptr, dict->getOperand(i + 1),
                           join(name, key))))
        return failure();
    }
    return success();
  }
  if (auto tuple = dyn_cast<Torch::TupleType>(value.getType())) {
    auto unpack = builder.create<Torch::PrimTupleUnpackOp>(
        moduleLoc, TypeRange(tuple.getElementTypes()), value);
    for (auto [i, element] : llvm::enumerate(unpack->getResults()))
      if (failed(addOutput(frame, nullptr, element, elementName(i))))
        return failure();
    return success();
  }
  // None is no output.
  if (isa<Torch::NoneType>(value.getType()))
    return success();
  if (isa<Torch::IntType, Torch::FloatType, Torch::BoolType, Torch::NumberType>(
          value.getType())) {
    OperationState state(moduleLoc, "torch.prim.NumToTensor.Scalar");
    state.addOperands(value);
    state.addTypes(unknownTensor);
    value = builder.create(state)->getResult(0);
  }
  if (isa<Torch::OptionalType>(value.getType()) ||
      isa<Torch::ListType>(value.getType()) ||
      isa<Torch::TensorType>(value.getType())) {
    outputs.push_back(value);
    outputNames.push_back(name.empty() ? getProgramName(graphValue) : name);
    return success();
  }
  return emitError(moduleLoc)
         << "output " << outputs.size() << " of the model has type "
         << value.getType()
         << ", which an ONNX model cannot return; return tensors";
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

Location Importer::getLocation(const jit::Node *node, Frame &frame) {
  if (locator)
    if (std::optional<Location> location = locator(node))
      return *location;
  std::optional<SourceFrame> own = getSourceFrame(node->sourceRange());
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

Value Importer::lookup(const jit::Value *value, Frame &frame, Location loc) {
  auto found = frame.values.find(value);
  if (found != frame.values.end())
    return found->second;
  if (frame.objects.count(value))
    emitError(loc) << "a module or object of type " << value->type()->repr_str()
                   << " is used as a value, which has no form in ONNX";
  else
    emitError(loc) << "the graph uses %" << value->debugName()
                   << " before it is defined";
  return nullptr;
}

FailureOr<SmallVector<Value>> Importer::getOperands(const jit::Node *node,
                                                    Frame &frame) {
  SmallVector<Value> operands;
  operands.reserve(node->inputs().size());
  for (const jit::Value *input : node->inputs()) {
    auto found = frame.values.find(input);
    Value operand = found != frame.values.end()
                        ? found->second
                        : lookup(input, frame, getLocation(node, frame));
    if (!operand)
      return failure();
    operands.push_back(operand);
  }
  return operands;
}

/// Whether no user of the value may write to it or hand out a view of it.
bool Importer::isOnlyRead(const jit::Value *value) {
  for (const jit::Use &use : value->uses()) {
    const c10::FunctionSchema *schema = use.user->maybeSchema();
    if (!schema || schema->is_vararg() ||
        use.offset >= schema->arguments().size() ||
        schema->arguments()[use.offset].alias_info())
      return false;
  }
  return true;
}

LogicalResult Importer::importBlock(const jit::Block *block, Frame &frame) {
  for (const jit::Node *node : block->nodes())
    if (failed(importNode(node, frame)))
      return failure();
  return success();
}

LogicalResult Importer::importNode(const jit::Node *node, Frame &frame) {
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
  case static_cast<c10::unique_t>(prim::PythonOp): {
    // An autograd.Function; its forward() was traced as well.
    if (node->hasAttribute(c10::attr::Subgraph))
      return importCall(node, *node->g(c10::attr::Subgraph),
                        ArrayRef<const jit::Value *>(node->inputs().data(),
                                                     node->inputs().size()),
                        frame.path, frame);
    std::string name = "a Python function";
    if (auto *op = dynamic_cast<const jit::PythonOp *>(node))
      name = "the Python function '" + op->name() + "'";
    return emitError(getLocation(node, frame))
           << "the model calls " << name
           << ", whose operations were not traced";
  }
  default:
    break;
  }
  // The dialect's optional types do not narrow by themselves.
  if (node->kind() == prim::unchecked_cast || node->kind() == aten::__is__ ||
      node->kind() == aten::__isnot__ || node->kind() == aten::__not__)
    if (foldNoneCheck(node, frame))
      return success();
  for (const jit::Value *input : node->inputs())
    if (frame.objects.count(input)) {
      lookup(input, frame, getLocation(node, frame));
      return failure();
    }
  return importOperator(node, frame);
}

/// Decides `x is None` where the type tells, so that a branch which only serves
/// another configuration of the module is never entered.
bool Importer::foldNoneCheck(const jit::Node *node, Frame &frame) {
  auto get = [&](size_t i) { return frame.values.lookup(node->input(i)); };
  if (node->kind() == prim::unchecked_cast) {
    Value value = get(0);
    Type type = convertType(context, node->output()->type());
    bool same = value && (value.getType() == type ||
                          (isa<Torch::TensorType>(type) &&
                           isa<Torch::TensorType>(value.getType())));
    if (same)
      frame.values[node->output()] = value;
    return same;
  }
  std::optional<bool> known;
  if (node->kind() == aten::__not__) {
    if (Value value = get(0))
      if (auto constant = Torch::matchConstantBool(value))
        known = !*constant;
  } else if (node->inputs().size() == 2) {
    Value lhs = get(0), rhs = get(1);
    if (lhs && rhs) {
      auto mayBeNone = [](Value value) {
        return isa<Torch::NoneType, Torch::OptionalType, Torch::AnyType>(
            value.getType());
      };
      bool lhsNone = Torch::isNone(lhs), rhsNone = Torch::isNone(rhs);
      bool isSame = node->kind() == aten::__is__;
      if (lhsNone && rhsNone)
        known = isSame;
      else if ((lhsNone && !mayBeNone(rhs)) || (rhsNone && !mayBeNone(lhs)))
        known = !isSame;
    }
  }
  if (!known)
    return false;
  frame.values[node->output()] = constants->get(
      getLocation(node, frame), c10::IValue(*known), c10::BoolType::get());
  return true;
}

LogicalResult Importer::importConstant(const jit::Node *node, Frame &frame) {
  const jit::Value *output = node->output();
  // Functions are called by name.
  if (output->type()->kind() == c10::TypeKind::FunctionType)
    return success();
  Location loc = getLocation(node, frame);
  std::optional<c10::IValue> value = jit::toIValue(output);
  if (!value)
    return emitError(loc) << "the graph has a constant of type "
                          << output->type()->repr_str()
                          << ", which has no form in ONNX";
  Value constant = value->isTensor() && value->toTensor().defined()
                       ? constants->getLiteral(loc, value->toTensor(),
                                               value->toTensor().dim() == 0 &&
                                                   isOnlyRead(output))
                       : constants->get(loc, *value, output->type());
  if (!constant)
    return failure();
  frame.values[output] = constant;
  return success();
}

LogicalResult Importer::importGetAttr(const jit::Node *node, Frame &frame) {
  auto found = frame.objects.find(node->input());
  const std::string &name = node->s(c10::attr::name);
  if (found == frame.objects.end())
    return emitError(getLocation(node, frame))
           << "the attribute '" << name << "' of a value of type "
           << node->input()->type()->repr_str() << " has no form in ONNX";
  const ObjectRef &owner = found->second;
  std::string path = join(owner.path, name);
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
  Value constant = constants->get(loc, value, node->output()->type(), path);
  if (!constant)
    return failure();
  frame.values[node->output()] = constant;
  return success();
}

LogicalResult Importer::bindLike(const jit::Value *to, const jit::Value *from,
                                 Frame &toFrame, Frame &fromFrame,
                                 Location loc) {
  auto object = fromFrame.objects.find(from);
  if (object != fromFrame.objects.end()) {
    ObjectRef copy = object->second;
    toFrame.objects[to] = copy;
    return success();
  }
  Value value = lookup(from, fromFrame, loc);
  if (!value)
    return failure();
  toFrame.values[to] = value;
  return success();
}

LogicalResult Importer::importCall(const jit::Node *node,
                                   const jit::Graph &graph,
                                   ArrayRef<const jit::Value *> arguments,
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
  std::optional<SourceFrame> site = getSourceFrame(node->sourceRange());
  callee.caller = site && site->isUser ? site
                  : frame.caller       ? frame.caller
                                       : site;
  for (auto [parameter, argument] : llvm::zip(graph.inputs(), arguments))
    if (failed(bindLike(parameter, argument, callee, frame, loc)))
      return failure();
  ++depth;
  LogicalResult status = importBlock(graph.block(), callee);
  --depth;
  if (failed(status))
    return failure();
  auto results = graph.outputs();
  if (results.size() != node->outputs().size())
    return emitError(loc) << "a call expects " << node->outputs().size()
                          << " results of a function of " << results.size();
  for (auto [output, result] : llvm::zip(node->outputs(), results))
    if (failed(bindLike(output, result, frame, callee, loc)))
      return failure();
  return success();
}

LogicalResult Importer::importMethodCall(const jit::Node *node, Frame &frame) {
  const std::string &name = node->s(c10::attr::name);
  auto found = frame.objects.find(node->input(0));
  if (found == frame.objects.end())
    return emitError(getLocation(node, frame))
           << "the method '" << name << "' of a value of type "
           << node->input(0)->type()->repr_str() << " has no form in ONNX";
  ObjectRef owner = found->second;
  jit::Function *method = owner.object->type()->findMethod(name);
  jit::GraphFunction *function =
      method ? jit::tryToGraphFunction(*method) : nullptr;
  if (!function)
    return emitError(getLocation(node, frame))
           << "'" << owner.path << "' has no method '" << name
           << "' written in TorchScript";
  return importCall(node, *function->graph(),
                    ArrayRef<const jit::Value *>(node->inputs().data(),
                                                 node->inputs().size()),
                    owner.path, frame);
}

LogicalResult Importer::importFunctionCall(const jit::Node *node,
                                           Frame &frame) {
  auto type = node->input(0)->type()->cast<c10::FunctionType>();
  jit::GraphFunction *function =
      type ? jit::tryToGraphFunction(*type->function()) : nullptr;
  if (!function)
    return emitError(getLocation(node, frame))
           << "the model calls a function which is not known before it runs";
  return importCall(node, *function->graph(),
                    ArrayRef<const jit::Value *>(node->inputs().data() + 1,
                                                 node->inputs().size() - 1),
                    frame.path, frame);
}

LogicalResult Importer::importIf(const jit::Node *node, Frame &frame) {
  Location loc = getLocation(node, frame);
  Value condition = lookup(node->input(), frame, loc);
  if (!condition)
    return failure();
  // A branch on a constant of the module's configuration is decided here: the
  // other one may hold what cannot be imported.
  if (auto known = Torch::matchConstantBool(condition)) {
    const jit::Block *taken = node->blocks()[*known ? 0 : 1];
    if (failed(importBlock(taken, frame)))
      return failure();
    for (auto [output, result] : llvm::zip(node->outputs(), taken->outputs()))
      if (failed(bindLike(output, result, frame, frame, loc)))
        return failure();
    return success();
  }
  SmallVector<Type> types;
  for (const jit::Value *output : node->outputs())
    types.push_back(convertType(context, output->type()));
  auto op = builder.create<Torch::PrimIfOp>(loc, types, condition);
  for (auto [region, block] : llvm::zip(op->getRegions(), node->blocks())) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(&region.front());
    if (failed(importBlock(block, frame)))
      return failure();
    SmallVector<Value> values;
    for (const jit::Value *output : block->outputs()) {
      Value value = lookup(output, frame, loc);
      if (!value)
        return failure();
      values.push_back(value);
    }
    builder.create<Torch::PrimYieldOp>(loc, values);
  }
  for (auto [output, result] : llvm::zip(node->outputs(), op->getResults()))
    frame.values[output] = result;
  return success();
}

LogicalResult Importer::importLoop(const jit::Node *node, Frame &frame) {
  Location loc = getLocation(node, frame);
  FailureOr<SmallVector<Value>> operands = getOperands(node, frame);
  if (failed(operands))
    return failure();
  SmallVector<Type> types;
  for (const jit::Value *output : node->outputs())
    types.push_back(convertType(context, output->type()));
  auto op = builder.create<Torch::PrimLoopOp>(
      loc, types, (*operands)[0], (*operands)[1],
      ValueRange(*operands).drop_front(2));
  OpBuilder::InsertionGuard guard(builder);
  Block &body = op.getBodyBlock();
  builder.setInsertionPointToEnd(&body);
  const jit::Block *block = node->blocks()[0];
  for (auto [parameter, argument] :
       llvm::zip(block->inputs(), body.getArguments()))
    frame.values[parameter] = argument;
  if (failed(importBlock(block, frame)))
    return failure();
  SmallVector<Value> values;
  for (const jit::Value *output : block->outputs()) {
    Value value = lookup(output, frame, loc);
    if (!value)
      return failure();
    values.push_back(value);
  }
  builder.create<Torch::PrimLoopConditionOp>(loc, values.front(),
                                             ValueRange(values).drop_front());
  for (auto [output, result] : llvm::zip(node->outputs(), op->getResults()))
    frame.values[output] = result;
  return success();
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

const OperatorInfo &Importer::getOperator(const jit::Node *node) {
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

Torch::TensorType Importer::getTracedRankAndDtype(const jit::Value *value) {
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

LogicalResult Importer::importOperator(const jit::Node *node, Frame &frame) {
  FailureOr<SmallVector<Value>> operands = getOperands(node, frame);
  if (failed(operands))
    return failure();
  Location loc = getLocation(node, frame);
  if (!node->blocks().empty())
    return emitError(loc) << "the model uses " << node->kind().toQualString()
                          << ", which has no form in ONNX";

  // Lists of constants, such as strides, are constants as long as nothing
  // writes to them.
  if (node->kind() == prim::ListConstruct &&
      llvm::all_of(*operands,
                   [&](Value value) { return constants->contains(value); }) &&
      isOnlyRead(node->output())) {
    frame.values[node->output()] = constants->getList(
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
      types.push_back(getTracedRankAndDtype(output));
    else
      types.push_back(unknownTensor);
  }
  Operation *op;
  if (info.operation) {
    OperationState state(loc, *info.operation);
    state.addOperands(*operands);
    state.addTypes(types);
    op = builder.create(state);
  } else {
    OperationState state(loc, Torch::OperatorOp::getOperationName());
    state.addOperands(*operands);
    state.addTypes(types);
    state.addAttribute("name", info.key);
    if (info.schema)
      state.addAttribute("schema", info.schema);
    op = builder.create(state);
  }
  for (auto [output, result] : llvm::zip(node->outputs(), op->getResults()))
    frame.values[output] = result;
  return success();
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

OwningOpRef<ModuleOp>
Importer::importTracedGraph(const jit::Graph &graph,
                            const std::vector<NamedTensor> &weights) {
  if (weights.size() > graph.inputs().size()) {
    emitError(moduleLoc) << weights.size()
                         << " weights are given for a graph of "
                         << graph.inputs().size() << " inputs";
    return nullptr;
  }
  size_t inputCount = graph.inputs().size() - weights.size();
  std::vector<std::string> weightNames;
  for (const NamedTensor &weight : weights)
    weightNames.push_back(weight.first);
  size_t flattened = 0;
  for (size_t i = 0; i < inputCount; ++i)
    flattened += countInputs(graph.inputs()[i]->type(), nullptr);
  startFunction("", weightNames, flattened);

  Frame frame;
  for (size_t i = 0; i < inputCount; ++i) {
    const jit::Value *input = graph.inputs()[i];
    std::string name = getProgramName(input);
    if (name.empty())
      name = inputCount == 1 ? "input" : "input_" + std::to_string(i);
    Value value = importInput(input->type(), nullptr, name);
    if (!value)
      return nullptr;
    frame.values[input] = value;
  }
  for (size_t i = 0; i < weights.size(); ++i) {
    const jit::Value *input = graph.inputs()[inputCount + i];
    if (!input->hasUses())
      continue;
    Value value =
        constants->getWeight(moduleLoc, weights[i].second, weights[i].first);
    if (!value)
      return nullptr;
    frame.values[input] = value;
  }
  if (failed(importBlock(graph.block(), frame)) ||
      failed(finishFunction(ArrayRef<const jit::Value *>(
                                graph.outputs().data(), graph.outputs().size()),
                            frame)))
    return nullptr;
  return std::move(module);
}

OwningOpRef<ModuleOp>
Importer::importMethod(const jit::Module &source,
                       const std::vector<c10::IValue> &examples) {
  auto found = source.find_method(options.method);
  if (!found) {
    InFlightDiagnostic diagnostic = emitError(moduleLoc)
                                    << "the model has no method '"
                                    << options.method << "'; ";
    SmallVector<std::string> names;
    for (const jit::Method &method : source.get_methods())
      names.push_back(method.name());
    if (names.empty())
      diagnostic << "it has none";
    else
      diagnostic << "it has '" << llvm::join(names, "', '") << "'";
    return nullptr;
  }
  jit::GraphFunction *function = jit::tryToGraphFunction(found->function());
  if (!function) {
    emitError(moduleLoc) << "the method '" << options.method
                         << "' is not written in TorchScript";
    return nullptr;
  }
  std::shared_ptr<jit::Graph> graph = function->graph();
  const c10::FunctionSchema &schema = function->getSchema();
  size_t inputCount = graph->inputs().size() - 1;
  auto exampleOf = [&](size_t i) -> const c10::IValue * {
    return i < examples.size() ? &examples[i] : nullptr;
  };
  size_t flattened = 0;
  for (size_t i = 0; i < inputCount; ++i)
    flattened += countInputs(graph->inputs()[i + 1]->type(), exampleOf(i));
  std::vector<std::string> weightNames;
  collectWeightNames(source._ivalue(), "", weightNames);
  std::string className =
      source.type()->name() ? source.type()->name()->name() : "";
  startFunction(className, weightNames, flattened);

  Frame frame;
  frame.objects[graph->inputs()[0]] = {source._ivalue(), ""};
  for (size_t i = 0; i < inputCount; ++i) {
    const jit::Value *input = graph->inputs()[i + 1];
    std::string name;
    const c10::IValue *defaultValue = nullptr;
    if (i + 1 < schema.arguments().size()) {
      const c10::Argument &argument = schema.arguments()[i + 1];
      name = argument.name();
      if (argument.default_value())
        defaultValue = &*argument.default_value();
    }
    if (name.empty())
      name = getProgramName(input);
    if (name.empty())
      name = inputCount == 1 ? "input" : "input_" + std::to_string(i);
    Value value = importInput(input->type(), exampleOf(i), name, defaultValue);
    if (!value)
      return nullptr;
    frame.values[input] = value;
  }
  if (failed(importBlock(graph->block(), frame)) ||
      failed(
          finishFunction(ArrayRef<const jit::Value *>(graph->outputs().data(),
                                                      graph->outputs().size()),
                         frame)))
    return nullptr;
  return std::move(module);
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
    return Importer(options, context, locator)
        .importTracedGraph(*graph, weights);
  });
}

OwningOpRef<ModuleOp> importModule(const jit::Module &module,
                                   const ImportOptions &options,
                                   MLIRContext *context,
                                   const std::vector<c10::IValue> &examples) {
  loadImportDialects(context);
  NodeLocator none;
  return runGuarded(context, [&] {
    return Importer(options, context, none).importMethod(module, examples);
  });
}

} // namespace torchonnx
