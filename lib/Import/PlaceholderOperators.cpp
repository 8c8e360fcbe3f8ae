//===- PlaceholderOperators.cpp - Operators without a library -------------===//

#include "lib/Import/PlaceholderOperators.h"

#include <torch/csrc/jit/runtime/operator.h>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <map>

using llvm::StringRef;

namespace torchonnx {

static bool isNameCharacter(char c) { return llvm::isAlnum(c) || c == '_'; }

/// How many values the statement that ends before `call` unpacks the result
/// into: 1 unless it has the form `a, b, = ops...`.
static unsigned countTargets(StringRef before) {
  StringRef line = before.rsplit('\n').second;
  if (before.find('\n') == StringRef::npos)
    line = before;
  line = line.trim();
  // The call must be the whole right hand side.
  if (!line.consume_back("="))
    return 1;
  line = line.rtrim();
  unsigned commas = line.count(',');
  return commas == 0 ? 1 : line.ends_with(",") ? commas : commas + 1;
}

std::vector<std::string>
definePlaceholderOperators(const std::vector<std::string> &code) {
  std::map<std::string, unsigned> resultCounts;
  for (const std::string &text : code) {
    StringRef rest = text;
    for (size_t at = rest.find("ops."); at != StringRef::npos;
         at = rest.find("ops.", at + 4)) {
      if (at > 0 && (isNameCharacter(rest[at - 1]) || rest[at - 1] == '.'))
        continue;
      StringRef tail = rest.substr(at + 4);
      StringRef space = tail.take_while(isNameCharacter);
      tail = tail.substr(space.size());
      if (space.empty() || !tail.consume_front("."))
        continue;
      StringRef name = tail.take_while(isNameCharacter);
      if (name.empty() || !tail.substr(name.size()).starts_with("("))
        continue;
      if (space == "prim" || space == "aten")
        continue;
      unsigned &count = resultCounts[(space + "::" + name).str()];
      count = std::max(count, countTargets(rest.take_front(at)));
    }
  }

  std::vector<std::string> defined;
  for (const auto &[name, count] : resultCounts) {
    auto symbol = c10::Symbol::fromQualString(name);
    auto known = torch::jit::getAllOperatorsFor(symbol);
    if (known.empty()) {
      std::string schema = name + "(...) -> ";
      if (count == 1) {
        schema += "Tensor";
      } else {
        schema += "(";
        for (unsigned i = 0; i < count; ++i)
          schema += i ? ", Tensor" : "Tensor";
        schema += ")";
      }
      torch::jit::registerOperator(torch::jit::Operator(
          schema,
          [name = name](torch::jit::Stack &) {
            throw std::runtime_error(name + " has no implementation here");
          },
          c10::AliasAnalysisKind::CONSERVATIVE));
    } else if (!known.front()->schema().is_vararg()) {
      continue;
    }
    auto [space, op] = StringRef(name).split("::");
    defined.push_back((space + "." + op).str());
  }
  return defined;
}

} // namespace torchonnx
