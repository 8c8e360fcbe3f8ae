//===- FunctionBodies.cpp - Operators defined by other operators ----------===//

#include "lib/Export/FunctionBodies.h"

#include "dialects/Onnx/OnnxCoreOps.h"
#include "lib/Export/ProtoConversion.h"
#include "lib/Import/OnnxGraphImporter.h"
#include "lib/Support/OnnxBuilder.h"

#include "onnx/defs/schema.h"
#include "onnx/shape_inference/implementation.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace torchonnx;

static LogicalResult fail(std::string *reason, const Twine &text) {
  if (reason)
    *reason = text.str();
  return failure();
}

// The last of `versions` that is not after `opset`.
static int latestUpTo(std::vector<int> versions, int opset) {
  int latest = 0;
  for (int version : versions)
    if (version <= opset)
      latest = std::max(latest, version);
  return latest;
}

// The body of a node, and the opset whose operators it is made of; 0 if there
// is none.
static int getBody(const onnx::OpSchema &schema, const onnx::NodeProto &node,
                   const std::vector<onnx::TypeProto> &inputTypes, int opset,
                   onnx::FunctionProto &body) {
  int fixed = latestUpTo(schema.function_opset_versions(), opset);
  int built =
      latestUpTo(schema.context_dependent_function_opset_versions(), opset);
  if (built && built >= fixed) {
    onnx::FunctionBodyBuildContextImpl context(node, inputTypes);
    if (schema.BuildContextDependentFunction(context, body, built))
      return built;
    body.Clear();
  }
  if (const onnx::FunctionProto *function =
          fixed ? schema.GetFunction(fixed) : nullptr) {
    body = *function;
    return fixed;
  }
  return 0;
}

// Gives the attributes of the body's nodes that refer to an attribute of the
// operator its value, or the default.
static void
resolveReferences(google::protobuf::RepeatedPtrField<onnx::NodeProto> &nodes,
                  const onnx::NodeProto &call, const onnx::OpSchema &schema) {
  for (onnx::NodeProto &node : nodes) {
    for (int i = node.attribute_size() - 1; i >= 0; --i) {
      onnx::AttributeProto &attribute = *node.mutable_attribute(i);
      if (attribute.type() == onnx::AttributeProto::GRAPH)
        resolveReferences(*attribute.mutable_g()->mutable_node(), call, schema);
      if (attribute.ref_attr_name().empty())
        continue;
      std::string name = attribute.name(), from = attribute.ref_attr_name();
      const onnx::AttributeProto *value = nullptr;
      auto known = schema.attributes().find(from);
      if (known != schema.attributes().end() &&
          known->second.default_value.type() != onnx::AttributeProto::UNDEFINED)
        value = &known->second.default_value;
      for (const onnx::AttributeProto &given : call.attribute())
        if (given.name() == from)
          value = &given;
      if (!value) {
        node.mutable_attribute()->DeleteSubrange(i, 1);
        continue;
      }
      attribute = *value;
      attribute.set_name(name);
    }
  }
}

// Operands that the call leaves out are left out of the body's nodes.
static void
dropAbsent(google::protobuf::RepeatedPtrField<onnx::NodeProto> &nodes,
           const llvm::StringSet<> &absent) {
  for (onnx::NodeProto &node : nodes) {
    for (std::string &input : *node.mutable_input())
      if (absent.contains(input))
        input.clear();
    for (onnx::AttributeProto &attribute : *node.mutable_attribute())
      if (attribute.type() == onnx::AttributeProto::GRAPH)
        dropAbsent(*attribute.mutable_g()->mutable_node(), absent);
  }
}

static LogicalResult expand(OpBuilder &builder, Operation *op, int opset,
                            SmallVectorImpl<Value> &values,
                            std::string *reason) {
  StringRef opType = Onnx::getOpType(op);
  const onnx::OpSchema *schema =
      Onnx::getSchema(op)
          ? onnx::OpSchemaRegistry::Schema(opType.str(), opset, "")
          : nullptr;
  if (!schema || op->getNumRegions())
    return fail(reason, "it is no operator of opset " + Twine(opset) +
                            " that can be expanded");

  onnx::NodeProto call;
  std::string problem;
  if (failed(nodeToProto(op, call, problem)))
    return fail(reason, problem);
  std::vector<onnx::TypeProto> inputTypes;
  for (Value operand : op->getOperands()) {
    inputTypes.emplace_back();
    if (!Onnx::isNone(operand))
      typeToProto(operand.getType(), inputTypes.back());
    call.add_input(Onnx::isNone(operand)
                       ? std::string()
                       : "operand_" + std::to_string(call.input_size()));
  }
  for (Value result : op->getResults())
    call.add_output(Onnx::isNone(result)
                        ? std::string()
                        : "result_" + std::to_string(call.output_size()));
  while (call.input_size() && call.input(call.input_size() - 1).empty())
    call.mutable_input()->RemoveLast();

  onnx::FunctionProto body;
  int spelling = getBody(*schema, call, inputTypes, opset, body);
  if (!spelling)
    return fail(reason, "onnx defines it by no other operators");
  resolveReferences(*body.mutable_node(), call, *schema);

  // The types of the body's values, from those of the operation.
  onnx::ModelProto model;
  onnx::GraphProto &graph = *model.mutable_graph();
  model.set_ir_version(Onnx::getIrVersion(spelling));
  onnx::OperatorSetIdProto &import = *model.add_opset_import();
  import.set_domain("");
  import.set_version(spelling);
  llvm::StringSet<> absent;
  for (auto [i, name] : llvm::enumerate(body.input())) {
    if (i >= op->getNumOperands() || Onnx::isNone(op->getOperand(i))) {
      absent.insert(name);
      continue;
    }
    onnx::ValueInfoProto &input = *graph.add_input();
    input.set_name(name);
    *input.mutable_type() = inputTypes[i];
  }
  dropAbsent(*body.mutable_node(), absent);
  graph.mutable_node()->Swap(body.mutable_node());
  for (auto [name, result] : llvm::zip(body.output(), op->getResults())) {
    onnx::ValueInfoProto &output = *graph.add_output();
    output.set_name(name);
    if (!Onnx::isNone(result))
      typeToProto(result.getType(), *output.mutable_type());
  }
  onnx::shape_inference::InferShapes(
      model, onnx::OpSchemaRegistry::Instance(),
      onnx::ShapeInferenceOptions(false, 0, /*data_prop_val=*/true));
  dropInferredSymbols(graph);

  OnnxGraphImporter importer(builder, spelling, /*keepNames=*/false,
                             op->getLoc());
  if (failed(importer.declareTypes(graph)))
    return fail(reason, importer.error);
  for (auto [name, operand] : llvm::zip(body.input(), op->getOperands()))
    if (!Onnx::isNone(operand))
      importer.define(name, operand);
  if (failed(importer.importNodes(graph.node())))
    return fail(reason, importer.error);
  for (auto [name, result] : llvm::zip(body.output(), op->getResults())) {
    Value value = Onnx::isNone(result) ? Value() : importer.lookup(name);
    if (!value && !Onnx::isNone(result))
      return fail(reason, "its body does not compute '" + name + "'");
    if (value && value.getDefiningOp() &&
        !llvm::is_contained(op->getOperands(), value))
      value.setType(result.getType());
    values.push_back(value);
  }
  return success();
}

// The bounds of a Range are scalars; onnx's own AffineGrid gives it tensors of
// one element, which onnx's checker refuses.
static void makeScalars(OpBuilder &builder, Operation *range) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(range);
  OnnxBuilder onnxBuilder(builder, range->getLoc());
  for (OpOperand &bound : range->getOpOperands())
    if (OnnxBuilder::rank(bound.get()) == 1)
      bound.set(onnxBuilder.squeeze(bound.get(), int64_t(0)));
}

LogicalResult torchonnx::expandFunctionBody(OpBuilder &builder, Operation *op,
                                            int opset,
                                            SmallVectorImpl<Value> &values,
                                            std::string *reason) {
  // What is built before a failure is taken away again.
  Block *block = builder.getInsertionBlock();
  Operation *before = builder.getInsertionPoint() == block->begin()
                          ? nullptr
                          : &*std::prev(builder.getInsertionPoint());
  LogicalResult status = failure();
  try {
    status = expand(builder, op, opset, values, reason);
  } catch (const std::exception &error) {
    status = fail(reason, error.what());
  }
  auto first = before ? std::next(Block::iterator(before)) : block->begin();
  if (succeeded(status))
    for (auto it = first; it != builder.getInsertionPoint(); ++it)
      if (Onnx::getOpType(&*it) == "Range")
        makeScalars(builder, &*it);
  if (failed(status)) {
    values.clear();
    SmallVector<Operation *> built;
    for (auto it = first; it != builder.getInsertionPoint(); ++it)
      built.push_back(&*it);
    for (Operation *dead : llvm::reverse(built))
      dead->erase();
  }
  return status;
}
