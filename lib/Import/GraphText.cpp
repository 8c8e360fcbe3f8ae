//===- GraphText.cpp - TorchScript graphs as text -------------------------===//

#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/ir/irparser.h>

#include "lib/Import/TorchScriptImporter.h"
#include "lib/Support/LibTorch.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
namespace jit = torch::jit;

namespace torchonnx {

namespace {

/// What the text says of a statement's origin.
struct StatementInfo {
  unsigned line;
  std::string scope;
  std::string file;
  unsigned fileLine = 0, fileColumn = 0;
};

/// Parses the comment `path.py:12:3`.
void parseOrigin(StringRef comment, StatementInfo &info) {
  auto [front, column] = comment.trim().rsplit(':');
  auto [file, line] = front.rsplit(':');
  unsigned lineNumber, columnNumber;
  if (file.empty() || line.getAsInteger(10, lineNumber) ||
      column.getAsInteger(10, columnNumber))
    return;
  info.file = file.str();
  info.fileLine = lineNumber;
  info.fileColumn = columnNumber;
}

/// The module of "layer1/layer1.0" (full paths, as a live export records them)
/// or of "Net::/Linear::fc" (variables, as torch.onnx does).
std::string getInnermostScope(StringRef text) {
  if (!text.contains("::"))
    return text.rsplit('/').second.empty() ? text.str()
                                           : text.rsplit('/').second.str();
  SmallVector<StringRef> levels, names;
  text.split(levels, '/');
  for (StringRef level : levels)
    if (StringRef name = level.rsplit("::").second; !name.empty())
      names.push_back(name);
  return llvm::join(names, ".");
}

/// Takes scopes and comments off the lines, which LibTorch prints but does not
/// parse, and lists the statements in order.
std::string readLines(StringRef text, std::vector<StatementInfo> &statements) {
  std::string clean;
  bool inHeader = true;
  unsigned number = 0;
  SmallVector<StringRef> lines;
  text.split(lines, '\n');
  for (StringRef line : lines) {
    ++number;
    StringRef trimmed = line.trim();
    if (trimmed.empty() || trimmed.starts_with("#") ||
        trimmed.starts_with("//"))
      continue;
    StatementInfo info{number, "", "", 0, 0};
    // A '#' in a string constant is no comment.
    size_t comment = StringRef::npos;
    bool quoted = false;
    for (size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '"' && (i == 0 || line[i - 1] != '\\'))
        quoted = !quoted;
      if (line[i] == '#' && !quoted) {
        comment = i;
        break;
      }
    }
    if (comment != StringRef::npos) {
      parseOrigin(line.substr(comment + 1), info);
      line = line.take_front(comment);
    }
    size_t scope = line.find(", scope: ");
    if (scope != StringRef::npos) {
      info.scope = getInnermostScope(line.substr(scope + 9).trim());
      line = line.take_front(scope);
    }
    line = line.rtrim();
    clean += line;
    clean += '\n';
    trimmed = line.trim();
    if (inHeader) {
      inHeader = !trimmed.ends_with("):");
      continue;
    }
    if (trimmed.starts_with("block") || trimmed.starts_with("->") ||
        trimmed.starts_with("return"))
      continue;
    statements.push_back(info);
  }
  return clean;
}

void locate(const jit::Block *block, StringRef file,
            const std::vector<StatementInfo> &statements, size_t &next,
            MLIRContext *context,
            llvm::DenseMap<const jit::Node *, Location> &locations) {
  for (const jit::Node *node : block->nodes()) {
    if (next < statements.size()) {
      const StatementInfo &info = statements[next++];
      Location loc = info.file.empty()
                         ? FileLineColLoc::get(context, file, info.line, 1)
                         : FileLineColLoc::get(context, info.file,
                                               info.fileLine, info.fileColumn);
      if (!info.scope.empty())
        loc = NameLoc::get(StringAttr::get(context, info.scope), loc);
      locations.try_emplace(node, loc);
    }
    for (const jit::Block *inner : node->blocks())
      locate(inner, file, statements, next, context, locations);
  }
}

} // namespace

OwningOpRef<ModuleOp> importTorchGraphText(llvm::MemoryBufferRef buffer,
                                           const ImportOptions &options,
                                           MLIRContext *context) {
  StringRef file = buffer.getBufferIdentifier();
  std::vector<StatementInfo> statements;
  std::string text = readLines(buffer.getBuffer(), statements);
  auto graph = std::make_shared<jit::Graph>();
  std::string error;
  if (!guardTorch(error, [&] {
        jit::parseIR(text, graph.get(), /*parse_tensor_constants=*/true);
      })) {
    emitError(UnknownLoc::get(context))
        << "'" << file << "' is no TorchScript graph: " << error;
    return nullptr;
  }
  llvm::DenseMap<const jit::Node *, Location> locations;
  size_t next = 0;
  locate(graph->block(), file, statements, next, context, locations);
  return importGraph(graph, {}, options, context,
                     [&](const jit::Node *node) -> std::optional<Location> {
                       auto found = locations.find(node);
                       if (found == locations.end())
                         return std::nullopt;
                       return found->second;
                     });
}

} // namespace torchonnx
