//===- TorchGraphOutputs.cpp - Results of the function --------------------===//

#include "lib/Import/TorchGraphOutputs.h"

#include "dialects/Torch/TorchOps.h"
#include "lib/Import/SourceLocations.h"
#include "lib/Support/TorchSchemas.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
namespace jit = torch::jit;
namespace prim = c10::prim;

namespace torchonnx {

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

LogicalResult TorchGraphOutputs::add(const jit::Value *graphValue, Value value,
                                     const std::string &name) {
  const jit::Node *node = graphValue ? graphValue->node() : nullptr;
  auto nodeInput = [&](c10::Symbol kind, size_t i) -> const jit::Value * {
    return node && node->kind() == kind && i < node->inputs().size()
               ? node->input(i)
               : nullptr;
  };
  auto elementName = [&](size_t i) {
    return name.empty() ? std::string() : joinPath(name, std::to_string(i));
  };

  if (auto tuple = value.getDefiningOp<Torch::PrimTupleConstructOp>()) {
    for (auto [i, element] : llvm::enumerate(tuple->getOperands()))
      if (failed(
              add(nodeInput(prim::TupleConstruct, i), element, elementName(i))))
        return failure();
    return success();
  }
  // A container that is written to after its construction stays one value here;
  // legalize knows its elements.
  if (isa<Torch::ListType, Torch::DictType>(value.getType()) &&
      isWritten(value)) {
    values.push_back(value);
    names.push_back(name.empty() ? getProgramName(graphValue) : name);
    return success();
  }
  if (auto list = value.getDefiningOp<Torch::PrimListConstructOp>()) {
    for (auto [i, element] : llvm::enumerate(list->getOperands()))
      if (failed(
              add(nodeInput(prim::ListConstruct, i), element, elementName(i))))
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
      if (failed(add(nullptr, dict->getOperand(i + 1), joinPath(name, key))))
        return failure();
    }
    return success();
  }
  if (auto tuple = dyn_cast<Torch::TupleType>(value.getType())) {
    auto unpack = builder.create<Torch::PrimTupleUnpackOp>(
        loc, TypeRange(tuple.getElementTypes()), value);
    for (auto [i, element] : llvm::enumerate(unpack->getResults()))
      if (failed(add(nullptr, element, elementName(i))))
        return failure();
    return success();
  }
  // None is no output.
  if (isa<Torch::NoneType>(value.getType()))
    return success();
  if (isa<Torch::IntType, Torch::FloatType, Torch::BoolType, Torch::NumberType>(
          value.getType())) {
    OperationState state(loc, "torch.prim.NumToTensor.Scalar");
    state.addOperands(value);
    state.addTypes(Torch::TensorType::getUnknown(builder.getContext()));
    value = builder.create(state)->getResult(0);
  }
  if (isa<Torch::OptionalType>(value.getType()) ||
      isa<Torch::ListType>(value.getType()) ||
      isa<Torch::TensorType>(value.getType())) {
    values.push_back(value);
    names.push_back(name.empty() ? getProgramName(graphValue) : name);
    return success();
  }
  return emitError(loc)
         << "output " << values.size() << " of the model has type "
         << value.getType()
         << ", which an ONNX model cannot return; return tensors";
}

LogicalResult TorchGraphOutputs::chooseNames(ArrayRef<std::string> inputNames) {
  size_t given = options.outputNames.size();
  if (given > values.size())
    return emitError(loc) << given << " output names are given, but the "
                          << "model has " << values.size()
                          << (values.size() == 1 ? " output" : " outputs");
  llvm::StringSet<> used;
  for (const std::string &name : inputNames)
    used.insert(name);
  // Names which the user gives come first, so that a default one avoids them.
  for (size_t i = 0; i < given; ++i) {
    names[i] = options.outputNames[i];
    if (!used.insert(names[i]).second)
      return emitError(loc) << "the name '" << names[i]
                            << "' is given to two inputs or outputs";
  }
  for (size_t i = given; i < values.size(); ++i) {
    std::string base = names[i];
    if (base.empty())
      base = values.size() == 1 ? "output" : "output_" + std::to_string(i);
    std::string name = base;
    for (unsigned suffix = 1; !used.insert(name).second; ++suffix)
      name = base + "_" + std::to_string(suffix);
    names[i] = name;
  }
  return success();
}

} // namespace torchonnx
