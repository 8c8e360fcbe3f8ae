//===- TorchGraphInputs.cpp - TorchScript's inputs as arguments -----------===//

#include "lib/Import/TorchGraphInputs.h"

#include "dialects/Torch/TorchOps.h"
#include "lib/Import/SourceLocations.h"
#include "lib/Import/TypeConversion.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace torchonnx {

size_t countTorchInputs(const c10::TypePtr &type, const c10::IValue *example) {
  switch (type->kind()) {
  case c10::TypeKind::OptionalType:
    if (!example || example->isNone())
      return 0;
    return countTorchInputs(
        type->castRaw<c10::OptionalType>()->getElementType(), example);
  case c10::TypeKind::TupleType: {
    size_t count = 0, i = 0;
    for (const c10::TypePtr &element :
         type->castRaw<c10::TupleType>()->elements()) {
      const c10::IValue *part = example && example->isTuple()
                                    ? &example->toTupleRef().elements()[i]
                                    : nullptr;
      count += countTorchInputs(element, part);
      ++i;
    }
    return count;
  }
  case c10::TypeKind::ListType: {
    size_t count = 0;
    if (example && example->isList())
      for (const c10::IValue &element : example->toListRef())
        count += countTorchInputs(
            type->castRaw<c10::ListType>()->getElementType(), &element);
    return count;
  }
  case c10::TypeKind::DictType: {
    size_t count = 0;
    if (example && example->isGenericDict())
      for (const auto &item : example->toGenericDict()) {
        c10::IValue value = item.value();
        count += countTorchInputs(
            type->castRaw<c10::DictType>()->getValueType(), &value);
      }
    return count;
  }
  default:
    return 1;
  }
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// Applies what the user says of an input, by its name or by its position.
bool TorchGraphInputs::applySpecs(Type &dtype, Dims &dims,
                                  const std::string &name,
                                  const std::string &defaultName) {
  size_t position = names.size();
  for (auto [i, spec] : llvm::enumerate(options.inputs)) {
    if (spec.name.empty() ? i != position
                          : spec.name != name && spec.name != defaultName)
      continue;
    usedSpecs.insert(i);
    if (!spec.dtype.empty()) {
      dtype = parseDtype(context, spec.dtype);
      if (!dtype) {
        emitError(loc) << "'" << spec.dtype << "', given for input '" << name
                       << "', is no dtype";
        return false;
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
  return true;
}

bool TorchGraphInputs::applyDynamicAxes(Dims &dims, const std::string &name,
                                        const std::string &defaultName) {
  for (auto [i, axis] : llvm::enumerate(options.dynamicAxes)) {
    if (axis.input != name && axis.input != defaultName)
      continue;
    usedAxes.insert(i);
    if (!dims) {
      emitError(loc) << "dimension " << axis.axis << " of input '" << name
                     << "' is to be dynamic, but its other dimensions are "
                        "unknown; give them with --input, for example --input="
                     << name << "=batch,3,224,224:f32";
      return false;
    }
    int64_t rank = dims->size();
    int64_t at = axis.axis < 0 ? axis.axis + rank : axis.axis;
    if (at < 0 || at >= rank) {
      emitError(loc) << "input '" << name << "' has " << rank
                     << (rank == 1 ? " dimension" : " dimensions")
                     << ", so it has no dimension " << axis.axis
                     << " to be dynamic";
      return false;
    }
    (*dims)[at] = axis.symbol.empty()
                      ? Symbolic::DimAttr()
                      : Symbolic::DimAttr::getSymbol(context, axis.symbol);
  }
  return true;
}

Value TorchGraphInputs::addArgument(Type dtype, Dims dims,
                                    const std::string &defaultName) {
  std::string name = names.size() < options.inputNames.size()
                         ? options.inputNames[names.size()]
                         : defaultName;
  if (llvm::is_contained(names, name)) {
    emitError(loc) << "the name '" << name << "' is given to two inputs";
    return nullptr;
  }
  if (!applySpecs(dtype, dims, name, defaultName) ||
      !applyDynamicAxes(dims, name, defaultName))
    return nullptr;
  std::optional<ArrayRef<Symbolic::DimAttr>> dimList;
  if (dims)
    dimList = ArrayRef<Symbolic::DimAttr>(*dims);
  names.push_back(name);
  return entry->addArgument(Torch::TensorType::get(context, dimList, dtype),
                            loc);
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

Value TorchGraphInputs::addTensor(const c10::TensorType &type,
                                  const c10::IValue *example,
                                  const std::string &name) {
  Type dtype;
  Dims dims;
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
    if (type.scalarType())
      dtype = convertDtype(context, *type.scalarType());
    if (auto sizes = type.sizes().concrete_sizes())
      setSizes(*sizes);
    else if (auto rank = type.dim())
      dims.emplace(*rank, Symbolic::DimAttr());
  }
  return addArgument(dtype, std::move(dims), name);
}

/// ONNX has no scalars: a tensor of rank 0 stands for the number.
Value TorchGraphInputs::addNumber(const c10::TypePtr &type,
                                  const std::string &name) {
  bool isInt = type->kind() == c10::TypeKind::IntType;
  bool isFloat = type->kind() == c10::TypeKind::FloatType;
  Type dtype = isInt     ? Type(builder.getI64Type())
               : isFloat ? Type(builder.getF64Type())
                         : Type(builder.getI1Type());
  Value argument = addArgument(dtype, SmallVector<Symbolic::DimAttr>(), name);
  if (!argument)
    return nullptr;
  StringRef key = isInt     ? "torch.aten.Int.Tensor"
                  : isFloat ? "torch.aten.Float.Tensor"
                            : "torch.aten.Bool.Tensor";
  OperationState state(loc, key);
  state.addOperands(argument);
  state.addTypes(convertType(context, type));
  return builder.create(state)->getResult(0);
}

Value TorchGraphInputs::add(const c10::TypePtr &type,
                            const c10::IValue *example, const std::string &name,
                            const c10::IValue *defaultValue) {
  auto isListed = [&] {
    return llvm::any_of(options.inputs, [&](const InputSpec &spec) {
      return spec.name == name;
    });
  };
  switch (type->kind()) {
  case c10::TypeKind::TensorType:
    return addTensor(*type->castRaw<c10::TensorType>(), example, name);
  case c10::TypeKind::OptionalType:
    if (example ? example->isNone() : !isListed())
      return constants.getNone(loc);
    return add(type->castRaw<c10::OptionalType>()->getElementType(), example,
               name);
  case c10::TypeKind::TupleType: {
    SmallVector<Value> elements;
    SmallVector<Type> types;
    auto elementTypes = type->castRaw<c10::TupleType>()->elements();
    bool hasParts =
        example && example->isTuple() &&
        example->toTupleRef().elements().size() == elementTypes.size();
    for (size_t i = 0; i < elementTypes.size(); ++i) {
      Value element =
          add(elementTypes[i],
              hasParts ? &example->toTupleRef().elements()[i] : nullptr,
              joinPath(name, std::to_string(i)));
      if (!element)
        return nullptr;
      elements.push_back(element);
      types.push_back(element.getType());
    }
    return builder
        .create<Torch::PrimTupleConstructOp>(
            loc, TypeRange(Torch::TupleType::get(context, types)), elements)
        ->getResult(0);
  }
  case c10::TypeKind::ListType: {
    if (!example || !example->isList())
      break;
    SmallVector<Value> elements;
    for (auto [i, part] : llvm::enumerate(example->toListRef())) {
      Value element = add(type->castRaw<c10::ListType>()->getElementType(),
                          &part, joinPath(name, std::to_string(i)));
      if (!element)
        return nullptr;
      elements.push_back(element);
    }
    return builder
        .create<Torch::PrimListConstructOp>(
            loc, TypeRange(convertType(context, type)), elements)
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
      Value keyValue = constants.get(loc, key, key.type());
      Value element = add(type->castRaw<c10::DictType>()->getValueType(), &part,
                          joinPath(name, keyText));
      if (!keyValue || !element)
        return nullptr;
      entries.append({keyValue, element});
    }
    return builder
        .create<Torch::PrimDictConstructOp>(
            loc, TypeRange(convertType(context, type)), entries)
        ->getResult(0);
  }
  case c10::TypeKind::IntType:
  case c10::TypeKind::FloatType:
  case c10::TypeKind::BoolType:
    if (defaultValue && !isListed())
      return constants.get(loc, *defaultValue, type);
    return addNumber(type, name);
  default:
    break;
  }
  if (defaultValue)
    return constants.get(loc, *defaultValue, type, name);
  InFlightDiagnostic diagnostic = emitError(loc)
                                  << "input '" << name << "' has type "
                                  << type->annotation_str();
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

LogicalResult TorchGraphInputs::checkOptions() const {
  auto listInputs = [&](InFlightDiagnostic &diagnostic) -> LogicalResult {
    if (names.empty())
      return diagnostic << "it has none";
    return diagnostic << (names.size() == 1 ? "its input is '"
                                            : "its inputs are '")
                      << llvm::join(names, "', '") << "'";
  };
  for (auto [i, spec] : llvm::enumerate(options.inputs)) {
    if (usedSpecs.contains(i))
      continue;
    InFlightDiagnostic diagnostic = emitError(loc);
    if (spec.name.empty())
      diagnostic << options.inputs.size()
                 << " inputs are described, but the model has " << names.size()
                 << "; ";
    else
      diagnostic << "the model has no input '" << spec.name << "'; ";
    return listInputs(diagnostic);
  }
  for (auto [i, axis] : llvm::enumerate(options.dynamicAxes)) {
    if (usedAxes.contains(i))
      continue;
    InFlightDiagnostic diagnostic = emitError(loc)
                                    << "the model has no input '" << axis.input
                                    << "' to have a dynamic dimension; ";
    return listInputs(diagnostic);
  }
  return success();
}

} // namespace torchonnx
