//===- PrintModule.cpp - Modules as text ----------------------------------===//

#include "lib/Support/PrintModule.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;

void torchonnx::printModule(llvm::raw_ostream &os, ModuleOp module,
                            const OpPrintingFlags &flags) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, flags);
  // Where all weights are elided, MLIR prints an empty section for them.
  StringRef shown = StringRef(text).rtrim(), rest = shown;
  if (rest.consume_back("#-}")) {
    rest = rest.rtrim();
    if (rest.consume_back("{-#"))
      shown = rest.rtrim();
  }
  os << shown << '\n';
}
