//===- SourceLocations.cpp - Where a node comes from ----------------------===//

#include "lib/Import/SourceLocations.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace torchonnx {

bool isUserFile(StringRef path) {
  if (path.empty() || path.starts_with("<"))
    return false;
  if (path.starts_with("torch/") || path.starts_with("code/__torch__"))
    return false;
  if (path.contains("/torch_onnx_opt/"))
    return false;
  size_t packages = path.rfind("-packages/");
  if (packages != StringRef::npos)
    return !path.substr(packages).starts_with("-packages/torch/");
  // Python's own library: .../lib/python3.11/contextlib.py
  return !path.contains("/lib/python3");
}

/// Parses "path/model.py(12): forward".
static std::optional<std::pair<StringRef, unsigned>>
parseStackLine(StringRef text) {
  text = text.rtrim();
  size_t close = text.rfind("): ");
  if (close == StringRef::npos)
    return std::nullopt;
  size_t open = text.rfind('(', close);
  if (open == StringRef::npos || open == 0)
    return std::nullopt;
  unsigned line;
  if (text.slice(open + 1, close).getAsInteger(10, line))
    return std::nullopt;
  // Scripted source text has spaces before and code after the parenthesis.
  if (text.substr(close + 3).contains(' '))
    return std::nullopt;
  return std::make_pair(text.take_front(open), line);
}

/// The text of a source, which lies in one piece after tracing, and in `buffer`
/// if it does not.
static StringRef getText(const torch::jit::Source &source,
                         std::string &buffer) {
  const torch::jit::StringCordView &text = source.text_str();
  for (size_t i = 0; buffer.size() < text.size(); ++i) {
    StringRef piece = text.piece(i);
    if (piece.size() == text.size())
      return piece;
    buffer += piece;
  }
  return buffer;
}

std::optional<SourceFrame>
SourceLocator::findFrame(const torch::jit::SourceRange &serialized) {
  if (!serialized.source())
    return std::nullopt;
  torch::jit::SourceRange range = serialized;
  if (auto original = serialized.findSourceRangeThatGenerated())
    range = std::move(*original);
  torch::jit::Source &source = *range.source();
  const std::optional<std::string> &name = source.filename();
  if (!name || name->empty() || StringRef(*name).starts_with("code/__torch__"))
    return std::nullopt;

  std::string buffer;
  StringRef text = getText(source, buffer);
  if (known && start == range.start() &&
      startingLine == source.starting_line_no() && file == *name &&
      stack == text)
    return known;
  size_t index = source.lineno_for_offset(range.start());
  unsigned line = source.lineno_to_source_lineno(index);
  unsigned column = range.start() - source.offset_for_line(index);
  SourceFrame frame{FileLineColLoc::get(context, *name, line, column),
                    isUserFile(*name)};
  for (StringRef rest = text; !frame.isUser && !rest.empty();) {
    StringRef entry;
    std::tie(entry, rest) = rest.split('\n');
    auto caller = parseStackLine(entry);
    if (!caller)
      break;
    if (isUserFile(caller->first))
      frame = {FileLineColLoc::get(context, caller->first, caller->second, 0),
               true};
  }
  start = range.start();
  startingLine = source.starting_line_no();
  file = *name;
  stack = text.str();
  known = frame;
  return frame;
}

std::optional<SourceFrame>
SourceLocator::getFrame(const torch::jit::SourceRange &range) {
  // Debug information is read late, and a model is whole without it.
  try {
    return findFrame(range);
  } catch (const std::exception &) {
    return std::nullopt;
  }
}

std::string getScopePath(const torch::jit::Node *node) {
  // scope() is not const, but changes nothing.
  torch::jit::ScopePtr scope = const_cast<torch::jit::Node *>(node)->scope();
  if (!scope || scope->isBlank())
    return "";
  std::string qualified = scope->name().toQualString();
  StringRef text = StringRef(qualified).starts_with("scope::")
                       ? StringRef(qualified).substr(7)
                       : StringRef(qualified);
  if (!text.contains("::"))
    return text.str();
  // torch.onnx's form: "package.Class::variable", one for each level.
  llvm::SmallVector<std::string> names;
  while (scope && !scope->isBlank()) {
    std::string level = scope->name().toUnqualString();
    StringRef variable = StringRef(level).rsplit("::").second;
    if (!variable.empty())
      names.push_back(variable.str());
    if (scope->isRoot())
      break;
    scope = scope->parent();
  }
  return llvm::join(llvm::reverse(names), ".");
}

std::string joinPath(StringRef path, StringRef name) {
  return path.empty() ? name.str() : (path + "." + name).str();
}

std::string getProgramName(const torch::jit::Value *value) {
  if (!value || !value->hasDebugName())
    return "";
  std::string name = value->debugNameBase();
  return !name.empty() && llvm::isAlpha(name[0]) ? name : "";
}

Location makeLocation(MLIRContext *context,
                      const std::optional<SourceFrame> &frame,
                      StringRef scope) {
  Location line = UnknownLoc::get(context);
  if (frame)
    line = frame->line;
  if (scope.empty())
    return line;
  return NameLoc::get(StringAttr::get(context, scope), line);
}

} // namespace torchonnx
