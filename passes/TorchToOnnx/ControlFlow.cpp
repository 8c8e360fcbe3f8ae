//===- ControlFlow.cpp - Blocks, branches, loops and custom operators -----===//

#include "passes/TorchToOnnx/ControlFlow.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace torchonnx;

bool torchonnx::isConvertedByWalk(Operation *op) {
  return isa<Torch::ConstantOp, Torch::SymbolicIntOp, Torch::TensorConstantOp,
             Torch::PrimListConstructOp, Torch::PrimListUnpackOp,
             Torch::PrimIfOp, Torch::PrimLoopOp, Torch::PrimYieldOp,
             Torch::PrimLoopConditionOp>(op);
}

static bool isLazy(Operation *op) {
  return isa<Torch::ConstantOp, Torch::SymbolicIntOp, Torch::TensorConstantOp,
             Torch::PrimListConstructOp>(op);
}

// The outputs of a subgraph are results of its own nodes.
static void yield(ConversionContext &c, ValueRange torchValues, Value first,
                  Block *block) {
  SmallVector<Value> outputs;
  if (first)
    outputs.push_back(first);
  for (Value value : torchValues)
    outputs.push_back(c.tensor(value));
  for (auto [i, value] : llvm::enumerate(outputs)) {
    Operation *op = value.getDefiningOp();
    if (!op || op->getBlock() != block ||
        llvm::is_contained(ArrayRef(outputs).take_front(i), value))
      value = c.builder.identity(value);
  }
  c.builder.getBuilder().create<Onnx::YieldOp>(c.builder.getLoc(), outputs);
}

static LogicalResult checkCarried(ConversionContext &c, Operation *op,
                                  TypeRange types) {
  for (Type type : types)
    if (auto tensor =
            dyn_cast<Torch::TensorType>(type)
                ? true
                : isa<Torch::IntType, Torch::FloatType, Torch::BoolType>(type);
        !tensor) {
      std::string text;
      llvm::raw_string_ostream(text) << type;
      return c.fail(op, "it carries a value of type " + text +
                            ", which is no tensor");
    }
  return success();
}

// prim.If: both branches become subgraphs.
static LogicalResult convertIf(Torch::PrimIfOp op, ConversionContext &c) {
  if (failed(checkCarried(c, op, op.getResultTypes())))
    return failure();
  SmallVector<Type> types;
  for (Value result : op.getResults())
    types.push_back(c.onnxType(result));
  auto result =
      c.builder.createOp<Onnx::IfOp>(types, c.tensor(op.getCondition()));
  auto convertBranch = [&](Block &torchBlock, Region &region) {
    OpBuilder::InsertionGuard guard(c.builder.getBuilder());
    Block *block = c.builder.getBuilder().createBlock(&region);
    if (failed(c.convertBlock(torchBlock)))
      return failure();
    c.builder.setLoc(op.getLoc());
    yield(c, torchBlock.getTerminator()->getOperands(), {}, block);
    return success();
  };
  if (failed(convertBranch(op.getThenBlock(), result.getThenBranch())) ||
      failed(convertBranch(op.getElseBlock(), result.getElseBranch())))
    return failure();
  return c.replace(op, result->getResults());
}

// prim.Loop: the carried values are the loop's, there are no scan outputs.
static LogicalResult convertLoop(Torch::PrimLoopOp op, ConversionContext &c) {
  if (failed(checkCarried(c, op, op.getResultTypes())))
    return failure();
  SmallVector<Value> operands = {c.tensor(op.getMaxTripCount()),
                                 c.tensor(op.getInitialCondition())};
  SmallVector<Type> types;
  for (auto [initial, result] :
       llvm::zip_equal(op.getInitialValues(), op.getResults())) {
    operands.push_back(c.tensorAs(initial, c.dtype(result)));
    types.push_back(c.onnxType(result));
  }
  auto result = c.builder.createOp<Onnx::LoopOp>(types, operands);
  {
    OpBuilder::InsertionGuard guard(c.builder.getBuilder());
    Block *block = c.builder.getBuilder().createBlock(&result.getBody());
    Block &torchBlock = op.getBodyBlock();
    // iteration number, condition, carried values
    Value number =
        block->addArgument(c.onnxType(torchBlock.getArgument(0)), op.getLoc());
    block->addArgument(
        RankedTensorType::get({}, c.builder.getBuilder().getI1Type()),
        op.getLoc());
    c.map(torchBlock.getArgument(0), number);
    for (BlockArgument argument : torchBlock.getArguments().drop_front())
      c.map(argument, block->addArgument(c.onnxType(argument), op.getLoc()));
    if (failed(c.convertBlock(torchBlock)))
      return failure();
    c.builder.setLoc(op.getLoc());
    auto end = cast<Torch::PrimLoopConditionOp>(torchBlock.getTerminator());
    yield(c, end.getValues(), c.tensor(end.getCondition()), block);
  }
  return c.replace(op, result->getResults());
}

//===----------------------------------------------------------------------===//
// Operators of user libraries
//===----------------------------------------------------------------------===//

// The argument names in "lib::f(Tensor x, *, float alpha=1.) -> Tensor".
static SmallVector<StringRef> argumentNames(StringRef schema) {
  SmallVector<StringRef> names;
  size_t begin = schema.find('(');
  if (begin == StringRef::npos)
    return names;
  int depth = 0;
  size_t start = begin + 1;
  for (size_t i = start; i < schema.size(); ++i) {
    char ch = schema[i];
    bool ends = depth == 0 && (ch == ',' || ch == ')');
    if (ends) {
      StringRef argument = schema.slice(start, i).split('=').first.rtrim();
      StringRef name = argument.rsplit(' ').second;
      if (!name.empty() && name != "*")
        names.push_back(name);
      start = i + 1;
      if (ch == ')')
        break;
    }
    depth += ch == '(' || ch == '[';
    depth -= ch == ')' || ch == ']';
  }
  return names;
}

// A constant argument as an ONNX attribute; null if it isn't constant.
static Attribute constantAttribute(Value value, Builder &b) {
  if (std::optional<bool> flag = Torch::matchConstantBool(value))
    return b.getI64IntegerAttr(*flag);
  if (std::optional<int64_t> number = Torch::matchConstantInt(value))
    return b.getI64IntegerAttr(*number);
  if (std::optional<double> number = Torch::matchConstantFloat(value))
    return b.getF32FloatAttr(float(*number));
  if (std::optional<StringRef> text = Torch::matchConstantStr(value))
    return b.getStringAttr(*text);
  if (auto numbers = Torch::matchConstantIntList(value))
    return b.getDenseI64ArrayAttr(*numbers);
  if (auto flags = Torch::matchConstantBoolList(value))
    return b.getDenseI64ArrayAttr(
        SmallVector<int64_t>(flags->begin(), flags->end()));
  if (auto numbers = Torch::matchConstantFloatList(value))
    return b.getDenseF32ArrayAttr(
        SmallVector<float>(numbers->begin(), numbers->end()));
  return {};
}

static LogicalResult
convertCustom(Operation *op, const ConversionContext::CustomDomain &domain,
              ConversionContext &c) {
  StringRef schema;
  if (const Torch::OpSchema *known = Torch::getSchema(op))
    schema = known->text;
  else if (auto attribute = op->getAttrOfType<StringAttr>("schema"))
    schema = attribute.getValue();
  SmallVector<StringRef> names = argumentNames(schema);
  Builder &b = c.builder.getBuilder();
  SmallVector<Value> inputs;
  NamedAttrList attributes;
  for (auto [i, value] : llvm::enumerate(op->getOperands())) {
    bool isNone = c.isNone(value);
    if (isa<Torch::TensorType>(value.getType())) {
      inputs.push_back(c.tensor(value));
      continue;
    }
    auto list = dyn_cast<Torch::ListType>(value.getType());
    if (list && isa<Torch::TensorType>(list.getElementType())) {
      std::optional<SmallVector<Value>> tensors = c.tensorList(value);
      if (!tensors)
        return c.fail(op, "the length of a list of tensors is unknown");
      for (Value tensor : *tensors)
        inputs.push_back(tensor ? tensor : c.builder.none());
      continue;
    }
    std::string name =
        i < names.size() ? names[i].str() : "arg" + std::to_string(i);
    if (isNone) {
      // Only an absent tensor has a place among the inputs.
      if (StringRef(schema).contains("Tensor? " + name) ||
          StringRef(schema).contains("Tensor(a)? " + name))
        inputs.push_back(c.builder.none());
      continue;
    }
    Attribute attribute = constantAttribute(value, b);
    if (!attribute)
      return c.fail(op, "the argument '" + name +
                            "' is computed while the model runs, and an ONNX "
                            "attribute is constant; pass it as a tensor");
    attributes.set(name, attribute);
  }
  while (!inputs.empty() && Onnx::isNone(inputs.back()))
    inputs.pop_back();
  SmallVector<Type> types;
  for (Value result : op->getResults()) {
    if (!isa<Torch::TensorType>(result.getType()))
      return c.fail(op, "an operator of an ONNX domain returns tensors only");
    types.push_back(c.onnxType(result));
  }
  StringRef type = Torch::getSchemaKey(op).split('.').second.split('.').first;
  auto custom = c.builder.getBuilder().create<Onnx::CustomOp>(
      op->getLoc(), TypeRange(types), StringRef(domain.domain), type,
      ValueRange(inputs), attributes.getDictionary(op->getContext()));
  return c.replace(op, custom->getResults());
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

static LogicalResult convertUnpack(Torch::PrimListUnpackOp op,
                                   ConversionContext &c) {
  std::optional<SmallVector<Value>> elements = c.tensorList(op.getList());
  if (!elements || elements->size() != op->getNumResults())
    return c.fail(op, "the length of the list is unknown");
  return c.replace(op, *elements);
}

static LogicalResult convertOp(Operation *op, ConversionContext &c) {
  c.builder.setLoc(op->getLoc());
  if (llvm::any_of(op->getOperands(), c.isComplex) ||
      llvm::any_of(op->getResults(), c.isComplex)) {
    const ConversionRegistry::Function *function =
        ConversionRegistry::get().lookupComplex(Torch::getSchemaKey(op));
    if (!function)
      return c.fail(op, "it has no ONNX form for complex numbers; write it in "
                        "terms of torch.view_as_real(x)");
    return (*function)(op, c);
  }
  if (auto branch = dyn_cast<Torch::PrimIfOp>(op))
    return convertIf(branch, c);
  if (auto loop = dyn_cast<Torch::PrimLoopOp>(op))
    return convertLoop(loop, c);
  if (auto unpack = dyn_cast<Torch::PrimListUnpackOp>(op))
    return convertUnpack(unpack, c);
  StringRef key = Torch::getSchemaKey(op);
  if (c.customDomains)
    if (auto it = c.customDomains->find(key.split('.').first);
        it != c.customDomains->end())
      return convertCustom(op, it->second, c);
  const ConversionRegistry::Function *function =
      ConversionRegistry::get().lookup(key);
  if (!function)
    return c.fail(op, "it has no conversion");
  return (*function)(op, c);
}

LogicalResult ConversionContext::convertBlock(Block &torchBlock) {
  for (Operation &op : torchBlock.without_terminator()) {
    current = &op;
    if (!isLazy(&op) && ::failed(convertOp(&op, *this)) && !failed)
      (void)fail(&op, "its arguments have no ONNX form");
  }
  current = nullptr;
  return success(!failed);
}
