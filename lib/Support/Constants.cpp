//===- Constants.cpp - Reading and making constant tensors ----------------===//

#include "lib/Support/Constants.h"

#include "dialects/Onnx/OnnxDialect.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

#include <atomic>

using namespace mlir;
using namespace torchonnx;

static FoldEvaluator foldEvaluator = nullptr;

void torchonnx::setFoldEvaluator(FoldEvaluator evaluator) {
  foldEvaluator = evaluator;
}

int64_t torchonnx::getConstantSize(ShapedType type) {
  return (type.getNumElements() * Onnx::getRawBitWidth(type.getElementType()) +
          7) /
         8;
}

static FailureOr<ConstantBytes> fail(std::string *reason, const Twine &text) {
  if (reason)
    *reason = text.str();
  return failure();
}

static ConstantBytes ownedBytes(std::vector<char> bytes) {
  auto owner = std::make_shared<std::vector<char>>(std::move(bytes));
  return {ArrayRef<char>(*owner), owner};
}

// Bytes with elements of less than a byte packed as in ONNX, from one element a
// byte.
static std::vector<char> packElements(ArrayRef<char> elements, unsigned width) {
  unsigned perByte = 8 / width;
  std::vector<char> packed((elements.size() + perByte - 1) / perByte, 0);
  unsigned mask = (1u << width) - 1;
  for (size_t i = 0; i < elements.size(); ++i)
    packed[i / perByte] |= (elements[i] & mask) << (i % perByte * width);
  return packed;
}

static ConstantBytes readDense(DenseElementsAttr dense) {
  unsigned width = Onnx::getRawBitWidth(dense.getElementType());
  int64_t count = dense.getNumElements();
  ArrayRef<char> raw = dense.getRawData();

  // MLIR stores booleans as bits and smaller integers in a byte each.
  if (dense.getElementType().isInteger(1)) {
    std::vector<char> bytes;
    if (dense.isSplat()) {
      bytes.assign(count, dense.getSplatValue<bool>());
    } else {
      bytes.reserve(count);
      for (bool value : dense.getValues<bool>())
        bytes.push_back(value);
    }
    return ownedBytes(std::move(bytes));
  }
  if (width < 8) {
    if (dense.isSplat())
      return ownedBytes(packElements(
          std::vector<char>(count, raw.empty() ? 0 : raw[0]), width));
    return ownedBytes(packElements(raw, width));
  }
  if (!dense.isSplat() || count == 1)
    return {raw, nullptr};

  std::vector<char> bytes;
  bytes.reserve(count * raw.size());
  if (llvm::all_of(raw, [&](char c) { return c == raw[0]; }))
    bytes.assign(count * raw.size(), raw.empty() ? 0 : raw[0]);
  else
    for (int64_t i = 0; i < count; ++i)
      bytes.insert(bytes.end(), raw.begin(), raw.end());
  return ownedBytes(std::move(bytes));
}

FailureOr<ConstantBytes> torchonnx::readConstant(Attribute constant,
                                                 std::string *reason) {
  if (auto fold = dyn_cast_or_null<Onnx::FoldAttr>(constant)) {
    if (!foldEvaluator)
      return fail(reason, "nothing here can compute a #onnx.fold");
    FailureOr<ConstantBytes> bytes = foldEvaluator(fold);
    if (failed(bytes))
      return fail(reason, "the deferred '" + fold.getOp() +
                              "' of constants cannot be computed");
    return bytes;
  }
  auto elements = dyn_cast_or_null<ElementsAttr>(constant);
  if (!elements)
    return fail(reason, "it is not a constant tensor");
  if (Onnx::getRawBitWidth(elements.getElementType()) == 0)
    return fail(reason, "its elements have no bytes");
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob)
      return fail(reason, "its bytes were left out when the module was printed "
                          "(resource '" +
                              resource.getRawHandle().getKey() + "')");
    int64_t size = getConstantSize(resource.getType());
    if (int64_t(blob->getData().size()) != size)
      return fail(reason, "it has " + Twine(blob->getData().size()) +
                              " bytes where its type takes " + Twine(size));
    return ConstantBytes{blob->getData(), nullptr};
  }
  if (auto dense = dyn_cast<DenseElementsAttr>(elements))
    return readDense(dense);
  return fail(reason, "constants of this kind cannot be read");
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

template <typename T, typename Out>
static SmallVector<Out> readAs(ArrayRef<char> data) {
  SmallVector<Out> values;
  values.reserve(data.size() / sizeof(T));
  for (size_t at = 0; at + sizeof(T) <= data.size(); at += sizeof(T)) {
    T value;
    memcpy(&value, data.data() + at, sizeof(T));
    values.push_back(static_cast<Out>(value));
  }
  return values;
}

std::optional<SmallVector<int64_t>> torchonnx::readInts(Attribute constant) {
  auto typed = dyn_cast_or_null<TypedAttr>(constant);
  auto tensor = typed ? dyn_cast<ShapedType>(typed.getType()) : ShapedType();
  auto type =
      tensor ? dyn_cast<IntegerType>(tensor.getElementType()) : IntegerType();
  if (!type || (type.getWidth() < 8 && type.getWidth() != 1))
    return std::nullopt;
  FailureOr<ConstantBytes> bytes = readConstant(constant);
  if (failed(bytes))
    return std::nullopt;
  bool isUnsigned = type.isUnsigned() || type.getWidth() == 1;
  switch (type.getWidth()) {
  case 1:
  case 8:
    return isUnsigned ? readAs<uint8_t, int64_t>(bytes->data)
                      : readAs<int8_t, int64_t>(bytes->data);
  case 16:
    return isUnsigned ? readAs<uint16_t, int64_t>(bytes->data)
                      : readAs<int16_t, int64_t>(bytes->data);
  case 32:
    return isUnsigned ? readAs<uint32_t, int64_t>(bytes->data)
                      : readAs<int32_t, int64_t>(bytes->data);
  case 64:
    return readAs<int64_t, int64_t>(bytes->data);
  default:
    return std::nullopt;
  }
}

std::optional<SmallVector<double>> torchonnx::readFloats(Attribute constant) {
  auto typed = dyn_cast_or_null<TypedAttr>(constant);
  auto tensor = typed ? dyn_cast<ShapedType>(typed.getType()) : ShapedType();
  auto type =
      tensor ? dyn_cast<FloatType>(tensor.getElementType()) : FloatType();
  if (!type)
    return std::nullopt;
  FailureOr<ConstantBytes> bytes = readConstant(constant);
  if (failed(bytes))
    return std::nullopt;
  if (type.isF32())
    return readAs<float, double>(bytes->data);
  if (type.isF64())
    return readAs<double, double>(bytes->data);
  SmallVector<double> values;
  unsigned width = type.getWidth(), size = width / 8;
  for (size_t at = 0; at + size <= bytes->data.size(); at += size) {
    uint64_t bits = 0;
    memcpy(&bits, bytes->data.data() + at, size);
    APFloat value(type.getFloatSemantics(), APInt(width, bits));
    bool losesInfo;
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
    values.push_back(value.convertToDouble());
  }
  return values;
}

Attribute torchonnx::getConstant(Value value) {
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return {};
  return constant;
}

std::optional<SmallVector<int64_t>> torchonnx::getConstantInts(Value value) {
  return readInts(getConstant(value));
}

std::optional<SmallVector<double>> torchonnx::getConstantFloats(Value value) {
  return readFloats(getConstant(value));
}

//===----------------------------------------------------------------------===//
// Making constants
//===----------------------------------------------------------------------===//

ElementsAttr torchonnx::makeBlobConstant(RankedTensorType type,
                                         ArrayRef<char> data,
                                         std::shared_ptr<void> owner) {
  // Keys that were taken make the manager probe for a free one: a number that
  // is used once in a process never is.
  static std::atomic<uint64_t> counter = 0;
  AsmResourceBlob blob(
      data, alignof(std::max_align_t),
      [owner = std::move(owner)](void *, size_t, size_t) mutable {
        owner.reset();
      },
      /*dataIsMutable=*/false);
  return DenseResourceElementsAttr::get(type, "w" + std::to_string(counter++),
                                        std::move(blob));
}

ElementsAttr torchonnx::makeConstant(RankedTensorType type,
                                     ArrayRef<char> data) {
  Type element = type.getElementType();
  bool storable = element.isIntOrFloat() || isa<ComplexType>(element);
  if (storable && data.size() <= 1024) {
    if (element.isInteger(1)) {
      SmallVector<bool> values(data.begin(), data.end());
      return DenseElementsAttr::get(type, ArrayRef<bool>(values));
    }
    if (unsigned width = Onnx::getRawBitWidth(element); width >= 8) {
      // Equal elements are a splat, so that equal constants are one attribute.
      ArrayRef<char> first = data.take_front(width / 8);
      bool isSplat = !data.empty();
      for (size_t at = 0; isSplat && at < data.size(); at += first.size())
        isSplat = data.slice(at, first.size()) == first;
      return DenseElementsAttr::getFromRawBuffer(type, isSplat ? first : data);
    }
  }
  auto owner = std::make_shared<std::vector<char>>(data.begin(), data.end());
  ArrayRef<char> kept(*owner);
  return makeBlobConstant(type, kept, std::move(owner));
}
