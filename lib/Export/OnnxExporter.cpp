//===- OnnxExporter.cpp - The onnx dialect to protobuf --------------------===//

#include "dialects/Onnx/OnnxCoreOps.h"
#include "lib/Export/ModelWriter.h"
#include "lib/Export/ProtoConversion.h"
#include "lib/Support/Constants.h"
#include "lib/Support/Diagnostics.h"
#include "torch_onnx_opt/Version.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include "onnx/checker.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace torchonnx;

namespace {

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

// Names that are used once.
class NameTable {
public:
  /// `base`, or `base` with the smallest number that makes it unique.
  StringRef unique(StringRef base) {
    auto [it, inserted] = used.insert(base);
    if (inserted)
      return it->getKey();
    unsigned &next = counters[base];
    while (true) {
      auto [other, fresh] =
          used.insert((base + "_" + std::to_string(++next)).str());
      if (fresh)
        return other->getKey();
    }
  }
  /// The name itself, or nullopt if it is taken.
  std::optional<StringRef> exactly(StringRef name) {
    auto [it, inserted] = used.insert(name);
    return inserted ? std::optional<StringRef>(it->getKey()) : std::nullopt;
  }

private:
  llvm::StringSet<> used;
  llvm::StringMap<unsigned> counters;
};

// "layer1.0.conv1" as the path of names of modules as PyTorch users know it:
// "/layer1/layer1.0/conv1".
std::string scopePath(StringRef scope) {
  // The name of a node that was imported.
  if (scope.starts_with("/"))
    return scope.str();
  std::string path, previous;
  SmallVector<StringRef> parts;
  scope.split(parts, '.', -1, false);
  for (StringRef part : parts) {
    bool isIndex = llvm::all_of(part, [](char c) { return llvm::isDigit(c); });
    previous =
        isIndex && !previous.empty() ? previous + "." + part.str() : part.str();
    path += "/" + previous;
  }
  return path;
}

//===----------------------------------------------------------------------===//
// Exporter
//===----------------------------------------------------------------------===//

class Exporter {
public:
  explicit Exporter(ModuleOp module) : module(module) {}

  /// Fills `model` and `weights`.
  LogicalResult run();
  LogicalResult check();

  onnx::ModelProto model;
  std::vector<Weight> weights;

private:
  LogicalResult findFunction();
  LogicalResult convertHeader();
  LogicalResult nameArgumentsAndResults();
  void nameConstants(Block &block);
  void nameResults(Operation *op, StringRef nodeName);
  void addWeight(Onnx::InitializerOp op);
  LogicalResult convertBlock(Block &block, onnx::GraphProto &graph);
  LogicalResult convertNode(Operation *op, onnx::GraphProto &graph);
  LogicalResult convertSubgraphs(Operation *op, StringRef nodeName,
                                 onnx::NodeProto &node);
  void describeOrigin(Operation *op, onnx::NodeProto &node);
  void addValueInfo(Value value, onnx::GraphProto &graph);
  LogicalResult setValue(Value value, StringRef name,
                         onnx::ValueInfoProto &info);
  void addIdentity(Value value, StringRef output, onnx::GraphProto &graph);
  const std::string &pathOf(StringRef scope);
  std::string inputName(Value value) const {
    return Onnx::isNone(value) ? std::string() : names.lookup(value).str();
  }
  Location locate(StringRef message);

  ModuleOp module;
  func::FuncOp function;
  int64_t opset = 0;
  NameTable valueNames, nodeNames;
  DenseMap<Value, StringRef> names;
  /// The values that are outputs of the graph that defines them.
  DenseSet<Value> outputs;
  std::vector<std::string> outputNames;
  /// The names of `weights`, and the first of them that has a value.
  std::vector<StringRef> weightNames;
  DenseMap<Attribute, size_t> weightOfValue;
  llvm::StringMap<std::string> paths;
  llvm::StringMap<Operation *> operationOfNode;
  llvm::SetVector<StringRef> domains;
  llvm::StringSet<> refused;
};
} // namespace

LogicalResult Exporter::run() {
  // Types are written by their dimensions, in a function without any operation
  // of the onnx dialect, too.
  module->getContext()->loadDialect<Symbolic::SymbolicDialect>();
  if (failed(findFunction()) || failed(convertHeader()) ||
      failed(nameArgumentsAndResults()))
    return failure();
  Block &body = function.getBody().front();
  nameConstants(body);
  onnx::GraphProto &graph = *model.mutable_graph();
  for (BlockArgument argument : body.getArguments())
    if (failed(setValue(argument, names.lookup(argument), *graph.add_input())))
      return failure();
  if (failed(convertBlock(body, graph)) || !refused.empty())
    return failure();

  auto import = [&](StringRef domain, int64_t version) {
    onnx::OperatorSetIdProto &entry = *model.add_opset_import();
    entry.set_domain(domain.str());
    entry.set_version(version);
  };
  if (auto imports =
          module->getAttrOfType<DictionaryAttr>("onnx.opset_imports"))
    for (NamedAttribute entry : imports) {
      auto version = dyn_cast<IntegerAttr>(entry.getValue());
      import(entry.getName(), version ? version.getInt() : 1);
      domains.remove(entry.getName());
    }
  for (StringRef domain : domains)
    import(domain, 1);
  return success();
}

LogicalResult Exporter::findFunction() {
  SmallVector<func::FuncOp> functions;
  for (auto candidate : module.getOps<func::FuncOp>())
    if (!candidate.isExternal() && !candidate.isPrivate())
      functions.push_back(candidate);
  if (functions.size() > 1) {
    auto main = llvm::find_if(
        functions, [](func::FuncOp f) { return f.getName() == "main"; });
    if (main != functions.end())
      functions = {*main};
  }
  if (functions.size() != 1)
    return emitError(module.getLoc(),
                     "an ONNX model is one function, and this module has ")
           << functions.size();
  function = functions.front();
  if (!function.getBody().hasOneBlock())
    return emitError(function.getLoc(),
                     "has several blocks, which an ONNX graph can't have");
  return success();
}

LogicalResult Exporter::convertHeader() {
  auto version = module->getAttrOfType<IntegerAttr>("onnx.opset");
  opset = version ? version.getInt() : Onnx::kDialectOpset;
  model.set_ir_version(Onnx::getIrVersion(opset));
  model.set_producer_name("torch-onnx-opt");
  model.set_producer_version(getVersion().str());
  model.mutable_graph()->set_name("main_graph");
  // A model without standard operators need not name their opset.
  if (opset > 0) {
    onnx::OperatorSetIdProto &import = *model.add_opset_import();
    import.set_domain("");
    import.set_version(opset);
  }

  // What an imported model said about itself.
  auto kept = module->getAttrOfType<DictionaryAttr>(keep::kModel);
  if (!kept)
    return success();
  auto text = [&](StringRef key, std::string *(onnx::ModelProto::*field)()) {
    if (auto value = kept.getAs<StringAttr>(key))
      *(model.*field)() = value.str();
  };
  auto number = [&](StringRef key) {
    auto value = kept.getAs<IntegerAttr>(key);
    return value ? value.getInt() : 0;
  };
  // A model of another opset is not the imported one any more.
  if (number("opset") == opset)
    model.set_ir_version(number("ir_version"));
  text("producer_name", &onnx::ModelProto::mutable_producer_name);
  text("producer_version", &onnx::ModelProto::mutable_producer_version);
  text("domain", &onnx::ModelProto::mutable_domain);
  text("doc_string", &onnx::ModelProto::mutable_doc_string);
  if (int64_t version = number("model_version"))
    model.set_model_version(version);
  if (auto value = kept.getAs<StringAttr>("graph_name"))
    model.mutable_graph()->set_name(value.str());
  if (auto value = kept.getAs<StringAttr>("graph_doc_string"))
    model.mutable_graph()->set_doc_string(value.str());
  if (auto metadata = kept.getAs<DictionaryAttr>("metadata"))
    for (NamedAttribute entry : metadata) {
      auto *property = model.add_metadata_props();
      property->set_key(entry.getName().str());
      property->set_value(cast<StringAttr>(entry.getValue()).str());
    }
  return success();
}

//===----------------------------------------------------------------------===//
// Naming
//===----------------------------------------------------------------------===//

LogicalResult Exporter::nameArgumentsAndResults() {
  Block &body = function.getBody().front();
  for (BlockArgument argument : body.getArguments()) {
    unsigned i = argument.getArgNumber();
    auto given = function.getArgAttrOfType<StringAttr>(i, "onnx.name");
    std::string text = given ? given.str() : "input_" + std::to_string(i);
    std::optional<StringRef> name = valueNames.exactly(text);
    if (!name)
      return emitError(function.getLoc(), "two inputs are named '")
             << text << "'";
    names[argument] = *name;
  }
  // A result has its output's name, unless it is already an output or is no
  // result of a node: then an Identity makes the output.
  Operation *terminator = body.getTerminator();
  for (OpOperand &operand : terminator->getOpOperands()) {
    unsigned i = operand.getOperandNumber();
    auto given = function.getResultAttrOfType<StringAttr>(i, "onnx.name");
    std::string text = given ? given.str() : "output_" + std::to_string(i);
    outputNames.push_back(text);
    Operation *producer = operand.get().getDefiningOp();
    // ONNX allows an input to be an output, under the same name.
    if (!producer && names.lookup(operand.get()) == text)
      continue;
    std::optional<StringRef> name = valueNames.exactly(text);
    if (!name)
      return emitError(function.getLoc(), "two inputs or outputs are named '")
             << text << "'";
    if (producer && !isa<Onnx::InitializerOp, Onnx::NoneOp>(producer) &&
        outputs.insert(operand.get()).second)
      names[operand.get()] = *name;
  }
  return success();
}

// Constants first: their names are the model's, those of the other values are
// made up.
void Exporter::nameConstants(Block &block) {
  for (bool named : {true, false})
    block.walk([&](Onnx::InitializerOp op) {
      if (op.getName().has_value() == named)
        addWeight(op);
    });
}

void Exporter::addWeight(Onnx::InitializerOp op) {
  std::optional<StringRef> given = op.getName();
  if (!given && op->use_empty())
    return;
  // The same constant under two names is written twice only if it is small;
  // weights have one storage and are one.
  Attribute value = op.getValue();
  auto [known, inserted] = weightOfValue.try_emplace(value, weights.size());
  if (!inserted) {
    StringRef name = weightNames[known->second];
    if (!given || *given == name ||
        isa<DenseResourceElementsAttr, Onnx::FoldAttr>(value)) {
      names[op.getOutput()] = weightNames[known->second];
      return;
    }
  }
  auto type = cast<ShapedType>(op.getType());
  std::string text = given ? given->str() : std::string("constant");
  StringRef name = valueNames.unique(text.empty() ? "constant" : text);
  names[op.getOutput()] = name;
  weightNames.push_back(name);
  Weight weight{{}, value, op.getLoc(), 0};
  std::string reason;
  LogicalResult status = tensorToProto(value, false, weight.header, reason);
  if (succeeded(status) && isa<DenseResourceElementsAttr>(value))
    status = readConstant(value, &reason);
  if (failed(status)) {
    op.emitError("constant '") << name << "' can't be written: " << reason;
    refused.insert("onnx.initializer");
  }
  weight.header.set_name(name.str());
  if (Onnx::getRawBitWidth(type.getElementType()))
    weight.size = getConstantSize(type);
  weights.push_back(std::move(weight));
}

void Exporter::nameResults(Operation *op, StringRef nodeName) {
  auto kept = op->getAttrOfType<ArrayAttr>(keep::kNames);
  for (OpResult result : op->getResults()) {
    if (Onnx::isNone(result) || names.contains(result))
      continue;
    unsigned i = result.getResultNumber();
    std::string base;
    if (kept && i < kept.size())
      base = cast<StringAttr>(kept[i]).str();
    if (base.empty())
      base = nodeName.str() + "_output_" + std::to_string(i);
    names[result] = valueNames.unique(base);
  }
}

const std::string &Exporter::pathOf(StringRef scope) {
  auto [it, inserted] = paths.try_emplace(scope);
  if (inserted)
    it->second = scopePath(scope);
  return it->second;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

LogicalResult Exporter::setValue(Value value, StringRef name,
                                 onnx::ValueInfoProto &info) {
  info.set_name(name.str());
  if (typeToProto(value.getType(), *info.mutable_type()))
    return success();
  InFlightDiagnostic diagnostic = emitError(value.getLoc())
                                  << "'" << name << "' has type "
                                  << value.getType()
                                  << ", which ONNX does not have";
  if (value.getType().getDialect().getNamespace() == "torch")
    diagnostic.attachNote()
        << "add --torchscript-to-onnx, which converts the torch dialect, or "
           "write it as .mlir";
  return diagnostic;
}

void Exporter::addValueInfo(Value value, onnx::GraphProto &graph) {
  if (isa<Onnx::UnknownType>(value.getType()) || Onnx::isNone(value) ||
      outputs.contains(value))
    return;
  onnx::ValueInfoProto info;
  info.set_name(names.lookup(value).str());
  if (typeToProto(value.getType(), *info.mutable_type()))
    graph.add_value_info()->Swap(&info);
}

void Exporter::addIdentity(Value value, StringRef output,
                           onnx::GraphProto &graph) {
  onnx::NodeProto &node = *graph.add_node();
  node.set_op_type("Identity");
  node.set_name(nodeNames.unique("/Identity").str());
  node.add_input(inputName(value));
  node.add_output(output.str());
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

LogicalResult Exporter::convertBlock(Block &block, onnx::GraphProto &graph) {
  bool isMain = block.getParentOp() == function;
  Operation *terminator = block.getTerminator();
  if (isMain != isa<func::ReturnOp>(terminator) ||
      (!isMain && !isa<Onnx::YieldOp>(terminator)))
    return terminator->emitError("is not what ends an ONNX graph");

  // A subgraph's outputs are named as the results of its nodes that they are.
  auto isResultHere = [&](Value value) {
    Operation *producer = value.getDefiningOp();
    return producer && producer->getBlock() == &block &&
           !isa<Onnx::InitializerOp, Onnx::NoneOp>(producer);
  };
  if (!isMain)
    for (Value value :
         llvm::make_filter_range(terminator->getOperands(), isResultHere))
      outputs.insert(value);

  for (Operation &op : block.without_terminator()) {
    if (isa<Onnx::InitializerOp, Onnx::NoneOp>(op))
      continue;
    if (!isa<Onnx::CustomOp>(op) && !Onnx::getSchema(&op)) {
      // Each kind of operation once.
      if (refused.insert(op.getName().getStringRef()).second)
        op.emitError("'") << op.getName()
                          << "' can't be written to an ONNX file, which has "
                             "operations of the onnx dialect only";
      continue;
    }
    if (failed(convertNode(&op, graph)))
      return failure();
  }
  DenseSet<Value> yielded;
  for (OpOperand &operand : terminator->getOpOperands()) {
    Value value = operand.get();
    std::string name;
    if (isMain) {
      name = outputNames[operand.getOperandNumber()];
    } else {
      name = isResultHere(value) && yielded.insert(value).second
                 ? names.lookup(value).str()
                 : valueNames.unique("/Identity_output_0").str();
    }
    if (names.lookup(value) != name)
      addIdentity(value, name, graph);
    if (failed(setValue(value, name, *graph.add_output())))
      return failure();
  }
  return success();
}

LogicalResult Exporter::convertNode(Operation *op, onnx::GraphProto &graph) {
  onnx::NodeProto &node = *graph.add_node();
  std::string reason;
  if (failed(nodeToProto(op, node, reason)))
    return op->emitError(reason);
  if (!node.domain().empty() && node.domain() != "ai.onnx")
    domains.insert(cast<Onnx::CustomOp>(op).getDomain());

  // A node of an imported model need not have a name.
  auto kept = op->getAttrOfType<StringAttr>(keep::kNodeName);
  std::string base =
      kept ? kept.str()
           : pathOf(findScope(op->getLoc())) + "/" + node.op_type();
  if (kept || !op->hasAttr(keep::kNames)) {
    base = nodeNames.unique(base).str();
    node.set_name(base);
    operationOfNode[base] = op;
  }
  nameResults(op, base);
  for (Value operand : op->getOperands())
    node.add_input(inputName(operand));
  while (node.input_size() && node.input(node.input_size() - 1).empty())
    node.mutable_input()->RemoveLast();
  for (Value result : op->getResults())
    node.add_output(inputName(result));
  while (node.output_size() && node.output(node.output_size() - 1).empty())
    node.mutable_output()->RemoveLast();
  describeOrigin(op, node);
  if (failed(convertSubgraphs(op, node.name(), node)))
    return failure();
  for (Value result : op->getResults())
    addValueInfo(result, graph);
  return success();
}

LogicalResult Exporter::convertSubgraphs(Operation *op, StringRef nodeName,
                                         onnx::NodeProto &node) {
  auto kept = op->getAttrOfType<ArrayAttr>(keep::kGraphs);
  for (auto [i, name] : llvm::enumerate(getRegionNames(op))) {
    Block &block = op->getRegion(i).front();
    onnx::AttributeProto &attribute = *node.add_attribute();
    attribute.set_name(name.str());
    attribute.set_type(onnx::AttributeProto::GRAPH);
    onnx::GraphProto &graph = *attribute.mutable_g();
    auto notes = kept && i < kept.size() ? dyn_cast<DictionaryAttr>(kept[i])
                                         : DictionaryAttr();
    auto graphName = notes ? notes.getAs<StringAttr>("name") : StringAttr();
    auto inputs = notes ? notes.getAs<ArrayAttr>("inputs") : ArrayAttr();
    graph.set_name(graphName ? graphName.str() : (nodeName + "_" + name).str());
    for (BlockArgument argument : block.getArguments()) {
      unsigned number = argument.getArgNumber();
      std::string base =
          inputs && number < inputs.size()
              ? cast<StringAttr>(inputs[number]).str()
              : (nodeName + "_" + name + "_input_" + Twine(number)).str();
      names[argument] = valueNames.unique(base);
      if (failed(
              setValue(argument, names.lookup(argument), *graph.add_input())))
        return failure();
    }
    if (failed(convertBlock(block, graph)))
      return failure();
  }
  return success();
}

// Where a node comes from: its metadata, or its doc string before IR
// version 10.
void Exporter::describeOrigin(Operation *op, onnx::NodeProto &node) {
  if (op->hasAttr(keep::kNames)) {
    if (auto text = op->getAttrOfType<StringAttr>(keep::kDocString))
      node.set_doc_string(text.str());
    if (auto metadata = op->getAttrOfType<DictionaryAttr>(keep::kMetadata))
      for (NamedAttribute entry : metadata) {
        auto *property = node.add_metadata_props();
        property->set_key(entry.getName().str());
        property->set_value(cast<StringAttr>(entry.getValue()).str());
      }
    return;
  }
  std::string scope = findScope(op->getLoc()).str(), line;
  if (std::optional<FileLineColLoc> source = findSourceLine(op->getLoc()))
    line =
        source->getFilename().str() + ":" + std::to_string(source->getLine());
  if (model.ir_version() < 10) {
    node.set_doc_string(line.empty() || scope.empty() ? scope + line
                                                      : scope + " at " + line);
    if (node.doc_string().empty())
      node.clear_doc_string();
    return;
  }
  auto add = [&](StringRef key, const std::string &value) {
    if (value.empty())
      return;
    auto *property = node.add_metadata_props();
    property->set_key(key.str());
    property->set_value(value);
  };
  add(kScopeKey, scope);
  add(kLocationKey, line);
}

//===----------------------------------------------------------------------===//
// Checking
//===----------------------------------------------------------------------===//

// The checker's messages name the node: "(op_type:Add, node name: /Add)", or
// "Bad node spec for node. Name: /Add OpType: Add".
Location Exporter::locate(StringRef message) {
  for (StringRef key : {"node name: ", "Name: "}) {
    size_t at = message.find(key);
    if (at == StringRef::npos)
      continue;
    StringRef name = message.substr(at + key.size());
    for (StringRef end : {")", " OpType:", "\n"})
      name = name.split(end).first;
    if (Operation *op = operationOfNode.lookup(name))
      return op->getLoc();
  }
  return module.getLoc();
}

LogicalResult Exporter::check() {
  // Shape inference reads small constants. The others are inputs here, so that
  // the check needs none of their bytes.
  constexpr uint64_t kSmall = 1024, kSmallShape = 1 << 16;
  onnx::GraphProto &graph = *model.mutable_graph();
  int inputs = graph.input_size();
  for (const Weight &weight : weights) {
    bool isText = weight.header.data_type() == onnx::TensorProto::STRING;
    bool small =
        weight.size <= (weight.header.data_type() == onnx::TensorProto::INT64
                            ? kSmallShape
                            : kSmall);
    if (small && isText) {
      *graph.add_initializer() = weight.header;
      continue;
    }
    if (small) {
      FailureOr<ConstantBytes> bytes = readConstant(weight.value);
      if (succeeded(bytes)) {
        onnx::TensorProto &tensor = *graph.add_initializer();
        tensor = weight.header;
        tensor.set_raw_data(bytes->data.data(), bytes->data.size());
        continue;
      }
    }
    onnx::ValueInfoProto &input = *graph.add_input();
    input.set_name(weight.header.name());
    auto &tensor = *input.mutable_type()->mutable_tensor_type();
    tensor.set_elem_type(weight.header.data_type());
    tensor.mutable_shape();
    for (int64_t size : weight.header.dims())
      tensor.mutable_shape()->add_dim()->set_dim_value(size);
  }
  LogicalResult status = success();
  try {
    onnx::checker::check_model(model, /*full_check=*/true);
  } catch (const std::exception &error) {
    std::string message = error.what();
    status = emitError(locate(message))
             << "the model does not pass onnx's checker: " << oneLine(message);
  }
  graph.clear_initializer();
  graph.mutable_input()->DeleteSubrange(inputs, graph.input_size() - inputs);
  return status;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

LogicalResult torchonnx::exportOnnxFile(ModuleOp module, StringRef path,
                                        const ExportOptions &options) {
  Exporter exporter(module);
  if (failed(exporter.run()) || (options.check && failed(exporter.check())))
    return failure();
  return writeModelFile(exporter.model, exporter.weights, path, module.getLoc(),
                        options);
}

LogicalResult torchonnx::exportOnnx(ModuleOp module, raw_ostream &os,
                                    const ExportOptions &options) {
  Exporter exporter(module);
  if (failed(exporter.run()) || (options.check && failed(exporter.check())))
    return failure();
  return writeModel(exporter.model, exporter.weights, os, module.getLoc(),
                    options);
}
