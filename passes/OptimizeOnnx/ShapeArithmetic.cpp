//===- ShapeArithmetic.cpp - The integers that describe shapes ------------===//
//
// A model computes shapes with Shape, Gather, Mul, Concat and the like. One
// walk evaluates this arithmetic on the symbolic dimensions of the types. A
// tensor all of whose elements come out as numbers is a constant; two that come
// out equal are one.
//
//===----------------------------------------------------------------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;
using Symbolic::DimAttr;

namespace {

/// The elements of a tensor of integers, of rank 0 or 1; a null one is unknown.
struct Elements {
  SmallVector<DimAttr, 4> dims;
  bool isScalar = false;
};

/// Tensors of more elements are no shapes.
constexpr int64_t kMaxElements = 64;

class Simplifier {
public:
  Simplifier(ModuleOp module, RewriterBase::Listener *listener)
      : module(module), rewriter(module.getContext(), listener) {}

  bool run() {
    for (Operation &function : module.getBody()->getOperations())
      for (Region &region : function.getRegions())
        for (Block &block : region) {
          shared.clear();
          visit(block, /*isOutermost=*/true);
        }
    return changed;
  }

private:
  DimAttr constant(int64_t value) {
    return DimAttr::getConstant(module.getContext(), value);
  }

  void visit(Block &block, bool isOutermost) {
    for (Operation &op : llvm::make_early_inc_range(block)) {
      for (Region &region : op.getRegions())
        for (Block &inner : region)
          visit(inner, /*isOutermost=*/false);
      if (op.getNumResults() != 1)
        continue;
      std::optional<Elements> elements = evaluate(&op);
      if (!elements)
        continue;
      if (simplify(&op, *elements, isOutermost))
        continue;
      values.try_emplace(op.getResult(0), std::move(*elements));
    }
  }

  /// Replaces `op` if its value is known or there already.
  bool simplify(Operation *op, const Elements &elements, bool isOutermost) {
    if (isa<Onnx::InitializerOp>(op) ||
        llvm::is_contained(elements.dims, DimAttr()))
      return false;
    Value result = op->getResult(0);
    Type elementType = cast<TensorType>(result.getType()).getElementType();
    if (llvm::all_of(elements.dims, [](DimAttr d) { return d.isConstant(); })) {
      SmallVector<APInt> numbers;
      unsigned width = elementType.getIntOrFloatBitWidth();
      for (DimAttr dim : elements.dims)
        numbers.push_back(APInt(width, *dim.getConstantValue(), true));
      SmallVector<int64_t, 1> shape;
      if (!elements.isScalar)
        shape.push_back(numbers.size());
      TypedAttr value = DenseElementsAttr::get(
          RankedTensorType::get(shape, elementType), numbers);
      rewriter.setInsertionPoint(op);
      auto initializer =
          rewriter.create<Onnx::InitializerOp>(op->getLoc(), value);
      return substitute(op, initializer, elements);
    }
    if (!isOutermost)
      return false;
    SmallVector<Attribute> key{TypeAttr::get(elementType),
                               rewriter.getBoolAttr(elements.isScalar)};
    key.append(elements.dims.begin(), elements.dims.end());
    auto [it, isNew] = shared.try_emplace(rewriter.getArrayAttr(key), result);
    return !isNew && substitute(op, it->second, elements);
  }

  bool substitute(Operation *op, Value value, const Elements &elements) {
    if (!canReplace(op->getResult(0), value)) {
      if (value.use_empty() && value.getDefiningOp<Onnx::InitializerOp>())
        rewriter.eraseOp(value.getDefiningOp());
      return false;
    }
    values.try_emplace(value, elements);
    rewriter.replaceOp(op, value);
    changed = true;
    return true;
  }

  const Elements *lookup(Value value) {
    auto it = values.find(value);
    return it == values.end() ? nullptr : &it->second;
  }

  /// The dimensions of a ranked tensor.
  std::optional<SmallVector<DimAttr>> getDims(Value value) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type)
      return std::nullopt;
    return Symbolic::getDims(type);
  }

  std::optional<Elements> evaluate(Operation *op) {
    auto type = dyn_cast<TensorType>(op->getResult(0).getType());
    if (!type || !(type.getElementType().isInteger(64) ||
                   type.getElementType().isInteger(32)))
      return std::nullopt;
    if (auto ranked = dyn_cast<RankedTensorType>(type))
      if (ranked.getRank() > 1 ||
          (ranked.hasStaticShape() && ranked.getNumElements() > kMaxElements))
        return std::nullopt;
    std::optional<Elements> elements = evaluateUnchecked(op);
    if (elements && elements->dims.size() > kMaxElements)
      return std::nullopt;
    return elements;
  }

  std::optional<Elements> evaluateUnchecked(Operation *op) {
    if (isa<Onnx::InitializerOp>(op)) {
      auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
      std::optional<SmallVector<int64_t>> numbers =
          optimize::getInts(op->getResult(0), kMaxElements);
      if (!numbers || !type || type.getRank() > 1)
        return std::nullopt;
      Elements elements{{}, type.getRank() == 0};
      for (int64_t number : *numbers)
        elements.dims.push_back(constant(number));
      return elements;
    }
    if (auto shape = dyn_cast<Onnx::ShapeOp>(op))
      return evaluateShape(shape);
    if (isa<Onnx::SizeOp>(op)) {
      auto dims = getDims(op->getOperand(0));
      if (!dims)
        return std::nullopt;
      return Elements{{Symbolic::product(op->getContext(), *dims)}, true};
    }
    if (auto concat = dyn_cast<Onnx::ConcatOp>(op)) {
      Elements all;
      for (Value operand : op->getOperands()) {
        const Elements *part = lookup(operand);
        if (part) {
          all.dims.append(part->dims.begin(), part->dims.end());
          continue;
        }
        // Elements that are not known still take their places.
        auto type = dyn_cast<RankedTensorType>(operand.getType());
        if (!type || type.getRank() != 1 || !type.hasStaticShape() ||
            type.getNumElements() > kMaxElements)
          return std::nullopt;
        all.dims.append(type.getNumElements(), DimAttr());
      }
      return all;
    }
    if (op->getNumOperands() == 0)
      return std::nullopt;
    const Elements *input = lookup(op->getOperand(0));
    if (!input)
      return std::nullopt;
    if (isa<Onnx::IdentityOp, Onnx::CastOp>(op))
      return *input;
    if (isa<Onnx::UnsqueezeOp, Onnx::SqueezeOp, Onnx::ReshapeOp>(op)) {
      auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
      if (!type)
        return std::nullopt;
      return Elements{input->dims, type.getRank() == 0};
    }
    if (isa<Onnx::GatherOp>(op))
      return evaluateGather(*input, op->getOperand(1));
    if (isa<Onnx::SliceOp>(op))
      return evaluateSlice(op, *input);
    if (auto reduce = dyn_cast<Onnx::ReduceProdOp>(op)) {
      auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
      if (!type || input->isScalar)
        return std::nullopt;
      return Elements{{Symbolic::product(op->getContext(), input->dims)},
                      type.getRank() == 0};
    }
    if (isa<Onnx::NegOp>(op))
      return map(*input, Elements{{constant(0)}, true},
                 [](DimAttr a, DimAttr b) { return Symbolic::sub(b, a); });
    return op->getNumOperands() == 2 ? evaluateBinary(op, *input)
                                     : std::nullopt;
  }

  std::optional<Elements> evaluateShape(Onnx::ShapeOp op) {
    auto dims = getDims(op->getOperand(0));
    if (!dims)
      return std::nullopt;
    int64_t rank = dims->size();
    auto clampTo = [&](int64_t at) {
      return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
    };
    auto endAttr = op->getAttrOfType<IntegerAttr>("end");
    int64_t start = clampTo(op.getStart());
    int64_t end = std::max(start, clampTo(endAttr ? endAttr.getInt() : rank));
    ArrayRef<DimAttr> part = ArrayRef(*dims).slice(start, end - start);
    return Elements{SmallVector<DimAttr, 4>(part), false};
  }

  std::optional<Elements> evaluateGather(const Elements &input, Value indices) {
    const Elements *picked = lookup(indices);
    if (!picked || input.isScalar)
      return std::nullopt;
    Elements result{{}, picked->isScalar};
    for (DimAttr index : picked->dims) {
      std::optional<int64_t> at =
          index ? index.getConstantValue() : std::nullopt;
      if (!at)
        return std::nullopt;
      int64_t size = input.dims.size();
      if (*at < 0)
        *at += size;
      if (*at < 0 || *at >= size)
        return std::nullopt;
      result.dims.push_back(input.dims[*at]);
    }
    return result;
  }

  std::optional<Elements> evaluateSlice(Operation *op, const Elements &input) {
    auto start = getInt(op->getOperand(1)), end = getInt(op->getOperand(2));
    std::optional<int64_t> step = 1;
    if (!Onnx::isNone(op->getOperand(4)))
      step = getInt(op->getOperand(4));
    if (input.isScalar || !start || !end || !step || *step == 0)
      return std::nullopt;
    int64_t size = input.dims.size();
    auto clampTo = [&](int64_t at, int64_t low, int64_t high) {
      return std::clamp(at < 0 ? at + size : at, low, high);
    };
    Elements result;
    if (*step > 0)
      for (int64_t at = clampTo(*start, 0, size), to = clampTo(*end, 0, size);
           at < to; at += *step)
        result.dims.push_back(input.dims[at]);
    else if (size > 0)
      for (int64_t at = clampTo(*start, 0, size - 1),
                   to = clampTo(*end, -1, size - 1);
           at > to; at += *step)
        result.dims.push_back(input.dims[at]);
    return result;
  }

  template <typename Function>
  std::optional<Elements> map(const Elements &a, const Elements &b,
                              Function function) {
    size_t size = std::max(a.dims.size(), b.dims.size());
    if ((a.dims.size() != size && a.dims.size() != 1) ||
        (b.dims.size() != size && b.dims.size() != 1) || a.dims.empty() ||
        b.dims.empty())
      return std::nullopt;
    Elements result{{}, a.isScalar && b.isScalar};
    for (size_t i = 0; i < size; ++i) {
      DimAttr x = a.dims[a.dims.size() == 1 ? 0 : i];
      DimAttr y = b.dims[b.dims.size() == 1 ? 0 : i];
      result.dims.push_back(x && y ? function(x, y) : DimAttr());
    }
    return result;
  }

  std::optional<Elements> evaluateBinary(Operation *op, const Elements &lhs) {
    const Elements *rhs = lookup(op->getOperand(1));
    if (!rhs)
      return std::nullopt;
    if (isa<Onnx::AddOp>(op))
      return map(lhs, *rhs,
                 [](DimAttr a, DimAttr b) { return Symbolic::add(a, b); });
    if (isa<Onnx::SubOp>(op))
      return map(lhs, *rhs,
                 [](DimAttr a, DimAttr b) { return Symbolic::sub(a, b); });
    if (isa<Onnx::MulOp>(op))
      return map(lhs, *rhs,
                 [](DimAttr a, DimAttr b) { return Symbolic::mul(a, b); });
    if (isa<Onnx::DivOp>(op))
      return map(lhs, *rhs, divide);
    if (isa<Onnx::MaxOp>(op))
      return map(lhs, *rhs,
                 [](DimAttr a, DimAttr b) { return Symbolic::max(a, b); });
    if (isa<Onnx::MinOp>(op))
      return map(lhs, *rhs,
                 [](DimAttr a, DimAttr b) { return Symbolic::min(a, b); });
    return std::nullopt;
  }

  /// Div rounds toward zero, which is floorDiv where nothing is negative.
  static DimAttr divide(DimAttr a, DimAttr b) {
    std::optional<int64_t> low = Symbolic::getLowerBound(a);
    std::optional<int64_t> divisor = b.getConstantValue();
    if (divisor && *divisor > 0 && low && *low >= 0)
      return Symbolic::floorDiv(a, b);
    std::optional<int64_t> dividend = a.getConstantValue();
    if (dividend && divisor && *divisor != 0)
      return DimAttr::getConstant(a.getContext(), *dividend / *divisor);
    return {};
  }

  ModuleOp module;
  IRRewriter rewriter;
  DenseMap<Value, Elements> values;
  /// The first value of each symbolic meaning, in the outermost block.
  DenseMap<Attribute, Value> shared;
  bool changed = false;
};

} // namespace

bool optimize::simplifyShapeArithmetic(ModuleOp module,
                                       RewriterBase::Listener *listener) {
  return Simplifier(module, listener).run();
}
