//===- ProtoConversion.cpp - Types and attributes as protobuf -------------===//

#include "lib/Export/ProtoConversion.h"

#include "dialects/Onnx/OnnxCoreOps.h"
#include "dialects/Symbolic/SymbolicDialect.h"
#include "lib/Support/Constants.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace torchonnx;
using Onnx::AttributeKind;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static void dimensionToProto(DimAttr dim,
                             onnx::TensorShapeProto::Dimension &proto) {
  if (!dim)
    return;
  if (std::optional<int64_t> size = dim.getConstantValue())
    proto.set_dim_value(*size);
  else if (std::optional<StringRef> name = dim.getSymbolName())
    proto.set_dim_param(name->str());
  else
    proto.set_dim_param(dim.str());
}

bool torchonnx::typeToProto(Type type, onnx::TypeProto &proto) {
  if (isa<Onnx::UnknownType>(type))
    return true;
  if (auto sequence = dyn_cast<Onnx::SequenceType>(type))
    return typeToProto(sequence.getElementType(),
                       *proto.mutable_sequence_type()->mutable_elem_type());
  if (auto optional = dyn_cast<Onnx::OptionalType>(type))
    return typeToProto(optional.getElementType(),
                       *proto.mutable_optional_type()->mutable_elem_type());
  auto tensor = dyn_cast<TensorType>(type);
  if (!tensor)
    return false;
  std::optional<int> dataType = Onnx::getDataType(tensor.getElementType());
  if (!dataType)
    return false;
  proto.mutable_tensor_type()->set_elem_type(*dataType);
  auto ranked = dyn_cast<RankedTensorType>(tensor);
  if (!ranked)
    return true;
  onnx::TensorShapeProto *shape = proto.mutable_tensor_type()->mutable_shape();
  for (DimAttr dim : Symbolic::getDims(ranked))
    dimensionToProto(dim, *shape->add_dim());
  return true;
}

// A dim_param is a name, or an expression as we write them.
static DimAttr dimensionFromText(MLIRContext *context,
                                 const std::string &text) {
  if (text.find_first_of(" +*-(/") != std::string::npos) {
    ScopedDiagnosticHandler silent(context,
                                   [](Diagnostic &) { return success(); });
    auto dim = dyn_cast_or_null<DimAttr>(
        parseAttribute("#symbolic.dim<" + text + ">", context));
    if (dim && !dim.isConstant() && dim.str() == text)
      return dim;
  }
  return DimAttr::getSymbol(context, text);
}

Type torchonnx::typeFromProto(MLIRContext *context,
                              const onnx::TypeProto &proto) {
  switch (proto.value_case()) {
  case onnx::TypeProto::VALUE_NOT_SET:
    return Onnx::UnknownType::get(context);
  case onnx::TypeProto::kSequenceType: {
    Type element = typeFromProto(context, proto.sequence_type().elem_type());
    return element ? Onnx::SequenceType::get(element) : Type();
  }
  case onnx::TypeProto::kOptionalType: {
    Type element = typeFromProto(context, proto.optional_type().elem_type());
    return element ? Onnx::OptionalType::get(element) : Type();
  }
  case onnx::TypeProto::kTensorType:
    break;
  default:
    return {};
  }
  const auto &tensor = proto.tensor_type();
  if (tensor.elem_type() == 0)
    return Onnx::UnknownType::get(context);
  Type element = Onnx::getElementType(context, tensor.elem_type());
  if (!element)
    return {};
  if (!tensor.has_shape())
    return UnrankedTensorType::get(element);
  SmallVector<DimAttr> dims;
  for (const auto &dim : tensor.shape().dim()) {
    if (dim.has_dim_value() && dim.dim_value() >= 0)
      dims.push_back(DimAttr::getConstant(context, dim.dim_value()));
    else if (!dim.dim_param().empty())
      dims.push_back(dimensionFromText(context, dim.dim_param()));
    else
      dims.push_back(DimAttr());
  }
  return Symbolic::makeTensorType(dims, element);
}

static void dropInferredSymbols(onnx::TypeProto &type) {
  if (type.has_sequence_type())
    return dropInferredSymbols(
        *type.mutable_sequence_type()->mutable_elem_type());
  if (type.has_optional_type())
    return dropInferredSymbols(
        *type.mutable_optional_type()->mutable_elem_type());
  if (!type.has_tensor_type() || !type.tensor_type().has_shape())
    return;
  for (auto &dim : *type.mutable_tensor_type()->mutable_shape()->mutable_dim())
    if (StringRef(dim.dim_param()).starts_with("unk__"))
      dim.clear_dim_param();
}

void torchonnx::dropInferredSymbols(onnx::GraphProto &graph) {
  for (auto *list : {graph.mutable_value_info(), graph.mutable_input(),
                     graph.mutable_output()})
    for (onnx::ValueInfoProto &info : *list)
      ::dropInferredSymbols(*info.mutable_type());
  for (onnx::NodeProto &node : *graph.mutable_node())
    for (onnx::AttributeProto &attribute : *node.mutable_attribute())
      if (attribute.type() == onnx::AttributeProto::GRAPH)
        dropInferredSymbols(*attribute.mutable_g());
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

LogicalResult torchonnx::tensorToProto(Attribute constant, bool withData,
                                       onnx::TensorProto &proto,
                                       std::string &reason) {
  auto typed = dyn_cast<TypedAttr>(constant);
  auto type = typed ? dyn_cast<ShapedType>(typed.getType()) : ShapedType();
  std::optional<int> dataType =
      type ? Onnx::getDataType(type.getElementType()) : std::nullopt;
  if (!dataType || !type.hasStaticShape()) {
    reason = "it has no type that ONNX has";
    return failure();
  }
  proto.set_data_type(*dataType);
  for (int64_t size : type.getShape())
    proto.add_dims(size);
  if (isa<Onnx::StringType>(type.getElementType())) {
    auto strings = dyn_cast<DenseStringElementsAttr>(constant);
    if (!strings) {
      reason = "strings can only be a dense constant";
      return failure();
    }
    for (StringRef text : strings.getValues<StringRef>())
      proto.add_string_data(text.str());
    return success();
  }
  if (!withData)
    return success();
  FailureOr<ConstantBytes> bytes = readConstant(constant, &reason);
  if (failed(bytes))
    return failure();
  proto.set_raw_data(bytes->data.data(), bytes->data.size());
  return success();
}

RankedTensorType torchonnx::tensorTypeFromProto(MLIRContext *context,
                                                const onnx::TensorProto &proto,
                                                std::string &reason) {
  Type element = Onnx::getElementType(context, proto.data_type());
  if (!element) {
    reason = "its element type " + std::to_string(proto.data_type()) +
             " is not known";
    return {};
  }
  int64_t count = 1;
  for (int64_t size : proto.dims()) {
    // A limit that leaves room for the size in bits.
    if (size < 0 || llvm::MulOverflow(count, size, count) ||
        count > (int64_t(1) << 56)) {
      reason = "its dimensions make no sense";
      return {};
    }
  }
  return RankedTensorType::get(
      SmallVector<int64_t>(proto.dims().begin(), proto.dims().end()), element);
}

// The bytes of elements that are kept in one of the typed fields, each element
// in `width` bits of a field's value.
template <typename Field>
static std::vector<char> fieldBytes(const Field &field, unsigned width) {
  std::vector<char> bytes;
  // Elements of less than a byte are packed already.
  unsigned size = std::max(1u, width / 8);
  bytes.reserve(field.size() * size);
  for (auto value : field)
    bytes.insert(bytes.end(), reinterpret_cast<const char *>(&value),
                 reinterpret_cast<const char *>(&value) + size);
  return bytes;
}

Attribute torchonnx::tensorFromProto(MLIRContext *context,
                                     const onnx::TensorProto &proto,
                                     std::string &reason) {
  RankedTensorType type = tensorTypeFromProto(context, proto, reason);
  if (!type)
    return {};
  if (proto.data_type() == onnx::TensorProto::STRING) {
    SmallVector<StringRef> strings;
    for (const std::string &text : proto.string_data())
      strings.push_back(text);
    if (int64_t(strings.size()) != type.getNumElements()) {
      reason = "it has " + std::to_string(strings.size()) + " strings for " +
               std::to_string(type.getNumElements()) + " elements";
      return {};
    }
    return DenseStringElementsAttr::get(type, strings);
  }

  std::vector<char> bytes;
  unsigned width = Onnx::getRawBitWidth(type.getElementType());
  if (proto.has_raw_data()) {
    bytes.assign(proto.raw_data().begin(), proto.raw_data().end());
  } else {
    switch (proto.data_type()) {
    case onnx::TensorProto::FLOAT:
      bytes = fieldBytes(proto.float_data(), 32);
      break;
    case onnx::TensorProto::COMPLEX64:
      bytes = fieldBytes(proto.float_data(), 32);
      break;
    case onnx::TensorProto::DOUBLE:
    case onnx::TensorProto::COMPLEX128:
      bytes = fieldBytes(proto.double_data(), 64);
      break;
    case onnx::TensorProto::INT64:
      bytes = fieldBytes(proto.int64_data(), 64);
      break;
    case onnx::TensorProto::UINT32:
    case onnx::TensorProto::UINT64:
      bytes = fieldBytes(proto.uint64_data(), width);
      break;
    default:
      bytes = fieldBytes(proto.int32_data(), width);
      break;
    }
  }
  int64_t size = getConstantSize(type);
  if (int64_t(bytes.size()) != size) {
    reason = "it has " + std::to_string(bytes.size()) +
             " bytes where its type takes " + std::to_string(size);
    return {};
  }
  return makeConstant(type, bytes);
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

// The kind of an attribute that no schema describes.
static AttributeKind guessKind(Attribute attribute) {
  if (isa<IntegerAttr>(attribute))
    return AttributeKind::Int;
  if (isa<FloatAttr>(attribute))
    return AttributeKind::Float;
  if (isa<StringAttr>(attribute))
    return AttributeKind::String;
  if (isa<DenseI64ArrayAttr>(attribute))
    return AttributeKind::Ints;
  if (isa<DenseF32ArrayAttr>(attribute))
    return AttributeKind::Floats;
  if (isa<ElementsAttr, Onnx::FoldAttr>(attribute))
    return AttributeKind::Tensor;
  if (isa<TypeAttr>(attribute))
    return AttributeKind::TypeProto;
  if (isa<DictionaryAttr>(attribute))
    return AttributeKind::SparseTensor;
  auto list = dyn_cast<ArrayAttr>(attribute);
  if (!list)
    return AttributeKind::Undefined;
  if (llvm::all_of(list, llvm::IsaPred<StringAttr>))
    return AttributeKind::Strings;
  if (llvm::all_of(list, llvm::IsaPred<IntegerAttr>))
    return AttributeKind::Ints;
  if (llvm::all_of(list, llvm::IsaPred<FloatAttr>))
    return AttributeKind::Floats;
  if (llvm::all_of(list, llvm::IsaPred<ElementsAttr>))
    return AttributeKind::Tensors;
  return AttributeKind::Undefined;
}

static LogicalResult sparseToProto(DictionaryAttr parts,
                                   onnx::SparseTensorProto &proto,
                                   std::string &reason) {
  auto dims = parts.getAs<DenseI64ArrayAttr>("dims");
  Attribute values = parts.get("values"), indices = parts.get("indices");
  if (!dims || !values || !indices) {
    reason = "a sparse tensor has 'dims', 'values' and 'indices'";
    return failure();
  }
  for (int64_t size : dims.asArrayRef())
    proto.add_dims(size);
  return success(
      succeeded(tensorToProto(values, true, *proto.mutable_values(), reason)) &&
      succeeded(
          tensorToProto(indices, true, *proto.mutable_indices(), reason)));
}

LogicalResult torchonnx::attributeToProto(StringRef name, Attribute attribute,
                                          AttributeKind kind,
                                          onnx::AttributeProto &proto,
                                          std::string &reason) {
  if (kind == AttributeKind::Undefined)
    kind = guessKind(attribute);
  proto.set_name(name.str());
  proto.set_type(static_cast<onnx::AttributeProto::AttributeType>(kind));
  auto toInt = [](Attribute value) {
    auto integer = cast<IntegerAttr>(value);
    return integer.getType().isInteger(1) ||
                   integer.getType().isUnsignedInteger()
               ? int64_t(integer.getValue().getZExtValue())
               : integer.getValue().getSExtValue();
  };
  switch (kind) {
  case AttributeKind::Int:
    proto.set_i(toInt(attribute));
    return success();
  case AttributeKind::Float:
    proto.set_f(cast<FloatAttr>(attribute).getValueAsDouble());
    return success();
  case AttributeKind::String:
    proto.set_s(cast<StringAttr>(attribute).str());
    return success();
  case AttributeKind::Ints:
    if (auto list = dyn_cast<ArrayAttr>(attribute))
      for (Attribute value : list)
        proto.add_ints(toInt(value));
    else
      for (int64_t value : cast<DenseI64ArrayAttr>(attribute).asArrayRef())
        proto.add_ints(value);
    return success();
  case AttributeKind::Floats:
    if (auto list = dyn_cast<ArrayAttr>(attribute))
      for (Attribute value : list)
        proto.add_floats(cast<FloatAttr>(value).getValueAsDouble());
    else
      for (float value : cast<DenseF32ArrayAttr>(attribute).asArrayRef())
        proto.add_floats(value);
    return success();
  case AttributeKind::Strings:
    for (Attribute value : cast<ArrayAttr>(attribute))
      proto.add_strings(cast<StringAttr>(value).str());
    return success();
  case AttributeKind::Tensor:
    return tensorToProto(attribute, true, *proto.mutable_t(), reason);
  case AttributeKind::Tensors:
    for (Attribute value : cast<ArrayAttr>(attribute))
      if (failed(tensorToProto(value, true, *proto.add_tensors(), reason)))
        return failure();
    return success();
  case AttributeKind::TypeProto:
    if (typeToProto(cast<TypeAttr>(attribute).getValue(), *proto.mutable_tp()))
      return success();
    break;
  case AttributeKind::SparseTensor:
    if (auto parts = dyn_cast<DictionaryAttr>(attribute))
      return sparseToProto(parts, *proto.mutable_sparse_tensor(), reason);
    break;
  default:
    break;
  }
  reason = "ONNX has no attributes of this kind";
  return failure();
}

Attribute torchonnx::attributeFromProto(MLIRContext *context,
                                        const onnx::AttributeProto &proto,
                                        std::string &reason) {
  Builder b(context);
  switch (proto.type()) {
  case onnx::AttributeProto::INT:
    return b.getI64IntegerAttr(proto.i());
  case onnx::AttributeProto::FLOAT:
    return b.getF32FloatAttr(proto.f());
  case onnx::AttributeProto::STRING:
    return b.getStringAttr(proto.s());
  case onnx::AttributeProto::INTS:
    return b.getDenseI64ArrayAttr(
        SmallVector<int64_t>(proto.ints().begin(), proto.ints().end()));
  case onnx::AttributeProto::FLOATS:
    return b.getDenseF32ArrayAttr(
        SmallVector<float>(proto.floats().begin(), proto.floats().end()));
  case onnx::AttributeProto::STRINGS: {
    SmallVector<Attribute> strings;
    for (const std::string &text : proto.strings())
      strings.push_back(b.getStringAttr(text));
    return b.getArrayAttr(strings);
  }
  case onnx::AttributeProto::TENSOR:
    return tensorFromProto(context, proto.t(), reason);
  case onnx::AttributeProto::TENSORS: {
    SmallVector<Attribute> tensors;
    for (const onnx::TensorProto &tensor : proto.tensors()) {
      tensors.push_back(tensorFromProto(context, tensor, reason));
      if (!tensors.back())
        return {};
    }
    return b.getArrayAttr(tensors);
  }
  case onnx::AttributeProto::TYPE_PROTO:
    if (Type type = typeFromProto(context, proto.tp()))
      return TypeAttr::get(type);
    break;
  case onnx::AttributeProto::SPARSE_TENSOR: {
    const onnx::SparseTensorProto &sparse = proto.sparse_tensor();
    Attribute values = tensorFromProto(context, sparse.values(), reason);
    Attribute indices =
        values ? tensorFromProto(context, sparse.indices(), reason) : values;
    if (!indices)
      return {};
    return b.getDictionaryAttr(
        {b.getNamedAttr("dims",
                        b.getDenseI64ArrayAttr(SmallVector<int64_t>(
                            sparse.dims().begin(), sparse.dims().end()))),
         b.getNamedAttr("indices", indices), b.getNamedAttr("values", values)});
  }
  default:
    break;
  }
  reason = "attributes of this kind are not supported";
  return {};
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

LogicalResult torchonnx::nodeToProto(Operation *op, onnx::NodeProto &proto,
                                     std::string &reason) {
  auto add = [&](NamedAttribute attribute, AttributeKind kind) {
    if (succeeded(attributeToProto(attribute.getName(), attribute.getValue(),
                                   kind, *proto.add_attribute(), reason)))
      return success();
    reason = "attribute '" + attribute.getName().str() +
             "' can't be written: " + reason;
    return failure();
  };
  proto.set_op_type(Onnx::getOpType(op).str());
  if (auto custom = dyn_cast<Onnx::CustomOp>(op)) {
    proto.set_domain(custom.getDomain().str());
    for (NamedAttribute attribute : custom.getOpAttributes())
      if (failed(add(attribute, AttributeKind::Undefined)))
        return failure();
    return success();
  }
  const Onnx::OpSchema *schema = Onnx::getSchema(op);
  for (NamedAttribute attribute : op->getAttrs())
    if (const auto *known = schema->findAttribute(attribute.getName()))
      if (failed(add(attribute, known->kind)))
        return failure();
  return success();
}

std::string torchonnx::oneLine(StringRef message) {
  SmallVector<StringRef> words;
  llvm::SplitString(message, words);
  return llvm::join(words, " ");
}

SmallVector<StringRef> torchonnx::getRegionNames(Operation *op) {
  SmallVector<StringRef> names;
  if (auto custom = dyn_cast<Onnx::CustomOp>(op)) {
    if (std::optional<ArrayAttr> list = custom.getRegionNames())
      for (StringAttr name : list->getAsRange<StringAttr>())
        names.push_back(name);
    return names;
  }
  if (const Onnx::OpSchema *schema = Onnx::getSchema(op))
    for (const Onnx::AttributeSchema &attribute : schema->attributes)
      if (attribute.kind == AttributeKind::Graph)
        names.push_back(attribute.name);
  return names;
}
