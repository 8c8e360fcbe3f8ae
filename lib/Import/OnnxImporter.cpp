//===- OnnxImporter.cpp - ONNX files to the onnx dialect ------------------===//
//
// Protobuf would copy every weight. So the file's outermost messages are read
// here: the bytes of large initializers are left where they are, and protobuf
// gets the rest.
//
//===----------------------------------------------------------------------===//

#include "dialects/Onnx/OnnxCoreOps.h"
#include "lib/Export/ProtoConversion.h"
#include "lib/Import/OnnxGraphImporter.h"
#include "lib/Support/Constants.h"
#include "torch_onnx_opt/Export.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"

#include "onnx/checker.h"
#include "onnx/inliner/inliner.h"
#include "onnx/shape_inference/implementation.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/stubs/logging.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace torchonnx;

namespace {

//===----------------------------------------------------------------------===//
// The wire format
//===----------------------------------------------------------------------===//

/// Takes a model apart: `rest` is the model without the bytes of its large
/// initializers, which are in `weights`, by the initializer's number.
class ModelScanner {
public:
  explicit ModelScanner(StringRef data) : begin(data.data()) {}

  bool scanModel(StringRef data) {
    return scan(data, rest, [&](int field, StringRef value, std::string &out) {
      if (field != onnx::ModelProto::kGraphFieldNumber)
        return Handling::Copy;
      std::string graph;
      if (!scanGraph(value, graph))
        return Handling::Failed;
      appendField(out, field, graph);
      return Handling::Done;
    });
  }

  std::string rest;
  std::vector<StringRef> weights;
  std::string error;

private:
  enum class Handling { Copy, Done, Failed };
  // Smaller constants are left to protobuf; shape inference needs some of them.
  static constexpr size_t kLarge = 4096;

  bool scanGraph(StringRef data, std::string &out) {
    return scan(data, out, [&](int field, StringRef value, std::string &out) {
      if (field != onnx::GraphProto::kInitializerFieldNumber)
        return Handling::Copy;
      std::string tensor;
      weights.emplace_back();
      if (!scanTensor(value, tensor))
        return Handling::Failed;
      appendField(out, field, tensor);
      return Handling::Done;
    });
  }

  bool scanTensor(StringRef data, std::string &out) {
    return scan(data, out, [&](int field, StringRef value, std::string &out) {
      if (field != onnx::TensorProto::kRawDataFieldNumber ||
          value.size() < kLarge)
        return Handling::Copy;
      weights.back() = value;
      return Handling::Done;
    });
  }

  template <typename Handle>
  bool scan(StringRef data, std::string &out, Handle handle) {
    while (!data.empty()) {
      const char *start = data.data();
      uint64_t tag = 0, size = 0;
      if (!readVarint(data, tag))
        return false;
      switch (tag & 7) {
      case 0:
        if (!readVarint(data, size))
          return false;
        break;
      case 1:
        if (!drop(data, 8))
          return false;
        break;
      case 5:
        if (!drop(data, 4))
          return false;
        break;
      case 2: {
        if (!readVarint(data, size))
          return false;
        StringRef value = data.take_front(size);
        if (!drop(data, size))
          return false;
        switch (handle(int(tag >> 3), value, out)) {
        case Handling::Failed:
          return false;
        case Handling::Done:
          continue;
        case Handling::Copy:
          break;
        }
        break;
      }
      default:
        error = "what is at byte " + std::to_string(start - begin) +
                " is no field of an ONNX model";
        return false;
      }
      out.append(start, data.data() - start);
    }
    return true;
  }

  bool drop(StringRef &data, uint64_t size) {
    if (size > data.size()) {
      error = "a field that ends at byte " +
              std::to_string(uint64_t(data.data() - begin) + size) +
              " passes the end of what it is in, at byte " +
              std::to_string(uint64_t(data.end() - begin));
      return false;
    }
    data = data.drop_front(size);
    return true;
  }

  bool readVarint(StringRef &data, uint64_t &value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (data.empty()) {
        error = "it ends within a number, at byte " +
                std::to_string(uint64_t(data.data() - begin));
        return false;
      }
      uint8_t byte = data.front();
      data = data.drop_front();
      value |= uint64_t(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return true;
    }
    error = "a number at byte " + std::to_string(data.data() - begin) +
            " is too long";
    return false;
  }

  static void appendVarint(std::string &out, uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      out.push_back(char(value | 0x80));
    out.push_back(char(value));
  }

  static void appendField(std::string &out, int field, StringRef value) {
    appendVarint(out, uint64_t(field) << 3 | 2);
    appendVarint(out, value.size());
    out.append(value.data(), value.size());
  }

  const char *begin;
};

//===----------------------------------------------------------------------===//
// Importer
//===----------------------------------------------------------------------===//

class Importer {
public:
  Importer(std::shared_ptr<llvm::MemoryBuffer> buffer, MLIRContext *context,
           StringRef directory)
      : buffer(std::move(buffer)), context(context), directory(directory),
        location(UnknownLoc::get(context)) {}

  OwningOpRef<ModuleOp> run();

private:
  LogicalResult fail(const Twine &reason) {
    return emitError(location)
           << "'" << buffer->getBufferIdentifier() << "' " << reason;
  }
  OwningOpRef<ModuleOp> refuse(const Twine &reason) {
    (void)fail(reason);
    return nullptr;
  }
  LogicalResult parse();
  LogicalResult readWeights();
  ElementsAttr readExternal(const onnx::TensorProto &tensor,
                            RankedTensorType type, std::string &reason);
  LogicalResult checkAndInfer();
  OwningOpRef<ModuleOp> build();
  DictionaryAttr describeModel();

  std::shared_ptr<llvm::MemoryBuffer> buffer;
  MLIRContext *context;
  std::string directory;
  Location location;
  onnx::ModelProto model;
  std::vector<StringRef> raw;
  /// The initializers whose bytes are not in `model`; null for the others.
  std::vector<ElementsAttr> weights;
  llvm::StringMap<std::shared_ptr<llvm::MemoryBuffer>> externalFiles;
  int64_t opset = 0;
  int inputs = 0;
};
} // namespace

OwningOpRef<ModuleOp> Importer::run() {
  context->loadDialect<Onnx::OnnxDialect, func::FuncDialect>();
  if (failed(parse()) || failed(readWeights()) || failed(checkAndInfer()))
    return {};
  return build();
}

LogicalResult Importer::parse() {
  StringRef data = buffer->getBuffer();
  if (data.empty())
    return fail("is empty");
  ModelScanner scanner(data);
  if (!scanner.scanModel(data))
    return fail("is no ONNX model, or it is damaged or cut short: " +
                scanner.error);
  google::protobuf::LogSilencer silent;
  google::protobuf::io::CodedInputStream stream(
      reinterpret_cast<const uint8_t *>(scanner.rest.data()),
      scanner.rest.size());
  stream.SetTotalBytesLimit(std::numeric_limits<int>::max());
  if (scanner.rest.size() > size_t(std::numeric_limits<int>::max()) ||
      !model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
    return fail("is no ONNX model, or it is damaged: its protobuf can't be "
                "parsed");
  if (!model.has_graph())
    return fail("is no ONNX model: it has no graph");
  raw = std::move(scanner.weights);

  opset = model.opset_import().empty() ? 1 : 0;
  for (const auto &import : model.opset_import())
    if (import.domain().empty() || import.domain() == "ai.onnx")
      opset = import.version();
  return success();
}

// A constant whose bytes stay where they are, or null if its bytes are not as
// many as its type takes.
static ElementsAttr makeWeight(RankedTensorType type, StringRef bytes,
                               std::shared_ptr<llvm::MemoryBuffer> owner,
                               std::string &reason) {
  int64_t size = getConstantSize(type);
  if (!Onnx::getRawBitWidth(type.getElementType()) ||
      int64_t(bytes.size()) != size) {
    reason = "it has " + std::to_string(bytes.size()) +
             " bytes where its type takes " + std::to_string(size);
    return {};
  }
  return makeBlobConstant(type, ArrayRef<char>(bytes.data(), bytes.size()),
                          std::move(owner));
}

LogicalResult Importer::readWeights() {
  if (model.graph().sparse_initializer_size())
    return fail("has sparse initializers, which are not supported");
  for (auto [i, tensor] : llvm::enumerate(model.graph().initializer())) {
    weights.emplace_back();
    bool external = tensor.data_location() == onnx::TensorProto::EXTERNAL;
    if (!external && raw[i].empty())
      continue;
    std::string reason;
    RankedTensorType type = tensorTypeFromProto(context, tensor, reason);
    if (type)
      weights.back() = external ? readExternal(tensor, type, reason)
                                : makeWeight(type, raw[i], buffer, reason);
    if (!weights.back())
      return fail("is damaged: initializer '" + Twine(tensor.name()) +
                  "': " + reason);
  }
  return success();
}

ElementsAttr Importer::readExternal(const onnx::TensorProto &tensor,
                                    RankedTensorType type,
                                    std::string &reason) {
  StringRef place;
  uint64_t offset = 0, length = getConstantSize(type);
  for (const auto &entry : tensor.external_data()) {
    StringRef value = entry.value();
    bool bad = false;
    if (entry.key() == "location")
      place = value;
    else if (entry.key() == "offset")
      bad = value.getAsInteger(10, offset);
    else if (entry.key() == "length")
      bad = value.getAsInteger(10, length);
    if (bad) {
      reason = "its " + entry.key() + " is not a number";
      return {};
    }
  }
  // A model must not reach for files outside of its directory.
  if (place.empty() || llvm::sys::path::is_absolute(place) ||
      llvm::is_contained(llvm::make_range(llvm::sys::path::begin(place),
                                          llvm::sys::path::end(place)),
                         "..")) {
    reason = "its data is at '" + place.str() +
             "', which is no path inside of the model's directory";
    return {};
  }
  std::shared_ptr<llvm::MemoryBuffer> &file = externalFiles[place];
  if (!file) {
    SmallString<128> path(directory);
    llvm::sys::path::append(path, place);
    auto opened = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!opened) {
      reason = "cannot read its data from '" + path.str().str() +
               "': " + opened.getError().message();
      return {};
    }
    file = std::move(*opened);
  }
  StringRef bytes = file->getBuffer();
  if (offset > bytes.size() || length > bytes.size() - offset) {
    reason = "its data passes the end of '" + place.str() + "'";
    return {};
  }
  return makeWeight(type, bytes.substr(offset, length), file, reason);
}

// Inlines the model's own functions, checks it, and infers the types of its
// values. Large initializers are inputs for that.
LogicalResult Importer::checkAndInfer() {
  onnx::GraphProto &graph = *model.mutable_graph();
  inputs = graph.input_size();
  try {
    if (model.functions_size()) {
      onnx::inliner::InlineLocalFunctions(model, /*convert_version=*/true);
      model.clear_functions();
    }
    llvm::StringSet<> declared;
    for (const onnx::ValueInfoProto &input : graph.input())
      declared.insert(input.name());
    google::protobuf::RepeatedPtrField<onnx::TensorProto> initializers;
    initializers.Swap(graph.mutable_initializer());
    for (auto [i, tensor] : llvm::enumerate(initializers)) {
      if (!weights[i]) {
        *graph.add_initializer() = tensor;
        continue;
      }
      if (!declared.insert(tensor.name()).second)
        continue;
      onnx::ValueInfoProto &input = *graph.add_input();
      input.set_name(tensor.name());
      typeToProto(weights[i].getType(), *input.mutable_type());
    }
    onnx::checker::check_model(model);
    onnx::shape_inference::InferShapes(
        model, onnx::OpSchemaRegistry::Instance(),
        onnx::ShapeInferenceOptions(/*check_type=*/false, /*strict_mode=*/0,
                                    /*data_prop=*/true));
    dropInferredSymbols(graph);
    graph.mutable_initializer()->Swap(&initializers);
    graph.mutable_input()->DeleteSubrange(inputs, graph.input_size() - inputs);
  } catch (const std::exception &error) {
    return fail("is not a valid ONNX model: " + oneLine(error.what()));
  }
  return success();
}

// What the model says about itself, so that it says the same when it is
// written.
DictionaryAttr Importer::describeModel() {
  Builder b(context);
  NamedAttrList attributes;
  auto text = [&](StringRef key, const std::string &value) {
    if (!value.empty())
      attributes.set(key, b.getStringAttr(value));
  };
  attributes.set("opset", b.getI64IntegerAttr(opset));
  attributes.set("ir_version", b.getI64IntegerAttr(model.ir_version()));
  text("producer_name", model.producer_name());
  text("producer_version", model.producer_version());
  text("domain", model.domain());
  if (model.model_version())
    attributes.set("model_version", b.getI64IntegerAttr(model.model_version()));
  text("doc_string", model.doc_string());
  text("graph_name", model.graph().name());
  text("graph_doc_string", model.graph().doc_string());
  NamedAttrList metadata;
  for (const auto &property : model.metadata_props())
    if (!property.key().empty())
      metadata.set(property.key(), b.getStringAttr(property.value()));
  if (!metadata.empty())
    attributes.set("metadata", metadata.getDictionary(context));
  return attributes.getDictionary(context);
}

OwningOpRef<ModuleOp> Importer::build() {
  const onnx::GraphProto &graph = model.graph();
  OpBuilder builder(context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(location);
  (*module)->setAttr("onnx.opset", builder.getI64IntegerAttr(opset));
  (*module)->setAttr(keep::kModel, describeModel());
  NamedAttrList imports;
  for (const auto &import : model.opset_import())
    if (!import.domain().empty() && import.domain() != "ai.onnx")
      imports.set(import.domain(), builder.getI64IntegerAttr(import.version()));
  if (!imports.empty())
    (*module)->setAttr("onnx.opset_imports", imports.getDictionary(context));

  builder.setInsertionPointToEnd(module->getBody());
  auto function = builder.create<func::FuncOp>(location, "main",
                                               builder.getFunctionType({}, {}));
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);

  OnnxGraphImporter importer(builder, opset, /*keepNames=*/true, location);
  if (failed(importer.declareTypes(graph)))
    return refuse("can't be imported: " + importer.error);

  // Before IR version 4 each initializer is an input, too: it stays a constant.
  llvm::StringSet<> constants;
  for (const onnx::TensorProto &tensor : graph.initializer())
    constants.insert(tensor.name());
  SmallVector<Attribute> argumentNames, resultNames;
  for (const onnx::ValueInfoProto &input : graph.input()) {
    if (constants.contains(input.name()))
      continue;
    importer.define(
        input.name(),
        body->addArgument(importer.declaredType(input.name()), location));
    argumentNames.push_back(builder.getStringAttr(input.name()));
  }
  if (failed(importer.importInitializers(graph, weights)) ||
      failed(importer.importNodes(graph.node())))
    return refuse("can't be imported: " + importer.error);

  SmallVector<Value> results;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    results.push_back(importer.lookup(output.name()));
    if (!results.back())
      return refuse("can't be imported: nothing defines its output '" +
                    Twine(output.name()) + "'");
    resultNames.push_back(builder.getStringAttr(output.name()));
  }
  builder.create<func::ReturnOp>(location, results);
  function.setType(builder.getFunctionType(body->getArgumentTypes(),
                                           ValueRange(results).getTypes()));
  for (auto [i, name] : llvm::enumerate(argumentNames))
    function.setArgAttr(i, "onnx.name", name);
  for (auto [i, name] : llvm::enumerate(resultNames))
    function.setResultAttr(i, "onnx.name", name);
  if (failed(verify(*module)))
    return nullptr;
  return module;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

OwningOpRef<ModuleOp> torchonnx::importOnnxFile(StringRef path,
                                                MLIRContext *context) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer) {
    emitError(UnknownLoc::get(context))
        << "cannot read '" << path << "': " << buffer.getError().message();
    return {};
  }
  StringRef directory = llvm::sys::path::parent_path(path);
  return importOnnx(std::move(*buffer), context,
                    directory.empty() ? StringRef(".") : directory);
}

OwningOpRef<ModuleOp>
torchonnx::importOnnx(std::shared_ptr<llvm::MemoryBuffer> buffer,
                      MLIRContext *context, StringRef directory) {
  return Importer(std::move(buffer), context, directory).run();
}
