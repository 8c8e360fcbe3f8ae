//===- _native.cpp - The compiler as a Python extension -------------------===//
//
// Takes LibTorch's own objects, so that a model in this process is converted
// without a file between, and its weights are never copied.
//
//===----------------------------------------------------------------------===//

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/utils/pybind.h>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "lib/Import/TorchScriptImporter.h"
#include "lib/Support/Diagnostics.h"
#include "lib/Support/FileKind.h"
#include "lib/Support/PrintModule.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OperationSupport.h"
#include "mlir/Pass/PassManager.h"
#include "torch_onnx_opt/Export.h"
#include "torch_onnx_opt/Pipelines.h"
#include "torch_onnx_opt/Register.h"
#include "llvm/Support/MemoryBuffer.h"

namespace py = pybind11;
using namespace torchonnx;

namespace {

enum class Emit { Onnx, TorchMlir, OnnxMlir };

/// The options dictionary, read while the GIL is held.
struct Request {
  ImportOptions import;
  std::string output;
  int64_t opset = 20;
  std::vector<std::string> decompositions;
  std::vector<std::string> customDomains;
  bool externalData = false;
  bool explain = false;
  Emit emit = Emit::Onnx;
};

struct Response {
  /// The rendered errors of a conversion that failed, else empty.
  std::string error;
  int64_t nodes = 0;
  int64_t initializers = 0;
  std::string warnings;
  /// The remarks that were asked for, also of a conversion that failed.
  std::string explanation;
  std::string text;
};

template <typename T>
T get(const py::dict &options, const char *key, T fallback) {
  if (!options.contains(key) || py::object(options[key]).is_none())
    return fallback;
  return py::cast<T>(py::object(options[key]));
}

InputDim readDim(const py::handle &dim) {
  if (dim.is_none())
    return std::monostate();
  if (py::isinstance<py::str>(dim))
    return py::cast<std::string>(dim);
  return py::cast<int64_t>(dim);
}

Request readOptions(const py::dict &options) {
  Request request;
  using Names = std::vector<std::string>;
  request.output = get<std::string>(options, "output", "");
  request.opset = get<int64_t>(options, "opset", 20);
  request.import.inputNames = get<Names>(options, "input_names", {});
  request.import.outputNames = get<Names>(options, "output_names", {});
  request.import.torchLibraries = get<Names>(options, "torch_libraries", {});
  request.decompositions = get<Names>(options, "decompositions", {});
  request.externalData = get<bool>(options, "external_data", false);
  request.explain = get<bool>(options, "explain", false);
  if (options.contains("input_shapes") &&
      !py::object(options["input_shapes"]).is_none())
    for (py::handle item : py::object(options["input_shapes"])) {
      InputSpec spec;
      if (!item.is_none()) {
        py::sequence pair = py::reinterpret_borrow<py::sequence>(item);
        if (!py::object(pair[0]).is_none()) {
          spec.dims.emplace();
          for (py::handle dim : py::object(pair[0]))
            spec.dims->push_back(readDim(dim));
        }
        if (!py::object(pair[1]).is_none())
          spec.dtype = py::cast<std::string>(py::object(pair[1]));
      }
      request.import.inputs.push_back(spec);
    }
  if (options.contains("custom_domains"))
    for (auto [library, value] :
         py::cast<py::dict>(py::object(options["custom_domains"]))) {
      py::tuple domain =
          py::cast<py::tuple>(py::reinterpret_borrow<py::object>(value));
      request.customDomains.push_back(
          py::cast<std::string>(library) + "=" +
          py::cast<std::string>(py::object(domain[0])) + ":" +
          std::to_string(py::cast<int64_t>(py::object(domain[1]))));
    }
  std::string emit = get<std::string>(options, "emit", "");
  if (emit == "torch")
    request.emit = Emit::TorchMlir;
  else if (emit == "onnx-mlir")
    request.emit = Emit::OnnxMlir;
  else if (!emit.empty() && emit != "onnx")
    throw py::value_error("emit is 'onnx', 'torch' or 'onnx-mlir', not '" +
                          emit + "'");
  return request;
}

std::string print(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  mlir::OpPrintingFlags flags;
  flags.elideLargeElementsAttrs(64);
  flags.elideLargeResourceString(64);
  printModule(os, module, flags);
  return text;
}

void countOperations(mlir::ModuleOp module, Response &response) {
  module.walk([&](mlir::Operation *op) {
    llvm::StringRef name = op->getName().getStringRef();
    if (name == "onnx.initializer")
      ++response.initializers;
    else if (name.starts_with("onnx.") && name != "onnx.none" &&
             name != "onnx.yield")
      ++response.nodes;
  });
}

using ImportFunction =
    llvm::function_ref<mlir::OwningOpRef<mlir::ModuleOp>(mlir::MLIRContext *)>;

llvm::LogicalResult convert(const Request &request, ImportFunction import,
                            mlir::MLIRContext *context, Response &response) {
  mlir::OwningOpRef<mlir::ModuleOp> module = import(context);
  if (!module)
    return mlir::failure();
  (*module)->setAttr("onnx.opset",
                     mlir::Builder(context).getI64IntegerAttr(request.opset));
  if (request.emit == Emit::TorchMlir) {
    response.text = print(*module);
    return mlir::success();
  }
  TorchScriptToOnnxOptions options;
  options.decompositions = request.decompositions;
  options.customDomains = request.customDomains;
  options.explain = request.explain;
  mlir::PassManager manager(context);
  buildTorchScriptToOnnxPipeline(manager, options);
  if (mlir::failed(manager.run(*module)))
    return mlir::failure();
  countOperations(*module, response);
  if (request.emit == Emit::OnnxMlir) {
    response.text = print(*module);
    return mlir::success();
  }
  ExportOptions exportOptions;
  if (request.externalData)
    exportOptions.externalData = ExportOptions::ExternalData::Always;
  return exportOnnxFile(*module, request.output, exportOptions);
}

/// Everything between the importer and the file; runs without the GIL.
Response convert(const Request &request, ImportFunction import) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  // The work is one walk after the other, so threads would only be started.
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  context.loadAllAvailableDialects();
  DiagnosticCollector diagnostics(&context);
  Response response;
  if (mlir::failed(convert(request, import, &context, response))) {
    response.error = llvm::StringRef(diagnostics.errors()).rtrim();
    if (response.error.empty())
      response.error = "error: the conversion failed without saying why";
  }
  response.warnings = diagnostics.warnings();
  response.explanation = diagnostics.remarks();
  return response;
}

py::dict toDict(const Response &response) {
  py::dict result;
  result["nodes"] = response.nodes;
  result["initializers"] = response.initializers;
  result["error"] = response.error;
  result["warnings"] = response.warnings;
  result["explanation"] = response.explanation;
  result["text"] = response.text;
  return result;
}

py::dict
exportGraph(const std::shared_ptr<torch::jit::Graph> &graph,
            const std::vector<std::pair<std::string, at::Tensor>> &weights,
            const py::dict &options) {
  Request request = readOptions(options);
  Response response;
  {
    py::gil_scoped_release released;
    response = convert(request, [&](mlir::MLIRContext *context) {
      return importGraph(graph, weights, request.import, context);
    });
  }
  return toDict(response);
}

py::dict exportModule(const torch::jit::Module &module,
                      const std::string &method, const py::dict &options) {
  Request request = readOptions(options);
  request.import.method = method;
  Response response;
  {
    py::gil_scoped_release released;
    std::vector<c10::IValue> examples;
    auto traced = module.retrieve_traced_inputs();
    if (traced.contains(method)) {
      auto inputs = traced.at(method);
      for (size_t i = 0; i < inputs.size(); ++i)
        examples.push_back(inputs.get(i));
    }
    response = convert(request, [&](mlir::MLIRContext *context) {
      return importModule(module, request.import, context, examples);
    });
  }
  return toDict(response);
}

/// What a file is, by its content, and why it can't be read as a model, if it
/// can't be: ("weights", "holds weights only...").
std::pair<std::string, std::string> describeFile(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    throw std::runtime_error("cannot read '" + path +
                             "': " + buffer.getError().message());
  FileKind kind = detectFileKind(**buffer);
  std::string name = kind == FileKind::TorchScript    ? "torchscript"
                     : kind == FileKind::TorchWeights ? "weights"
                     : kind == FileKind::TorchLegacy  ? "legacy"
                                                      : "";
  return {name, explainUnreadableFile(kind, **buffer)};
}

} // namespace

PYBIND11_MODULE(_native, m) {
  m.doc() = "The compiler of torch_onnx_opt.";
  m.def("export_graph", &exportGraph, py::arg("graph"), py::arg("weights"),
        py::arg("options"),
        "Converts a traced graph whose last inputs are the weights.");
  m.def("export_module", &exportModule, py::arg("module"), py::arg("method"),
        py::arg("options"), "Converts a method of a ScriptModule's _c.");
  m.def("describe_file", &describeFile, py::arg("path"),
        "What a file is, and why it can't be read as a model.");
}
