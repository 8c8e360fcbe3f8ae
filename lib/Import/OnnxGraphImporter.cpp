//===- OnnxGraphImporter.cpp - Nodes to the onnx dialect ------------------===//

#include "lib/Import/OnnxGraphImporter.h"

#include "dialects/Onnx/OnnxCoreOps.h"
#include "lib/Export/ProtoConversion.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace torchonnx;
using Onnx::Arity;
using Onnx::AttributeKind;

static bool isStandard(StringRef domain) {
  return domain.empty() || domain == "ai.onnx";
}

//===----------------------------------------------------------------------===//
// Names and types
//===----------------------------------------------------------------------===//

Value OnnxGraphImporter::lookup(StringRef name) const {
  for (const Scope &scope : llvm::reverse(scopes))
    if (Value value = scope.values.lookup(name))
      return value;
  return {};
}

Type OnnxGraphImporter::declaredType(StringRef name) const {
  if (Type type = scopes.back().types.lookup(name))
    return type;
  return Onnx::UnknownType::get(builder.getContext());
}

LogicalResult OnnxGraphImporter::declareTypes(const onnx::GraphProto &graph) {
  for (const auto *list :
       {&graph.value_info(), &graph.input(), &graph.output()})
    for (const onnx::ValueInfoProto &info : *list) {
      Type type = typeFromProto(builder.getContext(), info.type());
      if (!type) {
        error = "'" + info.name() +
                "' has a type that is not supported (a map, a sparse tensor or "
                "an unknown element type)";
        return failure();
      }
      scopes.back().types[info.name()] = type;
    }
  return success();
}

LogicalResult OnnxGraphImporter::fail(const onnx::NodeProto &node,
                                      Twine reason) {
  error = (node.name().empty()
               ? "a node '" + Twine(node.op_type()) + "'"
               : "node '" + Twine(node.name()) + "' (" + node.op_type() + ")")
              .str() +
          " " + reason.str();
  return failure();
}

// Where the node comes from, if it says so, else its name.
Location OnnxGraphImporter::locate(const onnx::NodeProto &node) {
  if (!keepNames)
    return location;
  StringRef scope, line;
  for (const auto &property : node.metadata_props()) {
    if (property.key() == kScopeKey)
      scope = property.value();
    else if (property.key() == kLocationKey)
      line = property.value();
  }
  Location result = location;
  auto [file, number] = line.rsplit(':');
  unsigned row = 0;
  if (!file.empty() && !number.getAsInteger(10, row))
    result = FileLineColLoc::get(builder.getContext(), file, row, 0);
  if (scope.empty() && line.empty())
    scope = node.name();
  return scope.empty() ? result
                       : NameLoc::get(builder.getStringAttr(scope), result);
}

Value OnnxGraphImporter::getNone() {
  if (!none) {
    // Where all subgraphs see it.
    OpBuilder::InsertionGuard guard(builder);
    Block *block = builder.getInsertionBlock();
    while (isa_and_nonnull<Onnx::CustomOp>(block->getParentOp()) ||
           (block->getParentOp() && Onnx::getSchema(block->getParentOp())))
      block = block->getParentOp()->getBlock();
    builder.setInsertionPointToStart(block);
    none = builder.create<Onnx::NoneOp>(location);
  }
  return none;
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

LogicalResult
OnnxGraphImporter::importInitializers(const onnx::GraphProto &graph,
                                      ArrayRef<ElementsAttr> values) {
  for (auto [i, tensor] : llvm::enumerate(graph.initializer())) {
    std::string reason;
    Attribute value = i < values.size() ? values[i] : ElementsAttr();
    if (!value)
      value = tensorFromProto(builder.getContext(), tensor, reason);
    if (!value) {
      error = "initializer '" + tensor.name() + "' is malformed: " + reason;
      return failure();
    }
    auto op = builder.create<Onnx::InitializerOp>(
        location, cast<TypedAttr>(value), builder.getStringAttr(tensor.name()));
    define(tensor.name(), op.getOutput());
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

// Whether the values fit the parameters of the schema.
template <typename Range, typename Present, typename TypeOf>
static bool fits(const Range &values,
                 ArrayRef<Onnx::ParameterSchema> parameters, Present isPresent,
                 TypeOf typeOf) {
  bool variadic =
      !parameters.empty() && parameters.back().arity == Arity::Variadic;
  size_t fixed = parameters.size() - variadic;
  if (values.size() > fixed && !variadic)
    return false;
  for (size_t i = values.size(); i < fixed; ++i)
    if (parameters[i].arity != Arity::Optional)
      return false;
  for (auto [i, value] : llvm::enumerate(values)) {
    const auto &parameter = parameters[std::min(i, parameters.size() - 1)];
    if (!isPresent(value)) {
      if (parameter.arity != Arity::Optional)
        return false;
      continue;
    }
    Type type = typeOf(value);
    if (isa<Onnx::UnknownType>(type))
      continue;
    std::optional<Onnx::TypeCode> code = Onnx::getTypeCode(type);
    if (!code || !parameter.types.contains(*code))
      return false;
  }
  return true;
}

// Whether the node means the same as the dialect's operation of its name.
bool OnnxGraphImporter::fitsDialect(const onnx::NodeProto &node,
                                    ArrayRef<Value> operands,
                                    ArrayRef<Type> results) const {
  if (!isStandard(node.domain()) || !node.overload().empty() ||
      !Onnx::isContainedInDialect(node.op_type(), opset))
    return false;
  const Onnx::OpSchema &schema = *Onnx::lookupSchema(node.op_type());
  for (const onnx::AttributeProto &attribute : node.attribute()) {
    const Onnx::AttributeSchema *known = schema.findAttribute(attribute.name());
    if (!known || int(known->kind) != int(attribute.type()))
      return false;
  }
  for (const Onnx::AttributeSchema &known : schema.attributes)
    if (known.required &&
        llvm::none_of(node.attribute(), [&](const onnx::AttributeProto &a) {
          return a.name() == known.name;
        }))
      return false;
  return fits(
             operands, schema.inputs, [](Value v) { return bool(v); },
             [](Value v) { return v.getType(); }) &&
         fits(
             results, schema.outputs, [](Type t) { return !isa<NoneType>(t); },
             [](Type t) { return t; });
}

LogicalResult OnnxGraphImporter::collectAttributes(const onnx::NodeProto &node,
                                                   NamedAttrList &attributes) {
  for (const onnx::AttributeProto &attribute : node.attribute()) {
    if (attribute.type() == onnx::AttributeProto::GRAPH)
      continue;
    std::string reason;
    Attribute value =
        attributeFromProto(builder.getContext(), attribute, reason);
    if (!value)
      return fail(node, "has a malformed attribute '" +
                            Twine(attribute.name()) + "': " + reason);
    if (attribute.name().empty() || attributes.get(attribute.name()))
      return fail(node, "has two attributes '" + Twine(attribute.name()) + "'");
    attributes.append(attribute.name(), value);
  }
  return success();
}

// What is the model's and has no place in the operation.
void OnnxGraphImporter::keep(const onnx::NodeProto &node,
                             OperationState &state) {
  SmallVector<StringRef> outputs(node.output().begin(), node.output().end());
  state.addAttribute(keep::kNames, builder.getStrArrayAttr(outputs));
  if (!node.name().empty())
    state.addAttribute(keep::kNodeName, builder.getStringAttr(node.name()));
  if (!node.doc_string().empty())
    state.addAttribute(keep::kDocString,
                       builder.getStringAttr(node.doc_string()));
  if (node.metadata_props_size()) {
    NamedAttrList metadata;
    for (const auto &property : node.metadata_props())
      if (!property.key().empty())
        metadata.set(property.key(), builder.getStringAttr(property.value()));
    state.addAttribute(keep::kMetadata,
                       metadata.getDictionary(builder.getContext()));
  }
}

// A Constant as an initializer.
bool OnnxGraphImporter::importConstant(const onnx::NodeProto &node) {
  if (node.op_type() != "Constant" || !isStandard(node.domain()) ||
      node.attribute_size() != 1)
    return false;
  const onnx::AttributeProto &attribute = node.attribute(0);
  auto tensor = [&](ArrayRef<int64_t> shape, Type element) {
    return RankedTensorType::get(shape, element);
  };
  TypedAttr value;
  std::string reason;
  switch (attribute.type()) {
  case onnx::AttributeProto::TENSOR:
    value = dyn_cast_or_null<TypedAttr>(
        tensorFromProto(builder.getContext(), attribute.t(), reason));
    break;
  case onnx::AttributeProto::INT:
    value =
        DenseElementsAttr::get(tensor({}, builder.getI64Type()), attribute.i());
    break;
  case onnx::AttributeProto::FLOAT:
    value =
        DenseElementsAttr::get(tensor({}, builder.getF32Type()), attribute.f());
    break;
  case onnx::AttributeProto::INTS: {
    SmallVector<int64_t> ints(attribute.ints().begin(), attribute.ints().end());
    value = DenseElementsAttr::get(
        tensor({int64_t(ints.size())}, builder.getI64Type()), ArrayRef(ints));
    break;
  }
  case onnx::AttributeProto::FLOATS: {
    SmallVector<float> floats(attribute.floats().begin(),
                              attribute.floats().end());
    value = DenseElementsAttr::get(
        tensor({int64_t(floats.size())}, builder.getF32Type()),
        ArrayRef(floats));
    break;
  }
  default:
    break;
  }
  if (!value)
    return false;
  define(node.output(0),
         builder.create<Onnx::InitializerOp>(location, value).getOutput());
  return true;
}

LogicalResult OnnxGraphImporter::importNode(const onnx::NodeProto &node) {
  if (!keepNames && importConstant(node))
    return success();
  SmallVector<Value> operands;
  for (const std::string &name : node.input()) {
    operands.push_back(name.empty() ? Value() : lookup(name));
    if (!name.empty() && !operands.back())
      return fail(node, "uses '" + Twine(name) +
                            "', which nothing before it defines");
  }
  SmallVector<Type> results;
  for (const std::string &name : node.output())
    results.push_back(name.empty() ? Type(builder.getNoneType())
                                   : declaredType(name));

  NamedAttrList attributes;
  if (failed(collectAttributes(node, attributes)))
    return failure();
  bool standard = fitsDialect(node, operands, results);
  // The graphs in the order of the operation's regions.
  SmallVector<const onnx::AttributeProto *> graphs;
  for (const onnx::AttributeProto &attribute : node.attribute())
    if (attribute.type() == onnx::AttributeProto::GRAPH)
      graphs.push_back(&attribute);
  if (standard)
    llvm::sort(graphs, [](const auto *a, const auto *b) {
      return a->name() < b->name();
    });

  Location loc = locate(node);
  OperationState state(loc, standard ? "onnx." + node.op_type()
                                     : std::string("onnx.custom"));
  if (standard) {
    const Onnx::OpSchema &schema = *Onnx::lookupSchema(node.op_type());
    for (size_t i = operands.size(); i < schema.inputs.size(); ++i)
      if (schema.inputs[i].arity != Arity::Variadic)
        operands.push_back(Value());
    for (size_t i = results.size(); i < schema.outputs.size(); ++i)
      if (schema.outputs[i].arity != Arity::Variadic)
        results.push_back(builder.getNoneType());
    state.attributes = attributes;
  } else {
    SmallVector<StringRef> graphNames;
    for (const auto *graph : graphs)
      graphNames.push_back(graph->name());
    StringRef domain =
        isStandard(node.domain()) ? "" : StringRef(node.domain());
    state.addAttribute("domain", builder.getStringAttr(domain));
    state.addAttribute("op_type", builder.getStringAttr(node.op_type()));
    state.addAttribute("op_attributes",
                       attributes.getDictionary(builder.getContext()));
    if (!graphNames.empty())
      state.addAttribute("region_names", builder.getStrArrayAttr(graphNames));
    if (isStandard(node.domain()))
      if (auto since = Onnx::sinceVersionAt(node.op_type(), opset))
        state.addAttribute(keep::kSinceVersion,
                           builder.getI64IntegerAttr(*since));
  }
  for (Value operand : operands)
    state.operands.push_back(operand ? operand : getNone());
  state.addTypes(results);
  for (size_t i = 0; i < graphs.size(); ++i)
    state.addRegion();
  if (keepNames) {
    keep(node, state);
    if (!graphs.empty()) {
      SmallVector<Attribute> notes;
      for (const auto *graph : graphs) {
        SmallVector<StringRef> inputs;
        for (const auto &input : graph->g().input())
          inputs.push_back(input.name());
        notes.push_back(builder.getDictionaryAttr(
            {builder.getNamedAttr("inputs", builder.getStrArrayAttr(inputs)),
             builder.getNamedAttr("name",
                                  builder.getStringAttr(graph->g().name()))}));
      }
      state.addAttribute(keep::kGraphs, builder.getArrayAttr(notes));
    }
  }
  Operation *op = builder.create(state);
  for (auto [i, graph] : llvm::enumerate(graphs))
    if (failed(importSubgraph(graph->g(), op->getRegion(i))))
      return failure();
  for (auto [name, result] : llvm::zip(node.output(), op->getResults()))
    if (!name.empty())
      define(name, result);
  return success();
}

LogicalResult OnnxGraphImporter::importSubgraph(const onnx::GraphProto &graph,
                                                Region &region) {
  OpBuilder::InsertionGuard guard(builder);
  scopes.emplace_back();
  auto leave = llvm::make_scope_exit([&] { scopes.pop_back(); });
  Block *block = builder.createBlock(&region);
  if (failed(declareTypes(graph)))
    return failure();
  for (const onnx::ValueInfoProto &input : graph.input())
    define(input.name(),
           block->addArgument(declaredType(input.name()), location));
  if (failed(importInitializers(graph)) || failed(importNodes(graph.node())))
    return failure();
  SmallVector<Value> outputs;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    outputs.push_back(lookup(output.name()));
    if (!outputs.back()) {
      error = "subgraph '" + graph.name() + "' has the output '" +
              output.name() + "', which nothing defines";
      return failure();
    }
  }
  builder.create<Onnx::YieldOp>(location, outputs);
  return success();
}

LogicalResult OnnxGraphImporter::importNodes(
    const google::protobuf::RepeatedPtrField<onnx::NodeProto> &nodes) {
  for (const onnx::NodeProto &node : nodes)
    if (failed(importNode(node)))
      return failure();
  return success();
}
