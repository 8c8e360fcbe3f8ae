//===- ScalarFolding.cpp - Scalar and list arithmetic ---------------------===//

#include "lib/Evaluate/ScalarFolding.h"
#include "lib/Support/TypePromotion.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Arithmetic on known scalars
//===----------------------------------------------------------------------===//

static Attribute makeBool(MLIRContext *context, bool value) {
  return BoolAttr::get(context, value);
}

static Attribute makeFloat(MLIRContext *context, double value) {
  return FloatAttr::get(Float64Type::get(context), value);
}

/// An int, bool or float as a double.
static std::optional<double> toDouble(Attribute value) {
  if (auto real = dyn_cast_or_null<FloatAttr>(value))
    return real.getValueAsDouble();
  if (auto boolean = dyn_cast_or_null<BoolAttr>(value))
    return boolean.getValue();
  if (auto dim = dyn_cast_or_null<DimAttr>(value))
    if (std::optional<int64_t> integer = dim.getConstantValue())
      return static_cast<double>(*integer);
  return std::nullopt;
}

/// An int, or a bool as an int.
static DimAttr toDim(Attribute value) {
  if (auto boolean = dyn_cast_or_null<BoolAttr>(value))
    return DimAttr::getConstant(value.getContext(), boolean.getValue());
  return dyn_cast_or_null<DimAttr>(value);
}

/// Python's `lhs OP rhs` for arithmetic.
static Attribute foldArithmetic(StringRef name, Attribute lhs, Attribute rhs) {
  if (!lhs || !rhs)
    return {};
  MLIRContext *context = lhs.getContext();
  DimAttr a = toDim(lhs), b = toDim(rhs);
  if (a && b) {
    if (name == "add")
      return Symbolic::add(a, b);
    if (name == "sub")
      return Symbolic::sub(a, b);
    if (name == "mul")
      return Symbolic::mul(a, b);
    if (name == "floordiv" || name == "floor_divide")
      return Symbolic::floorDiv(a, b);
    if (name == "remainder")
      return Symbolic::floorDiv(a, b) ? Symbolic::mod(a, b) : DimAttr();
    if (name == "min")
      return Symbolic::min(a, b);
    if (name == "max")
      return Symbolic::max(a, b);
    if (name == "pow" && a.isConstant() && b.isConstant() &&
        *b.getConstantValue() >= 0 && *b.getConstantValue() < 64) {
      DimAttr power = DimAttr::getConstant(context, 1);
      for (int64_t i = 0; i < *b.getConstantValue(); ++i)
        power = Symbolic::mul(power, a);
      return power;
    }
    if (name != "div")
      return {};
  }
  std::optional<double> x = toDouble(lhs), y = toDouble(rhs);
  if (!x || !y)
    return {};
  if (name == "add")
    return makeFloat(context, *x + *y);
  if (name == "sub")
    return makeFloat(context, *x - *y);
  if (name == "mul")
    return makeFloat(context, *x * *y);
  if (name == "pow")
    return makeFloat(context, std::pow(*x, *y));
  if (name == "min")
    return makeFloat(context, std::min(*x, *y));
  if (name == "max")
    return makeFloat(context, std::max(*x, *y));
  if (*y == 0)
    return {};
  if (name == "div")
    return makeFloat(context, *x / *y);
  if (name == "floordiv" || name == "floor_divide")
    return makeFloat(context, std::floor(*x / *y));
  return {};
}

/// `lhs OP rhs` for comparisons; strings compare with eq and ne.
static Attribute foldComparison(StringRef name, Attribute lhs, Attribute rhs) {
  if (!lhs || !rhs)
    return {};
  MLIRContext *context = lhs.getContext();
  if (isa<StringAttr>(lhs) && isa<StringAttr>(rhs)) {
    bool isEqual =
        cast<StringAttr>(lhs).getValue() == cast<StringAttr>(rhs).getValue();
    if (name == "eq")
      return makeBool(context, isEqual);
    if (name == "ne")
      return makeBool(context, !isEqual);
    return {};
  }
  DimAttr a = toDim(lhs), b = toDim(rhs);
  if (a && b) {
    DimAttr difference = Symbolic::sub(a, b);
    std::optional<int64_t> low = Symbolic::getLowerBound(difference);
    std::optional<int64_t> high = Symbolic::getUpperBound(difference);
    auto decide = [&](bool isTrue, bool isFalse) -> Attribute {
      if (isTrue || isFalse)
        return makeBool(context, isTrue);
      return {};
    };
    bool isPositive = low && *low > 0, isNegative = high && *high < 0;
    bool isNonNegative = low && *low >= 0, isNonPositive = high && *high <= 0;
    if (name == "eq")
      return decide(a == b, isPositive || isNegative);
    if (name == "ne")
      return decide(isPositive || isNegative, a == b);
    if (name == "lt")
      return decide(isNegative, isNonNegative);
    if (name == "le")
      return decide(isNonPositive, isPositive);
    if (name == "gt")
      return decide(isPositive, isNonPositive);
    if (name == "ge")
      return decide(isNonNegative, isNegative);
    return {};
  }
  std::optional<double> x = toDouble(lhs), y = toDouble(rhs);
  if (!x || !y)
    return {};
  bool result = llvm::StringSwitch<bool>(name)
                    .Case("eq", *x == *y)
                    .Case("ne", *x != *y)
                    .Case("lt", *x < *y)
                    .Case("le", *x <= *y)
                    .Case("gt", *x > *y)
                    .Default(*x >= *y);
  return makeBool(context, result);
}

/// A conversion (`int(x)`, `float(x)`, `bool(x)`) or a function of one scalar.
static Attribute foldUnary(StringRef name, Attribute value) {
  if (!value)
    return {};
  MLIRContext *context = value.getContext();
  DimAttr dim = toDim(value);
  std::optional<double> real = toDouble(value);
  if (name == "neg")
    return dim    ? Attribute(Symbolic::mul(dim, -1))
           : real ? makeFloat(context, -*real)
                  : Attribute();
  if (name == "Int") {
    if (dim)
      return dim;
    if (real && std::isfinite(*real) && std::abs(*real) < 9e18)
      return DimAttr::getConstant(context, static_cast<int64_t>(*real));
    return {};
  }
  if (name == "Float")
    return real ? makeFloat(context, *real) : Attribute();
  if (name == "Bool")
    return foldComparison("ne", value, DimAttr::getConstant(context, 0));
  if (name == "__not__")
    return isa<BoolAttr>(value)
               ? makeBool(context, !cast<BoolAttr>(value).getValue())
               : Attribute();
  if (!real)
    return {};
  auto toInt = [&](double rounded) {
    return DimAttr::getConstant(context, static_cast<int64_t>(rounded));
  };
  if (name == "floor")
    return toInt(std::floor(*real));
  if (name == "ceil")
    return toInt(std::ceil(*real));
  if (name == "sqrt")
    return *real >= 0 ? makeFloat(context, std::sqrt(*real)) : Attribute();
  if (name == "log")
    return *real > 0 ? makeFloat(context, std::log(*real)) : Attribute();
  if (name == "exp")
    return makeFloat(context, std::exp(*real));
  return {};
}

//===----------------------------------------------------------------------===//
// Operations on scalars
//===----------------------------------------------------------------------===//

/// Overloads whose operands are Python scalars.
static bool isScalarOverload(Operation *op) {
  return llvm::none_of(op->getOperandTypes(), [](Type type) {
    return isa<Torch::TensorType, Torch::ListType, Torch::TupleType>(type);
  });
}

static Attribute foldScalarOp(StringRef name, Operation *op,
                              const KnownValues &known) {
  static const llvm::StringSet<> arithmetic = {
      "add",          "sub", "mul",       "div", "floordiv",
      "floor_divide", "pow", "remainder", "min", "max"};
  static const llvm::StringSet<> comparisons = {"eq", "ne", "lt",
                                                "le", "gt", "ge"};
  static const llvm::StringSet<> unary = {"neg",   "Int",    "Float", "Bool",
                                          "floor", "ceil",   "sqrt",  "log",
                                          "exp",   "__not__"};
  if (op->getNumOperands() == 1 && unary.contains(name))
    return foldUnary(name, known.get(op->getOperand(0)));
  if (op->getNumOperands() != 2)
    return {};
  Attribute lhs = known.get(op->getOperand(0));
  Attribute rhs = known.get(op->getOperand(1));
  if (arithmetic.contains(name))
    return foldArithmetic(name, lhs, rhs);
  if (comparisons.contains(name))
    return foldComparison(name, lhs, rhs);
  auto a = dyn_cast_or_null<BoolAttr>(lhs), b = dyn_cast_or_null<BoolAttr>(rhs);
  if (name == "__and__") {
    if ((a && !a.getValue()) || (b && !b.getValue()))
      return makeBool(op->getContext(), false);
    return a && b ? makeBool(op->getContext(), true) : Attribute();
  }
  if (name == "__or__") {
    if ((a && a.getValue()) || (b && b.getValue()))
      return makeBool(op->getContext(), true);
    return a && b ? makeBool(op->getContext(), false) : Attribute();
  }
  return {};
}

/// `x is y`, where one of them is None.
static Attribute foldIs(Operation *op, bool isNegated) {
  auto isNone = [](Value value) -> std::optional<bool> {
    if (isa<Torch::NoneType>(value.getType()))
      return true;
    if (isa<Torch::OptionalType, Torch::AnyType>(value.getType()))
      return std::nullopt;
    return false;
  };
  std::optional<bool> a = isNone(op->getOperand(0));
  std::optional<bool> b = isNone(op->getOperand(1));
  if (!a || !b || !(*a || *b))
    return {};
  return makeBool(op->getContext(), (*a == *b) != isNegated);
}

/// A question about the type of a tensor.
static Attribute foldTypeQuery(StringRef name, Operation *op,
                               InferenceContext &context) {
  if (op->getNumOperands() == 0)
    return {};
  auto type = dyn_cast<Torch::TensorType>(op->getOperand(0).getType());
  if (!type)
    return {};
  MLIRContext *mlirContext = op->getContext();
  if (name == "dim" && type.hasRank())
    return context.constant(type.getRank());
  if (name == "size" && op->getNumOperands() == 2 && type.hasRank()) {
    std::optional<int64_t> dim = context.getKnown().getInt(op->getOperand(1));
    if (!dim)
      return {};
    FailureOr<int64_t> wrapped = context.wrapDim(*dim, type.getRank());
    if (failed(wrapped) || type.getRank() == 0)
      return {};
    return type.getDims()[*wrapped];
  }
  if (name == "len" && type.hasRank() && type.getRank() > 0)
    return type.getDims()[0];
  if (name == "numel" && type.hasRank())
    return Symbolic::product(mlirContext, type.getDims());
  Type dtype = type.getDtype();
  if (!dtype)
    return {};
  if (name == "dtype")
    return context.constant(getScalarTypeOfDtype(dtype));
  if (name == "is_floating_point")
    return makeBool(mlirContext, isFloatDtype(dtype));
  if (name == "is_complex")
    return makeBool(mlirContext, isComplexDtype(dtype));
  if (name == "is_cuda" || name == "is_quantized" || name == "is_sparse" ||
      name == "is_mkldnn" || name == "is_xpu" || name == "is_mps" ||
      name == "is_nested" || name == "is_meta")
    return makeBool(mlirContext, false);
  return {};
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

static Value makeList(Operation *op, Type type, ValueRange elements) {
  OpBuilder builder(op);
  return builder
      .create<Torch::PrimListConstructOp>(op->getLoc(), type, elements)
      ->getResult(0);
}

/// The sizes of a tensor as a list, if its rank is known. Sizes that are only
/// known at run time stay questions.
static bool foldSizeList(Operation *op, InferenceContext &context) {
  auto type = dyn_cast<Torch::TensorType>(op->getOperand(0).getType());
  if (!type || !type.hasRank())
    return false;
  OpBuilder builder(op);
  SmallVector<Value> sizes;
  for (auto [index, dim] : llvm::enumerate(type.getDims())) {
    if (dim) {
      sizes.push_back(context.getKnown().getConstant(dim));
      continue;
    }
    Operation *size = builder.create(
        op->getLoc(), builder.getStringAttr("torch.aten.size.int"),
        {op->getOperand(0),
         context.getKnown().getConstant(context.constant(index))},
        Torch::IntType::get(op->getContext()));
    sizes.push_back(size->getResult(0));
  }
  context.forward(0, makeList(op, op->getResult(0).getType(), sizes));
  return true;
}

/// Python's slice bounds of a list.
static int64_t clampIndex(int64_t index, int64_t length) {
  if (index < 0)
    index += length;
  return std::min(std::max<int64_t>(index, 0), length);
}

static bool foldList(StringRef key, Operation *op, InferenceContext &context) {
  KnownValues &known = context.getKnown();
  if (key == "aten.size")
    return foldSizeList(op, context);
  if (op->getNumOperands() == 0)
    return false;
  std::optional<SmallVector<Value>> list = known.getList(op->getOperand(0));
  if (!list)
    return false;
  int64_t length = list->size();
  if (key == "prim.ListUnpack") {
    if (op->getNumResults() != list->size())
      return false;
    for (auto [index, element] : llvm::enumerate(*list))
      context.forward(index, element);
    return true;
  }
  if (key.starts_with("aten.len")) {
    context.setScalar(0, context.constant(length));
    return true;
  }
  if (key.starts_with("aten.__getitem__")) {
    std::optional<int64_t> index = known.getInt(op->getOperand(1));
    if (!index || *index >= length || *index < -length)
      return false;
    context.forward(0, (*list)[*index < 0 ? *index + length : *index]);
    return true;
  }
  if (key == "aten.slice.t") {
    auto bound = [&](unsigned operand, int64_t missing) {
      return context.isNone(op->getOperand(operand))
                 ? std::optional<int64_t>(missing)
                 : known.getInt(op->getOperand(operand));
    };
    std::optional<int64_t> start = bound(1, 0), end = bound(2, length);
    std::optional<int64_t> step = known.getInt(op->getOperand(3));
    if (!start || !end || !step || *step < 1)
      return false;
    SmallVector<Value> elements;
    for (int64_t i = clampIndex(*start, length), e = clampIndex(*end, length);
         i < e; i += *step)
      elements.push_back((*list)[i]);
    context.forward(0, makeList(op, op->getResult(0).getType(), elements));
    return true;
  }
  if (key == "aten.add.t" || key == "aten.eq.int_list" ||
      key == "aten.ne.int_list") {
    std::optional<SmallVector<Value>> other = known.getList(op->getOperand(1));
    if (!other)
      return false;
    if (key == "aten.add.t") {
      list->append(*other);
      context.forward(0, makeList(op, op->getResult(0).getType(), *list));
      return true;
    }
    bool isDecided = list->size() != other->size(), isEqual = !isDecided;
    if (isEqual) {
      isDecided = true;
      for (auto [a, b] : llvm::zip(*list, *other)) {
        auto equal = dyn_cast_or_null<BoolAttr>(
            foldComparison("eq", known.get(a), known.get(b)));
        if (!equal) {
          isDecided = false;
        } else if (!equal.getValue()) {
          isDecided = true;
          isEqual = false;
          break;
        }
      }
    }
    if (!isDecided)
      return false;
    context.setScalar(
        0, makeBool(op->getContext(), isEqual == (key == "aten.eq.int_list")));
    return true;
  }
  if (key.starts_with("aten.mul.left_t")) {
    std::optional<int64_t> count = known.getInt(op->getOperand(1));
    if (!count || *count > 1024)
      return false;
    SmallVector<Value> elements;
    for (int64_t i = 0; i < *count; ++i)
      llvm::append_range(elements, *list);
    context.forward(0, makeList(op, op->getResult(0).getType(), elements));
    return true;
  }
  if (key.starts_with("aten.__contains__")) {
    Attribute wanted = known.get(op->getOperand(1));
    bool isContained = false;
    for (Value element : *list) {
      auto equal = dyn_cast_or_null<BoolAttr>(
          foldComparison("eq", known.get(element), wanted));
      if (!equal)
        return false;
      isContained |= equal.getValue();
    }
    context.setScalar(0, makeBool(op->getContext(), isContained));
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

/// The name of an operator without namespace and overload: "add" of
/// "aten.add.int".
static StringRef getBaseName(StringRef key) {
  return key.split('.').second.split('.').first;
}

bool torchonnx::foldScalar(Operation *op, InferenceContext &context) {
  StringRef key = Torch::getSchemaKey(op);
  StringRef name = getBaseName(key);
  if (foldList(key, op, context))
    return true;
  if (key == "prim.unchecked_cast" || key == "prim.unchecked_unwrap_optional") {
    context.forward(0, op->getOperand(0));
    return true;
  }
  if (op->getNumResults() != 1 || op->getNumOperands() == 0 ||
      isa<Torch::TensorType>(op->getResult(0).getType()))
    return false;
  const KnownValues &known = context.getKnown();
  Attribute value;
  if (name == "__is__" || name == "__isnot__") {
    value = foldIs(op, name == "__isnot__");
  } else if (key == "aten.Int.Tensor" || key == "aten.IntImplicit" ||
             key == "aten.ScalarImplicit" || key == "aten.item" ||
             key == "aten.FloatImplicit" || key == "aten.Float.Tensor" ||
             key == "aten.Bool.Tensor") {
    StringRef conversion = name.starts_with("Int")     ? "Int"
                           : name.starts_with("Float") ? "Float"
                           : name.starts_with("Bool")  ? "Bool"
                                                       : "";
    value = known.get(op->getOperand(0));
    if (!conversion.empty())
      value = foldUnary(conversion, value);
  } else if (key == "prim.device" || key == "aten.device") {
    value = StringAttr::get("cpu", Torch::DeviceType::get(op->getContext()));
  } else if (isScalarOverload(op)) {
    value = foldScalarOp(name, op, known);
  } else {
    value = foldTypeQuery(name, op, context);
  }
  if (!value)
    return false;
  context.setScalar(0, value);
  return true;
}

Attribute torchonnx::foldScalarTensor(Operation *op,
                                      InferenceContext &context) {
  if (op->getNumResults() != 1 || op->getNumOperands() == 0)
    return {};
  const KnownValues &known = context.getKnown();
  StringRef key = Torch::getSchemaKey(op);
  StringRef name = getBaseName(key);
  if (key == "prim.NumToTensor.Scalar" || key.starts_with("aten.scalar_tensor"))
    return known.get(op->getOperand(0));
  auto type = dyn_cast<Torch::TensorType>(op->getResult(0).getType());
  if (!type || !type.hasRank() || type.getRank() != 0 || !type.getDtype() ||
      !isa<IntegerType>(type.getDtype()) || type.getDtype().isInteger(1))
    return {};
  DimAttr lhs = known.getDim(op->getOperand(0));
  if (!lhs)
    return {};
  if (key == "aten.neg")
    return Symbolic::mul(lhs, -1);
  if (op->getNumOperands() < 2)
    return {};
  DimAttr rhs = known.getDim(op->getOperand(1));
  if (!rhs)
    return {};
  if (name == "mul" || name == "floor_divide" || name == "remainder")
    return foldArithmetic(name, lhs, rhs);
  if ((name == "add" || name == "sub" || name == "rsub") &&
      op->getNumOperands() == 3) {
    DimAttr alpha = known.getDim(op->getOperand(2));
    if (name == "add")
      return Symbolic::add(lhs, Symbolic::mul(rhs, alpha));
    if (name == "sub")
      return Symbolic::sub(lhs, Symbolic::mul(rhs, alpha));
    return Symbolic::sub(rhs, Symbolic::mul(lhs, alpha));
  }
  if (name == "div" && op->getNumOperands() == 3) {
    std::optional<StringRef> mode = known.getString(op->getOperand(2));
    // Truncation is floor where nothing is negative.
    bool isFloor = mode == "floor";
    if (mode == "trunc") {
      std::optional<int64_t> low = Symbolic::getLowerBound(lhs);
      std::optional<int64_t> divisor = Symbolic::getLowerBound(rhs);
      isFloor = low && *low >= 0 && divisor && *divisor >= 0;
    }
    return isFloor ? Symbolic::floorDiv(lhs, rhs) : DimAttr();
  }
  return {};
}
