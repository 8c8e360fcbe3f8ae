//===- ModelWriter.cpp - Writes a model with its weights ------------------===//

#include "lib/Export/ModelWriter.h"

#include "lib/Support/Constants.h"

#include "mlir/IR/Diagnostics.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

using namespace mlir;
using namespace torchonnx;

//===----------------------------------------------------------------------===//
// Where bytes go
//===----------------------------------------------------------------------===//

namespace {
class ByteSink {
public:
  virtual ~ByteSink() = default;
  /// Nothing is written any more after a failure.
  virtual bool write(StringRef bytes) = 0;
  uint64_t written = 0;
};

class StreamSink : public ByteSink {
public:
  explicit StreamSink(llvm::raw_ostream &os) : os(os) {}
  bool write(StringRef bytes) override {
    os << bytes;
    written += bytes.size();
    return true;
  }

private:
  llvm::raw_ostream &os;
};

// A file that has its name only once it is complete.
class FileSink : public ByteSink {
public:
  ~FileSink() override {
    if (descriptor >= 0)
      ::close(descriptor);
    if (!temporary.empty()) {
      llvm::sys::fs::remove(temporary);
      llvm::sys::DontRemoveFileOnSignal(temporary);
    }
  }

  bool open(StringRef path) {
    // A link stays one: the file that it leads to is replaced.
    SmallString<128> real;
    target =
        llvm::sys::fs::real_path(path, real) ? path.str() : real.str().str();
    llvm::sys::fs::file_status status;
    bool exists =
        !llvm::sys::fs::status(target, status) && llvm::sys::fs::exists(status);
    if (exists && llvm::sys::fs::is_directory(status)) {
      error = std::make_error_code(std::errc::is_a_directory);
      return false;
    }
    if (exists && !llvm::sys::fs::is_regular_file(status)) {
      // A device or a pipe.
      error = llvm::sys::fs::openFileForWrite(target, descriptor);
      return !error;
    }
    if (exists && ::access(target.c_str(), W_OK) != 0) {
      error = std::error_code(errno, std::generic_category());
      return false;
    }
    SmallString<128> name;
    error = llvm::sys::fs::createUniqueFile(target + ".%%%%%%%%.tmp",
                                            descriptor, name);
    if (error)
      return false;
    temporary = name.str();
    llvm::sys::RemoveFileOnSignal(temporary);
    if (exists)
      llvm::sys::fs::setPermissions(descriptor, status.permissions());
    return true;
  }

  bool write(StringRef bytes) override {
    written += bytes.size();
    if (buffer.size() + bytes.size() <= kBufferSize) {
      buffer.append(bytes.data(), bytes.size());
      return true;
    }
    if (!flush())
      return false;
    if (bytes.size() < kBufferSize) {
      buffer.append(bytes.data(), bytes.size());
      return true;
    }
    return writeOut(bytes);
  }

  /// Everything is on its way to the disk and the file is closed.
  bool close() {
    if (!flush())
      return false;
    int closing = std::exchange(descriptor, -1);
    if (::close(closing) == 0)
      return true;
    error = std::error_code(errno, std::generic_category());
    return false;
  }

  /// Gives the file its name.
  bool commit() {
    if (temporary.empty())
      return true;
    error = llvm::sys::fs::rename(temporary, target);
    if (error)
      return false;
    llvm::sys::DontRemoveFileOnSignal(temporary);
    temporary.clear();
    return true;
  }

  std::error_code error;

private:
  static constexpr size_t kBufferSize = 1 << 20;

  bool flush() {
    bool done = buffer.empty() || writeOut(buffer);
    buffer.clear();
    return done;
  }

  bool writeOut(StringRef bytes) {
    while (!bytes.empty()) {
      // Linux writes at most 2 GiB at once.
      ssize_t count = ::write(descriptor, bytes.data(),
                              std::min<size_t>(bytes.size(), 1 << 30));
      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0) {
        error =
            std::error_code(count < 0 ? errno : EIO, std::generic_category());
        return false;
      }
      bytes = bytes.drop_front(count);
    }
    return true;
  }

  int descriptor = -1;
  std::string target, temporary;
  std::string buffer;
};
} // namespace

//===----------------------------------------------------------------------===//
// Protobuf's wire format
//===----------------------------------------------------------------------===//

static void appendVarint(std::string &out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(char(value | 0x80));
    value >>= 7;
  }
  out.push_back(char(value));
}

// The start of a field that is a message or bytes.
static std::string fieldStart(int field, uint64_t size) {
  std::string out;
  appendVarint(out, uint64_t(field) << 3 | 2);
  appendVarint(out, size);
  return out;
}

static uint64_t fieldSize(int field, uint64_t size) {
  return fieldStart(field, size).size() + size;
}

//===----------------------------------------------------------------------===//
// The model in pieces
//===----------------------------------------------------------------------===//

namespace {
// A model as the file has it: modelHead, the graph (graphHead, weights,
// graphTail), modelTail.
struct Pieces {
  std::string modelHead, modelTail, graphHead, graphTail;
  // Name and type of each weight, and for external data its place.
  std::vector<std::string> weightHeads;
};
} // namespace

static constexpr uint64_t kProtobufLimit = (uint64_t(1) << 31) - 1;
// Smaller weights stay in the model's file; so does what is small enough to be
// a shape that a reader without the data needs.
static constexpr uint64_t kExternalMinimum = 1024;
static constexpr uint64_t kExternalAlignment = 4096;

static bool isExternal(const Weight &weight, bool external) {
  return external && weight.size >= kExternalMinimum;
}

static uint64_t weightSize(const Weight &weight, const std::string &head,
                           bool external) {
  bool hasBytes = weight.header.data_type() != onnx::TensorProto::STRING &&
                  !isExternal(weight, external);
  return head.size() +
         (hasBytes
              ? fieldSize(onnx::TensorProto::kRawDataFieldNumber, weight.size)
              : 0);
}

static uint64_t graphSize(const Pieces &pieces, ArrayRef<Weight> weights,
                          bool external) {
  uint64_t size = pieces.graphHead.size() + pieces.graphTail.size();
  for (auto [weight, head] : llvm::zip_equal(weights, pieces.weightHeads))
    size += fieldSize(onnx::GraphProto::kInitializerFieldNumber,
                      weightSize(weight, head, external));
  return size;
}

static uint64_t modelSize(const Pieces &pieces, ArrayRef<Weight> weights,
                          bool external) {
  return pieces.modelHead.size() + pieces.modelTail.size() +
         fieldSize(onnx::ModelProto::kGraphFieldNumber,
                   graphSize(pieces, weights, external));
}

static Pieces takeApart(onnx::ModelProto &model, ArrayRef<Weight> weights) {
  Pieces pieces;
  onnx::GraphProto graph;
  graph.Swap(model.mutable_graph());
  model.clear_graph();
  {
    onnx::GraphProto head;
    head.mutable_node()->Swap(graph.mutable_node());
    head.set_name(graph.name());
    graph.clear_name();
    pieces.graphHead = head.SerializeAsString();
  }
  pieces.graphTail = graph.SerializeAsString();
  onnx::ModelProto tail;
  tail.mutable_opset_import()->Swap(model.mutable_opset_import());
  tail.mutable_metadata_props()->Swap(model.mutable_metadata_props());
  tail.mutable_functions()->Swap(model.mutable_functions());
  pieces.modelTail = tail.SerializeAsString();
  pieces.modelHead = model.SerializeAsString();
  for (const Weight &weight : weights)
    pieces.weightHeads.push_back(weight.header.SerializeAsString());
  return pieces;
}

// Gives the weights their places in the external file.
static void placeExternally(Pieces &pieces, MutableArrayRef<Weight> weights,
                            StringRef fileName) {
  uint64_t offset = 0;
  for (auto [weight, head] : llvm::zip_equal(weights, pieces.weightHeads)) {
    if (!isExternal(weight, true))
      continue;
    offset = llvm::alignTo(offset, kExternalAlignment);
    onnx::TensorProto &header = weight.header;
    header.set_data_location(onnx::TensorProto::EXTERNAL);
    auto set = [&](const char *key, std::string value) {
      auto *entry = header.add_external_data();
      entry->set_key(key);
      entry->set_value(std::move(value));
    };
    set("location", fileName.str());
    set("offset", std::to_string(offset));
    set("length", std::to_string(weight.size));
    head = header.SerializeAsString();
    offset += weight.size;
  }
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {
class Writer {
public:
  Writer(Pieces &pieces, ArrayRef<Weight> weights, const ExportOptions &options,
         ByteSink &model, ByteSink *data)
      : pieces(pieces), weights(weights), options(options), model(model),
        data(data) {
    total = modelSize(pieces, weights, data);
    if (data)
      for (const Weight &weight : weights)
        total += isExternal(weight, true) ? weight.size : 0;
  }

  /// False if a sink fails or, with a diagnostic, if a constant can't be read.
  bool write() {
    bool ok = model.write(pieces.modelHead) &&
              model.write(fieldStart(onnx::ModelProto::kGraphFieldNumber,
                                     graphSize(pieces, weights, data))) &&
              model.write(pieces.graphHead);
    for (auto [weight, head] : llvm::zip_equal(weights, pieces.weightHeads)) {
      if (!ok)
        return false;
      ok = writeWeight(weight, head);
      if (options.progress)
        options.progress(model.written + (data ? data->written : 0), total);
    }
    return ok && model.write(pieces.graphTail) && model.write(pieces.modelTail);
  }

  bool unreadable = false;

private:
  bool writeWeight(const Weight &weight, const std::string &head) {
    if (!model.write(fieldStart(onnx::GraphProto::kInitializerFieldNumber,
                                weightSize(weight, head, data))) ||
        !model.write(head))
      return false;
    if (weight.header.data_type() == onnx::TensorProto::STRING)
      return true;
    ByteSink &sink = isExternal(weight, data) ? *data : model;
    if (&sink == data) {
      std::string padding(llvm::offsetToAlignment(
                              data->written, llvm::Align(kExternalAlignment)),
                          '\0');
      if (!data->write(padding))
        return false;
    } else if (!model.write(fieldStart(onnx::TensorProto::kRawDataFieldNumber,
                                       weight.size))) {
      return false;
    }
    std::string reason;
    FailureOr<ConstantBytes> bytes = readConstant(weight.value, &reason);
    if (succeeded(bytes)) {
      ArrayRef<char> data = bytes->data;
      if (data.size() == weight.size)
        return sink.write(StringRef(data.data(), data.size()));
      reason = "it has " + std::to_string(data.size()) +
               " bytes where its type takes " + std::to_string(weight.size);
    }
    emitError(weight.location) << "constant '" << weight.header.name()
                               << "' can't be written: " << reason;
    unreadable = true;
    return false;
  }

  Pieces &pieces;
  ArrayRef<Weight> weights;
  const ExportOptions &options;
  ByteSink &model;
  ByteSink *data;
  uint64_t total;
};
} // namespace

static LogicalResult cannotWrite(Location location, StringRef path,
                                 const FileSink &sink) {
  return emitError(location)
         << "cannot write '" << path << "': " << sink.error.message();
}

static LogicalResult tooLarge(Location location) {
  return emitError(location)
         << "the model without its weights is larger than protobuf's limit of "
            "2 GiB";
}

LogicalResult torchonnx::writeModelFile(onnx::ModelProto &model,
                                        MutableArrayRef<Weight> weights,
                                        StringRef path, Location location,
                                        const ExportOptions &options) {
  Pieces pieces = takeApart(model, weights);
  bool external = options.externalData == ExportOptions::ExternalData::Always ||
                  modelSize(pieces, weights, false) > kProtobufLimit;
  std::string dataPath = path.str() + ".data";
  if (external)
    placeExternally(pieces, weights, llvm::sys::path::filename(dataPath));
  if (modelSize(pieces, weights, external) > kProtobufLimit)
    return tooLarge(location);

  FileSink modelSink, dataSink;
  if (!modelSink.open(path))
    return cannotWrite(location, path, modelSink);
  if (external && !dataSink.open(dataPath))
    return cannotWrite(location, dataPath, dataSink);
  Writer writer(pieces, weights, options, modelSink,
                external ? &dataSink : nullptr);
  bool written = writer.write();
  if (writer.unreadable)
    return failure();
  if (external) {
    if (dataSink.error || (written && !dataSink.close()))
      return cannotWrite(location, dataPath, dataSink);
  }
  if (!written || !modelSink.close())
    return cannotWrite(location, path, modelSink);
  if (external && !dataSink.commit())
    return cannotWrite(location, dataPath, dataSink);
  if (!modelSink.commit())
    return cannotWrite(location, path, modelSink);
  return success();
}

LogicalResult torchonnx::writeModel(onnx::ModelProto &model,
                                    MutableArrayRef<Weight> weights,
                                    llvm::raw_ostream &os, Location location,
                                    const ExportOptions &options) {
  Pieces pieces = takeApart(model, weights);
  if (modelSize(pieces, weights, false) > kProtobufLimit)
    return emitError(location)
           << "the model is larger than protobuf's limit of 2 GiB; only a file "
              "can have its weights beside it";
  StreamSink sink(os);
  Writer writer(pieces, weights, options, sink, nullptr);
  return success(writer.write());
}
