//===- Driver.cpp - From an input file to an output file ------------------===//

#include "Driver.h"

#include "CrashGuard.h"
#include "OutputFile.h"
#include "PassOptions.h"
#include "SetOpset.h"
#include "lib/Support/Diagnostics.h"
#include "lib/Support/FileKind.h"
#include "lib/Support/PrintModule.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Debug/DebuggerExecutionContextHook.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Support/Timing.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "torch_onnx_opt/Export.h"
#include "torch_onnx_opt/Import.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::driver;

namespace {

bool isTorch(FileKind kind) {
  return kind == FileKind::TorchScript || kind == FileKind::TorchGraphText;
}

/// Whether a file of this name is meant to be a model, which is never text.
bool isBinaryName(StringRef path) {
  StringRef suffix = llvm::sys::path::extension(path);
  return llvm::is_contained({".pt", ".pth", ".onnx"}, suffix);
}

bool isMlir(FileKind kind) {
  return kind == FileKind::MlirText || kind == FileKind::MlirBytecode;
}

/// One run of the tool on a model.
class Driver {
public:
  Driver(const Options &options, const MlirOptMainConfig &config,
         DialectRegistry &registry)
      : options(options), config(config), registry(registry) {}

  LogicalResult run();

private:
  StringRef inputName() const {
    return options.input == "-" ? StringRef("<stdin>")
                                : StringRef(options.input);
  }
  bool writesOnnx() const;
  bool writesBytecode() const;

  LogicalResult checkNames();
  LogicalResult checkOptions();
  LogicalResult checkPipeline();
  LogicalResult runMlirOpt();
  LogicalResult convert();

  OwningOpRef<ModuleOp> load(MLIRContext &context);
  LogicalResult addPasses(PassManager &manager, ModuleOp module);
  LogicalResult write(ModuleOp module);

  const Options &options;
  const MlirOptMainConfig &config;
  DialectRegistry &registry;
  std::unique_ptr<llvm::MemoryBuffer> buffer;
  FileKind kind = FileKind::Unknown;
  /// Whether passes were asked for by name.
  bool hasPasses = false;
};

bool Driver::writesOnnx() const {
  if (options.emit != Emit::ByName)
    return options.emit == Emit::Onnx;
  return llvm::sys::path::extension(options.output) == ".onnx";
}

bool Driver::writesBytecode() const {
  StringRef extension = llvm::sys::path::extension(options.output);
  return config.shouldEmitBytecode() || extension == ".mlirbc" ||
         extension == ".bc";
}

/// What the names of the input and the output leave open.
LogicalResult Driver::checkNames() {
  if (!options.namesInput && !config.shouldShowDialects() &&
      llvm::sys::Process::StandardInIsUserInput())
    return reportError("no input file; usage: torch-onnx-opt model.pt -o "
                       "model.onnx (--help lists all options)");
  if (failed(OutputFile::check(options.output)))
    return failure();
  StringRef suffix = llvm::sys::path::extension(options.output);
  if (options.output == "-" || options.emit != Emit::ByName ||
      config.shouldEmitBytecode() ||
      llvm::is_contained({".onnx", ".mlir", ".mlirbc", ".bc"}, suffix) ||
      OutputFile::isWrittenInPlace(options.output))
    return success();
  return reportError(
      "cannot write '" + options.output + "': " +
      (suffix.empty() ? "a name without a suffix"
                      : ("the suffix '" + suffix + "'").str()) +
      " says nothing of the format; known are .onnx, .mlir (text), .mlirbc and "
      ".bc (bytecode). Or name the format with --emit=torch, --emit=onnx-mlir "
      "or --emit=onnx");
}

/// Options that this kind of input has no use for are mistakes.
LogicalResult Driver::checkOptions() {
  if (!isTorch(kind)) {
    auto refuse = [&](StringRef option) {
      return reportError(option + " describes a TorchScript model, which '" +
                         inputName() + "' is not");
    };
    if (!options.inputs.empty())
      return refuse("--input");
    if (!options.dynamic.empty())
      return refuse("--dynamic");
    if (!options.inputNames.empty())
      return refuse("--input-names");
    if (!options.outputNames.empty())
      return refuse("--output-names");
    if (!options.torchLibraries.empty() && kind == FileKind::Onnx)
      return refuse("--load-torch-library");
  }
  if (kind == FileKind::Onnx && options.emit == Emit::Torch)
    return reportError("--emit=torch: '" + inputName() +
                       "' is an ONNX model, and nothing leads back to the "
                       "torch dialect");
  if (options.externalData && (!writesOnnx() || options.output == "-"))
    return reportError("--external-data needs an ONNX file to put the data "
                       "beside: -o model.onnx");
  if (writesOnnx() && options.output == "-" &&
      llvm::sys::Process::StandardOutIsDisplayed())
    return reportError("an ONNX model is no text for a terminal; write it to a "
                       "file with -o model.onnx");
  if (options.output != "-" && options.output == options.input)
    return reportError("the output '" + options.output + "' is the input");
  return success();
}

/// Reports a malformed pipeline before anything is read.
LogicalResult Driver::checkPipeline() {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message += diagnostic.str();
    return success();
  });
  PassManager manager(&context);
  if (failed(config.setupPassPipeline(manager))) {
    // The parser draws where it stopped, in the manner of a source location.
    StringRef text = StringRef(message).trim();
    text.consume_front("MLIR Textual PassPipeline Parser:");
    size_t error = text.find("error: ");
    if (error != StringRef::npos)
      text = text.drop_front(error + strlen("error: "));
    return reportError("invalid pass pipeline: " + text);
  }
  hasPasses = manager.size() != 0;
  if (failed(applyPassOptions(manager, options, hasPasses)))
    return failure();
  return success();
}

LogicalResult Driver::run() {
  if (failed(checkPipeline()) || failed(checkNames()))
    return failure();
  auto read = llvm::MemoryBuffer::getFileOrSTDIN(
      options.input, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!read)
    return reportError("cannot read '" + options.input +
                       "': " + read.getError().message());
  buffer = std::move(*read);
  kind = detectFileKind(buffer->getMemBufferRef());
  // What could be text is left to MLIR's parser and its messages, as is all of
  // a reduced test.
  if (kind == FileKind::Empty && options.input == "-")
    kind = FileKind::MlirText;
  if (kind == FileKind::MlirText && isBinaryName(options.input))
    kind = FileKind::OtherText;
  std::string why = explainUnreadableFile(kind, buffer->getMemBufferRef());
  if (!why.empty())
    return reportError("'" + inputName() + "' " + why);
  if (failed(checkOptions()))
    return failure();
  if (isMlir(kind) && !writesOnnx() && options.emit == Emit::ByName)
    return runMlirOpt();
  return convert();
}

/// MLIR to MLIR is what mlir-opt does.
LogicalResult Driver::runMlirOpt() {
  std::unique_ptr<OutputFile> output = OutputFile::open(options.output);
  if (!output)
    return failure();
  // MLIR's parser wants a terminated buffer.
  if (kind == FileKind::MlirText)
    buffer =
        llvm::MemoryBuffer::getMemBufferCopy(buffer->getBuffer(), inputName());
  MlirOptMainConfig mlirOpt = config;
  mlirOpt.emitBytecode(writesBytecode());
  mlirOpt.setPassPipelineSetupFn([this](PassManager &manager) {
    if (options.opset)
      manager.addPass(createSetOpset(*options.opset));
    if (failed(config.setupPassPipeline(manager)))
      return failure();
    return applyPassOptions(manager, options, /*report=*/false);
  });
  if (failed(MlirOptMain(output->os(), std::move(buffer), registry, mlirOpt)))
    return failure();
  return output->keep();
}

OwningOpRef<ModuleOp> Driver::load(MLIRContext &context) {
  if (isMlir(kind)) {
    auto sources = std::make_shared<llvm::SourceMgr>();
    sources->AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(buffer->getBuffer(), inputName()),
        llvm::SMLoc());
    SourceMgrDiagnosticHandler handler(*sources, &context);
    return parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  }
  if (kind == FileKind::Onnx) {
    std::shared_ptr<llvm::MemoryBuffer> shared = std::move(buffer);
    return options.input == "-" ? importOnnx(shared, &context)
                                : importOnnxFile(options.input, &context);
  }

  ImportOptions importOptions;
  importOptions.inputNames = options.inputNames;
  importOptions.outputNames = options.outputNames;
  importOptions.inputs = options.inputs;
  importOptions.dynamicAxes = options.dynamic;
  importOptions.torchLibraries = options.torchLibraries;
  llvm::MemoryBufferRef ref(buffer->getBuffer(), inputName());
  if (kind == FileKind::TorchGraphText)
    return importTorchGraphText(ref, importOptions, &context);
  return options.input == "-"
             ? importTorchScript(ref, importOptions, &context)
             : importTorchScriptFile(options.input, importOptions, &context);
}

/// The passes that were asked for; without any, those that lead to the output.
LogicalResult Driver::addPasses(PassManager &manager, ModuleOp module) {
  if (hasPasses) {
    if (failed(config.setupPassPipeline(manager)))
      return failure();
  } else if (options.emit == Emit::OnnxMlir || writesOnnx()) {
    bool hasTorch = false;
    module.walk([&](Operation *op) {
      hasTorch |= op->getName().getDialectNamespace() == "torch";
      return hasTorch ? WalkResult::interrupt() : WalkResult::advance();
    });
    // A model without operators is still TorchScript.
    StringRef pipeline = isTorch(kind) || hasTorch ? "torchscript-to-onnx"
                         : options.opset           ? "legalize-opset"
                                                   : "";
    if (failed(parsePassPipeline(pipeline, manager)))
      return failure();
  }
  return applyPassOptions(manager, options, /*report=*/false);
}

LogicalResult Driver::write(ModuleOp module) {
  if (writesOnnx() && options.output != "-") {
    ExportOptions exportOptions;
    if (options.externalData)
      exportOptions.externalData = ExportOptions::ExternalData::Always;
    return exportOnnxFile(module, options.output, exportOptions);
  }
  std::unique_ptr<OutputFile> output = OutputFile::open(options.output);
  if (!output)
    return failure();
  if (writesOnnx()) {
    if (failed(exportOnnx(module, output->os())))
      return failure();
  } else if (writesBytecode()) {
    if (failed(writeBytecodeToFile(module, output->os())))
      return failure();
  } else {
    printModule(output->os(), module);
  }
  return output->keep();
}

LogicalResult Driver::convert() {
  DefaultTimingManager timingManager;
  applyDefaultTimingManagerCLOptions(timingManager);
  TimingScope timing = timingManager.getRootScope();

  MLIRContext context(registry);
  context.allowUnregisteredDialects(config.shouldAllowUnregisteredDialects());
  tracing::InstallDebugHandler debugHandler(context, config.getDebugConfig());
  // The locations are in the user's Python, not in the input.
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &diagnostic) {
    if (!findSourceLine(diagnostic.getLocation()))
      llvm::errs() << "torch-onnx-opt: ";
    printDiagnostic(llvm::errs(), diagnostic);
    return success();
  });

  OwningOpRef<ModuleOp> module;
  {
    TimingScope scope = timing.nest("Import");
    CrashGuard guard("reading '" + inputName().str() +
                     "': the file is damaged, or made to do this");
    module = load(context);
  }
  if (!module)
    return failure();
  if (options.opset)
    setOpset(*module, *options.opset);

  PassManager manager(&context, ModuleOp::getOperationName());
  manager.enableVerifier(config.shouldVerifyPasses());
  if (failed(applyPassManagerCLOptions(manager)))
    return failure();
  TimingScope passes = timing.nest("Passes");
  manager.enableTiming(passes);
  if (failed(addPasses(manager, *module)) || failed(manager.run(*module)))
    return failure();
  passes.stop();

  TimingScope scope = timing.nest("Output");
  return write(*module);
}

} // namespace

LogicalResult torchonnx::driver::run(const Options &options,
                                     const MlirOptMainConfig &config,
                                     DialectRegistry &registry) {
  return Driver(options, config, registry).run();
}
