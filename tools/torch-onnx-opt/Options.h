//===- Options.h - The command line of torch-onnx-opt -----------*- C++ -*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_OPTIONS_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_OPTIONS_H

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/LLVM.h"
#include "torch_onnx_opt/Import.h"
#include "llvm/Support/CommandLine.h"

#include <optional>
#include <string>
#include <vector>

namespace torchonnx::driver {

/// How far a model goes, or comes, without passes being named.
enum class Emit {
  ByName,   ///< what the output file's name asks for
  Torch,    ///< the torch dialect, as imported
  OnnxMlir, ///< the onnx dialect, as text or bytecode
  Onnx,     ///< an ONNX protobuf
};

/// `--custom-domain=mylib=my.domain:1`.
struct CustomDomainSpec {
  std::string torchNamespace;
  std::string domain;
  int64_t version = 1;
};

/// Everything that the command line says and MLIR's own options do not.
struct Options {
  std::string input;
  /// Whether the command line names the input, rather than leaving it out.
  bool namesInput = false;
  std::string output;
  Emit emit = Emit::ByName;
  std::optional<int64_t> opset;
  std::vector<InputSpec> inputs;
  std::vector<DynamicAxis> dynamic;
  std::vector<std::string> inputNames;
  std::vector<std::string> outputNames;
  std::vector<std::string> decompositions;
  std::vector<CustomDomainSpec> customDomains;
  std::vector<std::string> torchLibraries;
  bool externalData = false;
  bool explain = false;
  bool fullConstants = false;
  bool listPasses = false;
  bool listOps = false;
};

/// Registers the options of MLIR's tools and ours, parses the command line and
/// checks its syntax. Ends the process for --help, --version and an unknown
/// option; fails, with the reason printed, for a malformed one.
llvm::FailureOr<Options> parseCommandLine(int argc, char **argv,
                                          mlir::DialectRegistry &registry);

/// Prints `torch-onnx-opt: error: message`, and fails.
llvm::LogicalResult reportError(const llvm::Twine &message);

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_OPTIONS_H
