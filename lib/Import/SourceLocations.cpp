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
static std::optional<SourceFrame> parseStackLine(StringRef text) {
  text = text.rtrim();
  size_t close = text.rfind("): ");
  if (close == StringRef::npos)
    return std::nullopt;
  size_t open = text.rfind('(', close);
  if (open == StringRef::npos || open == 0)
    return std::nullopt;
  SourceFrame frame;
  if (text.slice(open + 1, close).getAsInteger(10, frame.line))
    return std::nullopt;
  // Scripted source text has spaces before and code after the parenthesis.
  if (text.substr(close + 3).contains(' '))
    return std::nullopt;
  frame.file = text.take_front(open).str();
  frame.isUser = isUserFile(frame.file);
  return frame;
}

static std::optional<SourceFrame>
findSourceFrame(const torch::jit::SourceRange &serialized) {
  if (!serialized.source())
    return std::nullopt;
  torch::jit::SourceRange range = serialized;
  if (auto original = serialized.findSourceRangeThatGenerated())
    range = *original;
  auto position = range.file_line_col();
  if (!position || std::get<0>(*position).empty())
    return std::nullopt;
  SourceFrame innermost;
  innermost.file = std::get<0>(*position);
  innermost.line = std::get<1>(*position);
  innermost.column = std::get<2>(*position);
  innermost.isUser = isUserFile(innermost.file);
  if (StringRef(innermost.file).starts_with("code/__torch__"))
    return std::nullopt;
  if (innermost.isUser)
    return innermost;
  const auto &source = range.source();
  for (size_t i = 0, count = source->num_lines(); i < count; ++i) {
    std::optional<SourceFrame> frame =
        parseStackLine(source->get_line(i).str());
    if (!frame)
      break;
    if (frame->isUser)
      return frame;
  }
  return innermost;
}

std::optional<SourceFrame>
getSourceFrame(const torch::jit::SourceRange &range) {
  // Debug information is read late, and a model is whole without it.
  try {
    return findSourceFrame(range);
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
    line =
        FileLineColLoc::get(context, frame->file, frame->line, frame->column);
  if (scope.empty())
    return line;
  return NameLoc::get(StringAttr::get(context, scope), line);
}

} // namespace torchonnx
