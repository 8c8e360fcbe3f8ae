//===- KernelTypes.cpp - Element types that ONNX Runtime computes in ------===//
//
// ONNX allows more element types than ONNX Runtime's CPU provider has kernels
// for. An operator of this table is computed in one of its types; f16 and bf16
// are left to the runtime, which widens them itself where it has to.
//
//===----------------------------------------------------------------------===//

#include "passes/TorchToOnnx/KernelTypes.h"

#include "passes/TorchToOnnx/ConversionContext.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace torchonnx;

namespace {
struct KernelTypes {
  const char *onnxOp;
  const char *types;
};
} // namespace

static const KernelTypes kKernelTypes[] = {
    {"Acos", "f32"},
    {"Acosh", "f32"},
    {"ArgMax", "f32 f64 i32 i64 i8 ui8"},
    {"ArgMin", "f32 f64 i32 i64 i8 ui8"},
    {"Asin", "f32"},
    {"Asinh", "f32"},
    {"Atan", "f32"},
    {"Atanh", "f32"},
    {"AveragePool", "f32"},
    {"BatchNormalization", "f32 f64"},
    {"BitShift", "ui8 ui32 ui64"},
    {"Ceil", "f32 f64"},
    {"Celu", "f32"},
    {"Clip", "f32 f64 i8 ui8 i32 i64 ui32 ui64"},
    {"Col2Im", "f32"},
    {"Conv", "f32"},
    {"ConvTranspose", "f32"},
    {"Cos", "f32 f64"},
    {"Cosh", "f32"},
    {"CumSum", "f32 f64 i32 i64"},
    {"Det", "f32"},
    {"DepthToSpace", "f32 f64"},
    {"Einsum", "f32 f64 i32 i64"},
    {"Elu", "f32"},
    {"Erf", "f32"},
    {"Exp", "f32 f64"},
    {"EyeLike", "f32 f64 i32 i64 ui64"},
    {"Floor", "f32 f64"},
    {"GRU", "f32"},
    {"Gelu", "f32"},
    {"Gemm", "f32 f64"},
    {"GlobalAveragePool", "f32"},
    {"GlobalMaxPool", "f32"},
    {"GridSample", "f32 f64"},
    {"HardSigmoid", "f32"},
    {"HardSwish", "f32"},
    {"InstanceNormalization", "f32"},
    {"GroupNormalization", "f32 f64"},
    {"LSTM", "f32"},
    {"LayerNormalization", "f32 f64"},
    {"LeakyRelu", "f32"},
    {"Log", "f32 f64"},
    {"LogSoftmax", "f32 f64"},
    {"LpNormalization", "f32 f64"},
    {"LpPool", "f32"},
    {"MatMul", "f32 f64 i32 i64 ui32 ui64"},
    {"Max", "f32 f64 i8 ui8 i32 i64 ui32 ui64"},
    {"MaxPool", "f32 f64 i8 ui8"},
    {"Min", "f32 f64 i8 ui8 i32 i64 ui32 ui64"},
    {"Mish", "f32"},
    {"Neg", "f32 f64 i8 i16 i32 i64"},
    {"NonZero", "i1 f32 i32 i64 ui8"},
    {"PRelu", "f32"},
    {"Pad", "i1 f32 f64 i8 ui8 i32 i64 ui32 ui64"},
    {"Pow", "f32 f64 i32 i64"},
    {"RNN", "f32"},
    {"Range", "f32 f64 i16 i32 i64"},
    {"Reciprocal", "f32 f64"},
    {"ReduceL1", "f32 f64 i32 i64"},
    {"ReduceL2", "f32 f64 i32 i64"},
    {"ReduceLogSumExp", "f32 f64"},
    {"ReduceMax", "f32 f64 i8 ui8 i32 i64"},
    {"ReduceMean", "f32 f64"},
    {"ReduceMin", "f32 f64 i8 ui8 i32 i64"},
    {"ReduceProd", "f32 f64 i32 i64"},
    {"ReduceSum", "f32 f64 i32 i64"},
    {"Relu", "f32 f64"},
    {"Resize", "f32"},
    {"Round", "f32 f64"},
    {"ScatterElementsAdd", "f32 f64 i8 ui8 i16 i32 i64 ui32 ui64"},
    {"Selu", "f32"},
    {"Sigmoid", "f32 f64"},
    {"Sin", "f32 f64"},
    {"Sinh", "f32"},
    {"Softmax", "f32 f64"},
    {"Softplus", "f32"},
    {"Softsign", "f32"},
    {"Sqrt", "f32 f64"},
    {"Tan", "f32"},
    {"Tanh", "f32 f64"},
    {"ThresholdedRelu", "f32"},
    {"Tile", "i1 f32 f64 i8 ui8 i16 i32 i64 ui32 ui64"},
    {"TopK", "f32 f64 i8 ui8 i16 i32 i64"},
    {"Trilu", "i1 f32 f64 i32 i64"},
    {"Where", "f32 f64 ui8 i8 i32 i64 ui32"},
};

// The types to compute numbers of `type` in, best first.
static const char *substitutes(Type type) {
  if (type.isF64())
    return "f32";
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return "";
  if (integer.getWidth() == 1)
    return "ui8 i32 i64 f32";
  if (integer.getWidth() < 32)
    return "i32 i64 f32 f64";
  if (integer.getWidth() == 32)
    return "i64 f64 f32";
  return "i64 f64 f32";
}

static Type parseType(StringRef name, MLIRContext *context) {
  Builder b(context);
  if (name == "f32")
    return b.getF32Type();
  if (name == "f64")
    return b.getF64Type();
  bool isUnsigned = name.consume_front("u");
  unsigned width = 0;
  name.drop_front().getAsInteger(10, width);
  return isUnsigned ? b.getIntegerType(width, false) : b.getIntegerType(width);
}

static bool contains(StringRef types, StringRef name) {
  SmallVector<StringRef> names;
  types.split(names, ' ');
  return llvm::is_contained(names, name);
}

static std::string typeName(Type type) {
  std::string name;
  llvm::raw_string_ostream(name) << type;
  return name;
}

// The type to compute numbers of `type` in.
static Type findKernelType(StringRef onnxOp, Type type) {
  const auto *entry = llvm::find_if(kKernelTypes, [&](const KernelTypes &row) {
    return onnxOp == row.onnxOp;
  });
  if (entry == std::end(kKernelTypes) || contains(entry->types, typeName(type)))
    return type;
  SmallVector<StringRef> candidates;
  StringRef(substitutes(type)).split(candidates, ' ', -1, false);
  for (StringRef candidate : candidates)
    if (contains(entry->types, candidate))
      return parseType(candidate, type.getContext());
  return type;
}

// Whether every number of the integer type is one of the float type.
static bool holds(FloatType number, IntegerType integer) {
  return integer.getWidth() <= number.getFPMantissaWidth();
}

bool ConversionContext::hasKernel(StringRef onnxOp, Type type) {
  return findKernelType(onnxOp, type) == type;
}

Type ConversionContext::kernelType(StringRef onnxOp, Type type) {
  Type kernel = findKernelType(onnxOp, type);
  if (kernel == type || !current)
    return kernel;
  auto number = dyn_cast<FloatType>(kernel);
  auto integer = dyn_cast<IntegerType>(type);
  if (type.isF64() && number && losses)
    losses->add(current, onnxOp);
  if (integer && number && !holds(number, integer) && refused != current) {
    refused = current;
    (void)fail(current, "ONNX Runtime has no " + typeName(type) +
                            " kernel for " + onnxOp + ", and " +
                            typeName(kernel) + " does not hold every " +
                            typeName(type) +
                            "; cast the tensor to a float type first");
  }
  return kernel;
}

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

void PrecisionLosses::add(Operation *op, StringRef onnxOp) {
  Uses &entry = uses[Torch::getSchemaKey(op)];
  entry.onnxOps.insert(onnxOp);
  if (entry.ops.insert(op))
    entry.places.push_back(op->getLoc());
}

void PrecisionLosses::warn() const {
  for (const auto &[key, entry] : uses) {
    size_t count = entry.places.size();
    InFlightDiagnostic diagnostic =
        emitWarning(entry.places.front())
        << key
        << " computes f64 numbers in f32: ONNX Runtime has no f64 kernel for "
        << llvm::join(entry.onnxOps, ", ") << " (" << count
        << (count == 1 ? " use)" : " uses)");
    attachOtherUses(diagnostic, entry.places);
  }
}

// What ONNX Runtime moves about as bf16, or computes in f32.
static bool hasBf16Kernel(StringRef onnxOp) {
  static const llvm::StringSet<> ops = {
      "Cast",     "CastLike",  "Concat",          "ConstantOfShape",
      "Flatten",  "Gather",    "GatherElements",  "GatherND",
      "Identity", "If",        "IsNaN",           "LayerNormalization",
      "Loop",     "Reshape",   "ScatterElements", "ScatterND",
      "Shape",    "Sign",      "Slice",           "Split",
      "Squeeze",  "Transpose", "Unsqueeze"};
  return ops.contains(onnxOp);
}

static bool isBf16(Value value) {
  auto type = dyn_cast<ShapedType>(value.getType());
  return type && type.getElementType().isBF16();
}

void torchonnx::warnOfMissingBf16Kernels(ModuleOp module) {
  llvm::SetVector<StringRef> onnxOps;
  Operation *first = nullptr;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (!op->hasTrait<Onnx::SchemaOp>() || hasBf16Kernel(Onnx::getOpType(op)) ||
        !(llvm::any_of(op->getOperands(), isBf16) ||
          llvm::any_of(op->getResults(), isBf16)))
      return;
    onnxOps.insert(Onnx::getOpType(op));
    if (!first)
      first = op;
  });
  if (!first)
    return;
  constexpr size_t kShown = 4;
  ArrayRef<StringRef> names = onnxOps.getArrayRef();
  InFlightDiagnostic diagnostic =
      emitWarning(first->getLoc())
      << "the model computes bf16 numbers, for which ONNX Runtime's CPU "
         "provider has no kernel of "
      << llvm::join(names.take_front(kShown), ", ");
  if (names.size() > kShown)
    diagnostic << " and " << names.size() - kShown << " more";
  diagnostic << "; to run it there, export model.float()";
}

void torchonnx::attachOtherUses(InFlightDiagnostic &diagnostic,
                                ArrayRef<Location> places) {
  constexpr size_t kShown = 4;
  for (Location place : places.drop_front().take_front(kShown - 1))
    diagnostic.attachNote(place) << "also used here";
  if (places.size() > kShown)
    diagnostic.attachNote()
        << "and in " << places.size() - kShown << " more places";
}
