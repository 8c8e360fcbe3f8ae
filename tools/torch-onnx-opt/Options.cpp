//===- Options.cpp - The command line of torch-onnx-opt -------------------===//

#include "Options.h"

#include "mlir/Debug/Counter.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Support/Timing.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "torch_onnx_opt/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

namespace cl = llvm::cl;
using llvm::StringRef;
using namespace torchonnx::driver;

llvm::LogicalResult torchonnx::driver::reportError(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "torch-onnx-opt") << message << '\n';
  return llvm::failure();
}

namespace {

cl::OptionCategory conversionCategory("Conversion",
                                      "What is converted, and to what.");
cl::OptionCategory informationCategory("Information");
cl::OptionCategory
    extensionCategory("Extensions",
                      "Decompositions, operators and passes of your own.");
cl::OptionCategory passCategory(
    "Passes",
    "They run in the order of the command line. --pass-pipeline takes the same "
    "names,\nnested and with options.");
cl::OptionCategory mlirCategory(
    "MLIR", "Reading, printing and watching what happens, as in mlir-opt.");

/// The name of an option of one letter. LLVM takes those for the start of a
/// group, so that every misspelt option beginning with the letter would be an
/// error of its.
struct LetterName {
  StringRef letter;
  void apply(cl::Option &option) const { option.ArgStr = letter; }
};

/// The options that are ours, registered when it is constructed.
struct CommandLine {
  cl::opt<std::string> input{cl::Positional, cl::desc("<input file>"),
                             cl::init("-"), cl::cat(conversionCategory)};
  cl::opt<std::string> output{
      LetterName{"o"}, cl::value_desc("file"), cl::init("-"),
      cl::desc("Where the result goes (default: standard output). Its name\n"
               "says as what: .onnx, .mlir (text), .mlirbc or .bc (bytecode)"),
      cl::cat(conversionCategory)};
  cl::opt<Emit> emit{
      "emit", cl::desc("What to write, whatever the output is called:"),
      cl::values(
          clEnumValN(Emit::Torch, "torch", "the torch dialect, as imported"),
          clEnumValN(Emit::OnnxMlir, "onnx-mlir",
                     "the onnx dialect, after conversion"),
          clEnumValN(Emit::Onnx, "onnx", "an ONNX model")),
      cl::init(Emit::ByName), cl::cat(conversionCategory)};
  cl::opt<std::string> opset{
      "opset", cl::value_desc("11..26"),
      cl::desc("The ONNX opset to write (20 unless the model says otherwise)"),
      cl::cat(conversionCategory)};
  cl::list<std::string> inputs{
      "input", cl::value_desc("name=dims[:dtype]"),
      cl::desc("The shape of one input, e.g. x=batch,3,224,224:f32, or\n"
               "n=[]:i64 for a number. A dimension is a size, a name or ?.\n"
               "Without a name, inputs are taken in order. Shapes default\n"
               "to those that the model was traced with"),
      cl::cat(conversionCategory)};
  cl::list<std::string> dynamic{
      "dynamic", cl::value_desc("name:dim[=symbol],..."), cl::CommaSeparated,
      cl::desc("Dimensions of inputs that vary, e.g. ids:0=batch,ids:1=seq;\n"
               "the others keep the sizes that the model was traced with"),
      cl::cat(conversionCategory)};
  cl::list<std::string> inputNames{
      "input-names", cl::value_desc("name,..."), cl::CommaSeparated,
      cl::desc("What the inputs are called, in order; further names go to\n"
               "the parameters"),
      cl::cat(conversionCategory)};
  cl::list<std::string> outputNames{
      "output-names", cl::value_desc("name,..."), cl::CommaSeparated,
      cl::desc("What the outputs are called, in order"),
      cl::cat(conversionCategory)};
  cl::opt<bool> externalData{
      "external-data",
      cl::desc("Write the weights to <output>.data (a model beyond 2 GiB\n"
               "always does)"),
      cl::cat(conversionCategory)};
  cl::opt<bool> fullConstants{
      "full-constants",
      cl::desc("Print large constants in full. Text is written without\n"
               "them unless this is given; bytecode always has them"),
      cl::cat(conversionCategory)};

  cl::list<std::string> decompositions{
      "decompositions", cl::value_desc("file"),
      cl::desc("Functions named after operators (aten.foo) that replace\n"
               "them; they add to the built-in ones or override them"),
      cl::cat(extensionCategory)};
  cl::list<std::string> customDomains{
      "custom-domain", cl::value_desc("namespace=domain[:version]"),
      cl::desc("Write the operators of a namespace (mylib::foo) as nodes of\n"
               "an ONNX domain"),
      cl::cat(extensionCategory)};
  cl::list<std::string> torchLibraries{
      "load-torch-library", cl::value_desc("file"),
      cl::desc("A shared library that registers operators with LibTorch.\n"
               "Its code runs"),
      cl::cat(extensionCategory)};

  cl::opt<bool> explain{
      "explain",
      cl::desc("Tell which rewrite fired where, and why another declined"),
      cl::cat(informationCategory)};
  cl::opt<bool> listPasses{"list-passes",
                           cl::desc("List the passes and pipelines"),
                           cl::cat(informationCategory)};
  cl::opt<bool> listOps{"list-ops",
                        cl::desc("List the operators and how each is handled"),
                        cl::cat(informationCategory)};
};

/// What the positional arguments and options look like in use.
cl::extrahelp examples(R"(
EXAMPLES:

  torch-onnx-opt model.pt -o model.onnx
      Converts a traced model at the shapes it was traced with.

  torch-onnx-opt model.pt -o model.onnx --opset 13 --dynamic x:0=batch
      The first dimension of x is any size, called "batch".

  torch-onnx-opt model.pt --input ids=batch,seq:i64 --emit=onnx-mlir
      Prints the onnx dialect, for inputs of these shapes.

  torch-onnx-opt model.pt --legalize --infer-shapes
      Prints the torch dialect after these passes.

  torch-onnx-opt model.onnx
      Prints an ONNX model in the onnx dialect.

  torch-onnx-opt model.pt -o model.onnx --decompositions=mine.mlir --explain
      Replaces operators by functions of your own, and tells where.

Reading a .pt never runs Python, but LibTorch may run TorchScript from it: read
only files whose author you trust.
)");

/// Sorts MLIR's options into ours' categories and hides those of LLVM.
void arrangeHelp() {
  llvm::StringMap<cl::Option *> &all = cl::getRegisteredOptions();
  static const StringRef mlirTool[] = {"allow-unregistered-dialect",
                                       "dump-pass-pipeline",
                                       "emit-bytecode",
                                       "emit-bytecode-version",
                                       "irdl-file",
                                       "log-actions-to",
                                       "log-mlir-actions-filter",
                                       "no-implicit-module",
                                       "output-split-marker",
                                       "run-reproducer",
                                       "show-dialects",
                                       "split-input-file",
                                       "verify-diagnostics",
                                       "verify-each",
                                       "verify-roundtrip"};
  for (auto &[name, option] : all) {
    if (mlir::PassInfo::lookup(name) || mlir::PassPipelineInfo::lookup(name) ||
        name == "pass-pipeline")
      option->addCategory(passCategory);
    else if (name == "load-pass-plugin" || name == "load-dialect-plugin")
      option->addCategory(extensionCategory);
    else if (llvm::is_contained(mlirTool, name) || name.starts_with("mlir-"))
      option->addCategory(mlirCategory);
  }
  cl::HideUnrelatedOptions({&conversionCategory, &informationCategory,
                            &extensionCategory, &passCategory, &mlirCategory});
}

void printVersion(llvm::raw_ostream &os) {
  os << "torch-onnx-opt " << torchonnx::getVersion() << " (LibTorch "
     << torchonnx::getLibTorchVersion() << ", onnx "
     << torchonnx::getOnnxVersion() << ", MLIR " << torchonnx::getMLIRVersion()
     << ")\n";
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

llvm::LogicalResult parseCustomDomain(StringRef text, CustomDomainSpec &spec) {
  auto malformed = [&](const llvm::Twine &why) {
    return reportError("--custom-domain=" + text + ": " + why +
                       "; expected namespace=domain[:version], for example "
                       "mylib=my.domain:1");
  };
  auto [torchNamespace, rest] = text.split('=');
  auto [domain, version] = rest.split(':');
  spec.torchNamespace = torchNamespace.trim().str();
  spec.domain = domain.trim().str();
  if (spec.torchNamespace.empty())
    return malformed("the namespace of the operators is empty");
  if (spec.domain.empty())
    return malformed("the ONNX domain is empty");
  if (rest.contains(':') &&
      (version.trim().getAsInteger(10, spec.version) || spec.version < 1))
    return malformed("'" + version + "' is no version");
  return llvm::success();
}

//===----------------------------------------------------------------------===//
// Plugins
//===----------------------------------------------------------------------===//

template <class Plugin> llvm::LogicalResult checkPlugin(StringRef file) {
  llvm::Expected<Plugin> plugin = Plugin::load(file.str());
  if (plugin)
    return llvm::success();
  std::string why = llvm::toString(plugin.takeError());
  // The loader looks for a bare name among the system's libraries.
  if (!llvm::sys::path::has_parent_path(file) && llvm::sys::fs::exists(file))
    why = "a file of this folder is named with it: ./" + file.str();
  return reportError("cannot load the plugin '" + file + "': " + why);
}

/// MLIR ignores a plugin that does not load, and does so while it parses the
/// command line: this looks at them before.
llvm::LogicalResult checkPlugins(llvm::ArrayRef<char *> arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    StringRef name(arguments[i]);
    if (name == "--")
      break;
    if (!name.consume_front("-"))
      continue;
    name.consume_front("-");
    bool hasValue = name.contains('=');
    auto [option, file] = name.split('=');
    if (!hasValue && i + 1 < arguments.size())
      file = arguments[i + 1];
    if (option == "load-pass-plugin" &&
        failed(checkPlugin<mlir::PassPlugin>(file)))
      return llvm::failure();
    if (option == "load-dialect-plugin" &&
        failed(checkPlugin<mlir::DialectPlugin>(file)))
      return llvm::failure();
  }
  return llvm::success();
}

/// Gives an option of MLIR another default.
void setDefault(StringRef name, StringRef value) {
  cl::Option *option = cl::getRegisteredOptions().lookup(name);
  if (option && !option->getNumOccurrences())
    option->addOccurrence(0, name, value);
}

} // namespace

llvm::FailureOr<Options>
torchonnx::driver::parseCommandLine(int argc, char **argv,
                                    mlir::DialectRegistry &registry) {
  static CommandLine ours;
  mlir::MlirOptMainConfig::registerCLOptions(registry);
  mlir::registerAsmPrinterCLOptions();
  mlir::registerMLIRContextCLOptions();
  mlir::registerPassManagerCLOptions();
  mlir::registerDefaultTimingManagerCLOptions();
  mlir::tracing::DebugCounter::registerCLOptions();
  arrangeHelp();
  cl::SetVersionPrinter(printVersion);
  if (failed(checkPlugins(llvm::ArrayRef(argv, argc).drop_front())))
    return llvm::failure();
  cl::ParseCommandLineOptions(
      argc, argv,
      "TorchScript to ONNX\n\n"
      "Reads a TorchScript model (.pt), the text of a TorchScript graph, an "
      "ONNX "
      "model,\nMLIR text or bytecode; which it is shows in the content. Runs "
      "the "
      "passes that are\nasked for, in order; with none, a TorchScript model "
      "that "
      "is written as .onnx goes\nthrough the pipeline torchscript-to-onnx.\n");

  Options options;
  options.input = ours.input;
  options.namesInput = ours.input.getNumOccurrences() > 0;
  options.output = ours.output;
  options.emit = ours.emit;
  options.externalData = ours.externalData;
  options.explain = ours.explain;
  options.fullConstants = ours.fullConstants;
  options.listPasses = ours.listPasses;
  options.listOps = ours.listOps;
  options.inputNames.assign(ours.inputNames.begin(), ours.inputNames.end());
  options.outputNames.assign(ours.outputNames.begin(), ours.outputNames.end());
  options.decompositions.assign(ours.decompositions.begin(),
                                ours.decompositions.end());
  options.torchLibraries.assign(ours.torchLibraries.begin(),
                                ours.torchLibraries.end());

  if (ours.opset.getNumOccurrences()) {
    int64_t opset;
    if (StringRef(ours.opset).getAsInteger(10, opset))
      return reportError("--opset " + ours.opset +
                         ": expected a number from 11 to 26");
    if (opset < 11 || opset > 26)
      return reportError("--opset " + ours.opset +
                         ": unknown opset; opsets 11 to 26 can be written");
    options.opset = opset;
  }
  for (const std::string &text : ours.inputs)
    if (std::string error = parseInputSpec(text, options.inputs.emplace_back());
        !error.empty())
      return reportError("--input " + text + ": " + error);
  for (const std::string &text : ours.dynamic)
    if (std::string error =
            parseDynamicAxis(text, options.dynamic.emplace_back());
        !error.empty())
      return reportError("--dynamic " + text + ": " + error);
  for (const std::string &text : ours.customDomains)
    if (failed(parseCustomDomain(text, options.customDomains.emplace_back())))
      return llvm::failure();

  // Large constants are not for reading. MLIR's own limits, if given, win; what
  // is asked to survive a round trip is printed in full.
  bool roundTrips = false;
  llvm::StringMap<cl::Option *> &all = cl::getRegisteredOptions();
  for (StringRef name :
       {"verify-roundtrip", "mlir-pass-pipeline-crash-reproducer"})
    if (cl::Option *option = all.lookup(name))
      roundTrips |= option->getNumOccurrences() > 0;
  if (!options.fullConstants && !roundTrips) {
    setDefault("mlir-elide-elementsattrs-if-larger", "32");
    setDefault("mlir-elide-resource-strings-if-larger", "64");
  }
  // A message has its line; the operation in generic form hides it.
  setDefault("mlir-print-op-on-diagnostic", "false");
  return options;
}
