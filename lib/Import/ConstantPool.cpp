//===- ConstantPool.cpp - Uniqued constants at a function's start ---------===//

#include <ATen/ATen.h>

#include "lib/Import/ConstantPool.h"

#include "dialects/Torch/TorchOps.h"
#include "lib/Import/TypeConversion.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"

#include <atomic>
#include <numeric>
#include <sstream>

using namespace mlir;

namespace torchonnx {

/// Tensors up to this many elements are attributes that print in place.
static constexpr int64_t kInlineElements = 8;

ConstantPool::ConstantPool(Block *entry, llvm::StringMap<std::string> renames)
    : context(entry->getParentOp()->getContext()), entry(entry),
      builder(context), renames(std::move(renames)) {}

OpBuilder &ConstantPool::builderAtEnd() {
  if (last)
    builder.setInsertionPointAfter(last);
  else
    builder.setInsertionPointToStart(entry);
  return builder;
}

Value ConstantPool::record(Value value) {
  last = value.getDefiningOp();
  values.insert(value);
  return value;
}

Value ConstantPool::getScalar(Location loc, Attribute attr, Type type) {
  Value &value = scalars[{attr, type}];
  if (!value) {
    OperationState state(loc, Torch::ConstantOp::getOperationName());
    state.addTypes(type);
    state.addAttribute("value", attr);
    value = record(builderAtEnd().create(state)->getResult(0));
  }
  return value;
}

Value ConstantPool::getInt(Location loc, int64_t value) {
  return getScalar(loc, builder.getI64IntegerAttr(value),
                   Torch::IntType::get(context));
}

Value ConstantPool::getNone(Location loc) {
  return getScalar(loc, builder.getUnitAttr(), Torch::NoneType::get(context));
}

Value ConstantPool::getStr(Location loc, StringRef value) {
  return getScalar(loc, builder.getStringAttr(value),
                   Torch::StrType::get(context));
}

Value ConstantPool::getList(Location loc, Type listType, ValueRange elements) {
  std::vector<void *> key{const_cast<void *>(listType.getAsOpaquePointer())};
  for (Value element : elements)
    key.push_back(element.getAsOpaquePointer());
  Value &list = lists[key];
  if (!list)
    list = record(builderAtEnd()
                      .create<Torch::PrimListConstructOp>(
                          loc, TypeRange(listType), elements)
                      ->getResult(0));
  return list;
}

Value ConstantPool::get(Location loc, const c10::IValue &value,
                        const c10::TypePtr &type, StringRef name) {
  if (value.isNone())
    return getNone(loc);
  if (value.isInt())
    return getInt(loc, value.toInt());
  if (value.isBool())
    return getScalar(loc, builder.getBoolAttr(value.toBool()),
                     Torch::BoolType::get(context));
  if (value.isDouble())
    return getScalar(loc, builder.getF64FloatAttr(value.toDouble()),
                     Torch::FloatType::get(context));
  if (value.isString())
    return getStr(loc, value.toStringRef());
  if (value.isDevice())
    return getScalar(loc, builder.getStringAttr(value.toDevice().str()),
                     Torch::DeviceType::get(context));
  if (value.isTensor()) {
    // An undefined tensor is None.
    if (!value.toTensor().defined())
      return getNone(loc);
    return name.empty() ? getLiteral(loc, value.toTensor(), false)
                        : getWeight(loc, value.toTensor(), name);
  }
  auto elementName = [&](const std::string &key) {
    return name.empty() ? std::string() : (name + "." + key).str();
  };
  if (value.isList() || value.isTuple()) {
    SmallVector<Value> elements;
    SmallVector<Type> types;
    size_t position = 0;
    auto add = [&](const c10::IValue &element) {
      Value converted = get(loc, element, element.type(),
                            elementName(std::to_string(position++)));
      if (!converted)
        return false;
      elements.push_back(converted);
      types.push_back(converted.getType());
      return true;
    };
    if (value.isTuple()) {
      for (const c10::IValue &element : value.toTupleRef().elements())
        if (!add(element))
          return nullptr;
      return record(builderAtEnd()
                        .create<Torch::PrimTupleConstructOp>(
                            loc,
                            TypeRange(Torch::TupleType::get(context, types)),
                            elements)
                        ->getResult(0));
    }
    for (const c10::IValue &element : value.toListRef())
      if (!add(element))
        return nullptr;
    return getList(loc, convertType(context, value.type()), elements);
  }
  if (value.isGenericDict()) {
    SmallVector<Value> entries;
    for (const auto &entry : value.toGenericDict()) {
      std::ostringstream key;
      if (entry.key().isString())
        key << entry.key().toStringRef();
      else
        key << entry.key();
      for (Value part : {get(loc, entry.key(), entry.key().type()),
                         get(loc, entry.value(), entry.value().type(),
                             elementName(key.str()))}) {
        if (!part)
          return nullptr;
        entries.push_back(part);
      }
    }
    return record(
        builderAtEnd()
            .create<Torch::PrimDictConstructOp>(
                loc, TypeRange(convertType(context, value.type())), entries)
            ->getResult(0));
  }
  InFlightDiagnostic diagnostic = emitError(loc);
  if (name.empty())
    diagnostic << "the model has a constant";
  else
    diagnostic << "the model's attribute '" << name << "' is";
  diagnostic << " of type " << type->annotation_str()
             << ", which has no form in ONNX";
  return nullptr;
}

/// What makes two tensors the same constant: the same view of one storage.
static std::string storageKey(const at::Tensor &tensor, bool wrapped) {
  std::string key;
  auto append = [&](const auto &value) {
    key.append(reinterpret_cast<const char *>(&value), sizeof(value));
  };
  append(tensor.const_data_ptr());
  append(tensor.scalar_type());
  append(wrapped);
  append(tensor.is_conj());
  append(tensor.is_neg());
  for (int64_t size : tensor.sizes())
    append(size);
  for (int64_t stride : tensor.strides())
    append(stride);
  return key;
}

Value ConstantPool::getWeight(Location loc, const at::Tensor &tensor,
                              StringRef name) {
  return getTensor(loc, tensor, name, /*wrapped=*/false);
}

Value ConstantPool::getLiteral(Location loc, const at::Tensor &tensor,
                               bool shareable) {
  bool wrapped = tensor.dim() == 0 && tensor.layout() == at::kStrided &&
                 (tensor.scalar_type() == at::kLong ||
                  tensor.scalar_type() == at::kDouble ||
                  tensor.scalar_type() == at::kComplexDouble);
  // Numbers are everywhere, each in storage of its own. Those that nothing
  // writes to are uniqued by value.
  if (shareable && tensor.dim() == 0 && tensor.layout() == at::kStrided &&
      tensor.device().is_cpu() && tensor.has_storage() &&
      convertDtype(context, tensor.scalar_type())) {
    std::string key(static_cast<const char *>(tensor.const_data_ptr()),
                    tensor.element_size());
    key += static_cast<char>(tensor.scalar_type());
    Value &number = numbers[key];
    if (!number)
      number = makeTensor(loc, tensor, "", wrapped);
    return number;
  }
  // Literals are never tied to a weight: what writes to one must not be seen
  // through the other.
  return makeTensor(loc, tensor, "", wrapped);
}

Value ConstantPool::getTensor(Location loc, const at::Tensor &tensor,
                              StringRef name, bool wrapped) {
  // What has no storage of the usual kind is refused by makeTensor, and an
  // empty tensor has none to tell it from others.
  if (tensor.layout() != at::kStrided || !tensor.device().is_cpu() ||
      !tensor.has_storage() || tensor.numel() == 0)
    return makeTensor(loc, tensor, name, wrapped);
  std::string key = storageKey(tensor, wrapped);
  auto found = tensors.find(key);
  if (found != tensors.end())
    return found->second;
  Value value = makeTensor(loc, tensor, name, wrapped);
  if (value)
    tensors[key] = value;
  return value;
}

Value ConstantPool::makeTensor(Location loc, at::Tensor tensor, StringRef name,
                               bool wrapped) {
  auto fail = [&]() {
    InFlightDiagnostic diagnostic = emitError(loc);
    if (name.empty())
      diagnostic << "a tensor of the model ";
    else
      diagnostic << "'" << name << "' ";
    return diagnostic;
  };
  if (tensor.layout() != at::kStrided) {
    std::ostringstream layout;
    layout << tensor.layout();
    fail() << "is sparse (" << layout.str()
           << "); make it dense with .to_dense()";
    return nullptr;
  }
  if (tensor.is_quantized()) {
    fail() << "is a quantized tensor of PyTorch; store it as integers and "
              "dequantize it in the model, or convert the model before it is "
              "quantized";
    return nullptr;
  }
  if (!tensor.device().is_cpu()) {
    fail() << "is on device " << tensor.device().str()
           << (tensor.is_meta() ? " and has no data; load the weights first"
                                : "; move the model to the CPU with .cpu()");
    return nullptr;
  }
  Type dtype = convertDtype(context, tensor.scalar_type());
  if (!dtype) {
    fail() << "has dtype " << c10::toString(tensor.scalar_type())
           << ", which ONNX does not have";
    return nullptr;
  }
  if (!tensor.has_storage()) {
    fail() << "is of a tensor class without storage; convert it to a plain "
              "tensor";
    return nullptr;
  }
  tensor = tensor.detach().resolve_conj().resolve_neg();

  // A dense tensor whose dimensions are permuted (channels_last) is a view of
  // its storage; other strides are made contiguous in a copy.
  SmallVector<int64_t> permutation(tensor.dim());
  std::iota(permutation.begin(), permutation.end(), 0);
  bool permuted = false;
  if (!tensor.is_contiguous()) {
    if (tensor.is_non_overlapping_and_dense()) {
      llvm::stable_sort(permutation, [&](int64_t a, int64_t b) {
        return tensor.stride(a) > tensor.stride(b);
      });
      at::Tensor view = tensor.permute(permutation);
      permuted = view.is_contiguous();
      tensor = permuted ? view : tensor.contiguous();
    } else {
      tensor = tensor.contiguous();
    }
  }

  auto type = RankedTensorType::get(tensor.sizes().vec(), dtype);
  ElementsAttr elements;
  ArrayRef<char> bytes(static_cast<const char *>(tensor.const_data_ptr()),
                       tensor.nbytes());
  if (tensor.numel() == 0) {
    elements = DenseElementsAttr::get(type, ArrayRef<Attribute>());
  } else if (tensor.numel() <= kInlineElements) {
    if (tensor.scalar_type() == at::kBool)
      elements = DenseElementsAttr::get(
          type, ArrayRef<bool>(reinterpret_cast<const bool *>(bytes.data()),
                               tensor.numel()));
    else
      elements = DenseElementsAttr::getFromRawBuffer(type, bytes);
  } else {
    // Equal keys would be renamed, in quadratic time.
    static std::atomic<uint64_t> counter{0};
    std::string key = "torch_" + std::to_string(counter++);
    // The deleter keeps the storage alive as long as the context.
    auto blob = UnmanagedAsmResourceBlob::allocateWithAlign(
        bytes, tensor.element_size(), [tensor](void *, size_t, size_t) {});
    elements = DenseResourceElementsAttr::get(type, key, std::move(blob));
  }
  auto renamed = renames.find(name);
  StringRef finalName =
      renamed == renames.end() ? name : StringRef(renamed->second);
  auto resultType = Torch::TensorType::getStatic(context, tensor.sizes().vec(),
                                                 dtype, wrapped);
  OperationState state(loc, Torch::TensorConstantOp::getOperationName());
  state.addTypes(resultType);
  state.addAttribute("value", elements);
  if (!finalName.empty())
    state.addAttribute("name", builder.getStringAttr(finalName));
  Value value = record(builderAtEnd().create(state)->getResult(0));
  if (!permuted)
    return value;

  SmallVector<Value> inverse(permutation.size());
  for (auto [position, dim] : llvm::enumerate(permutation))
    inverse[dim] = getInt(loc, position);
  Value order =
      getList(loc, Torch::ListType::get(Torch::IntType::get(context)), inverse);
  SmallVector<int64_t> sizes(permutation.size());
  for (auto [position, dim] : llvm::enumerate(permutation))
    sizes[dim] = tensor.size(position);
  OperationState permute(loc, "torch.aten.permute");
  permute.addOperands({value, order});
  permute.addTypes(Torch::TensorType::getStatic(context, sizes, dtype));
  return record(builderAtEnd().create(permute)->getResult(0));
}

} // namespace torchonnx
