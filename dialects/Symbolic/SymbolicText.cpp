//===- SymbolicText.cpp - Printing and parsing of dimensions --------------===//
//
//   dim    ::= term ((`+` | `-`) term)*
//   term   ::= factor (`*` factor)*
//   factor ::= integer | name | string | call | `(` dim `)`
//   call   ::= (`floordiv` | `mod` | `min` | `max`) `(` dim `,` dim `)`
//
// A minus sign is always followed by an integer (`a - 1 * b`): MLIR's lexer
// offers custom attributes no other minus.
//
//===----------------------------------------------------------------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Symbolic;

static bool isBareName(StringRef name) {
  if (name.empty() || !(llvm::isAlpha(name[0]) || name[0] == '_'))
    return false;
  if (name == "floordiv" || name == "mod" || name == "min" || name == "max")
    return false;
  return llvm::all_of(
      name, [](char c) { return llvm::isAlnum(c) || c == '_' || c == '$'; });
}

static void printAtom(llvm::raw_ostream &os, AtomAttr atom) {
  StringRef function;
  switch (atom.getKind()) {
  case AtomAttr::Kind::Symbol:
    if (isBareName(atom.getSymbol())) {
      os << atom.getSymbol();
    } else {
      os << '"';
      llvm::printEscapedString(atom.getSymbol(), os);
      os << '"';
    }
    return;
  case AtomAttr::Kind::FloorDiv:
    function = "floordiv";
    break;
  case AtomAttr::Kind::Min:
    function = "min";
    break;
  case AtomAttr::Kind::Max:
    function = "max";
    break;
  }
  os << function << '(';
  atom.getLhs().print(os);
  os << ", ";
  atom.getRhs().print(os);
  os << ')';
}

void DimAttr::print(llvm::raw_ostream &os) const {
  ArrayRef<Term> terms = getTerms();
  if (terms.empty()) {
    os << 0;
    return;
  }
  for (auto [index, term] : llvm::enumerate(terms)) {
    int64_t coefficient = term.coefficient;
    bool showsSign = false;
    if (index) {
      os << (coefficient < 0 ? " - " : " + ");
      showsSign = coefficient < 0;
      coefficient = std::abs(coefficient);
    }
    if (term.factors.empty() || coefficient != 1 || showsSign) {
      os << coefficient;
      if (!term.factors.empty())
        os << " * ";
    }
    llvm::interleave(
        term.factors, [&](AtomAttr atom) { printAtom(os, atom); },
        [&] { os << " * "; });
  }
}

std::string DimAttr::str() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  print(os);
  return text;
}

void Symbolic::printDim(llvm::raw_ostream &os, DimAttr dim) {
  if (dim)
    dim.print(os);
  else
    os << '?';
}

void Symbolic::printDims(llvm::raw_ostream &os, ArrayRef<DimAttr> dims) {
  os << '[';
  llvm::interleaveComma(dims, os, [&](DimAttr dim) { printDim(os, dim); });
  os << ']';
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

static ParseResult parseSum(AsmParser &parser, DimAttr &dim);

static ParseResult parseFactor(AsmParser &parser, DimAttr &dim) {
  MLIRContext *context = parser.getContext();
  int64_t integer;
  OptionalParseResult parsed = parser.parseOptionalInteger(integer);
  if (parsed.has_value()) {
    if (failed(*parsed))
      return failure();
    dim = DimAttr::getConstant(context, integer);
    return success();
  }
  if (succeeded(parser.parseOptionalLParen()))
    return failure(parseSum(parser, dim) || parser.parseRParen());
  std::string string;
  if (succeeded(parser.parseOptionalString(&string))) {
    if (string.empty())
      return parser.emitError(parser.getCurrentLocation(),
                              "a dimension's name can't be empty");
    dim = DimAttr::getSymbol(context, string);
    return success();
  }
  llvm::SMLoc location = parser.getCurrentLocation();
  StringRef keyword;
  if (failed(parser.parseOptionalKeyword(&keyword)))
    return parser.emitError(location, "expected a dimension: an integer, a "
                                      "name or an expression over names");
  using Function = DimAttr (*)(DimAttr, DimAttr);
  Function function = nullptr;
  if (keyword == "floordiv")
    function = floorDiv;
  else if (keyword == "mod")
    function = mod;
  else if (keyword == "min")
    function = Symbolic::min;
  else if (keyword == "max")
    function = Symbolic::max;
  if (!function) {
    dim = DimAttr::getSymbol(context, keyword);
    return success();
  }
  DimAttr lhs, rhs;
  if (parser.parseLParen() || parseSum(parser, lhs) || parser.parseComma() ||
      parseSum(parser, rhs) || parser.parseRParen())
    return failure();
  dim = function(lhs, rhs);
  if (!dim)
    return parser.emitError(location, "division by zero in a dimension");
  return success();
}

static ParseResult parseProduct(AsmParser &parser, DimAttr &dim) {
  if (failed(parseFactor(parser, dim)))
    return failure();
  while (succeeded(parser.parseOptionalStar())) {
    DimAttr factor;
    if (failed(parseFactor(parser, factor)))
      return failure();
    dim = mul(dim, factor);
  }
  return success();
}

static ParseResult parseSum(AsmParser &parser, DimAttr &dim) {
  if (failed(parseProduct(parser, dim)))
    return failure();
  while (true) {
    DimAttr term;
    if (succeeded(parser.parseOptionalPlus())) {
      if (failed(parseProduct(parser, term)))
        return failure();
      dim = add(dim, term);
      continue;
    }
    int64_t coefficient;
    OptionalParseResult parsed = parser.parseOptionalInteger(coefficient);
    if (!parsed.has_value())
      return success();
    if (failed(*parsed))
      return failure();
    term = DimAttr::getConstant(parser.getContext(), coefficient);
    while (succeeded(parser.parseOptionalStar())) {
      DimAttr factor;
      if (failed(parseFactor(parser, factor)))
        return failure();
      term = mul(term, factor);
    }
    dim = add(dim, term);
  }
}

ParseResult Symbolic::parseDim(AsmParser &parser, DimAttr &dim) {
  if (succeeded(parser.parseOptionalQuestion())) {
    dim = DimAttr();
    return success();
  }
  return parseSum(parser, dim);
}

ParseResult Symbolic::parseDims(AsmParser &parser,
                                SmallVectorImpl<DimAttr> &dims) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parseDim(parser, dims.emplace_back());
  });
}

Attribute SymbolicDialect::parseAttribute(DialectAsmParser &parser,
                                          Type) const {
  llvm::SMLoc location = parser.getCurrentLocation();
  StringRef kind;
  if (parser.parseKeyword(&kind) || parser.parseLess())
    return {};
  if (kind == "dim") {
    DimAttr dim;
    if (parseSum(parser, dim) || parser.parseGreater())
      return {};
    return dim;
  }
  if (kind == "shape") {
    SmallVector<DimAttr> dims;
    if (parseDims(parser, dims) || parser.parseGreater())
      return {};
    return ShapeAttr::get(getContext(), dims);
  }
  parser.emitError(location, "unknown attribute `")
      << kind << "` of dialect symbolic; it has `dim` and `shape`";
  return {};
}

void SymbolicDialect::printAttribute(Attribute attribute,
                                     DialectAsmPrinter &printer) const {
  if (auto dim = dyn_cast<DimAttr>(attribute)) {
    printer << "dim<";
    dim.print(printer.getStream());
  } else if (auto shape = dyn_cast<ShapeAttr>(attribute)) {
    printer << "shape<";
    printDims(printer.getStream(), shape.getDims());
  } else {
    printer << "dim<";
    printAtom(printer.getStream(), cast<AtomAttr>(attribute));
  }
  printer << '>';
}
