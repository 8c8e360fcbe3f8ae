//===- TorchScriptImporter.h - From LibTorch's graphs -----------*- C++ -*-===//
//
// Includes LibTorch's headers: for components with the option TORCH, and the
// Python extension.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_IMPORT_TORCHSCRIPTIMPORTER_H
#define TORCHONNX_LIB_IMPORT_TORCHSCRIPTIMPORTER_H

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include "torch_onnx_opt/Import.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace torchonnx {

/// A parameter or buffer under its dotted name.
using NamedTensor = std::pair<std::string, at::Tensor>;

/// What the location of a graph's node is. Used where the graph itself does not
/// know (graph text). May return nothing.
using NodeLocator =
    std::function<std::optional<mlir::Location>(const torch::jit::Node *)>;

/// Imports a traced graph whose last `weights.size()` inputs are `weights`.
/// The weights' storage is referenced, not copied, and kept alive by the
/// context.
mlir::OwningOpRef<mlir::ModuleOp>
importGraph(const std::shared_ptr<torch::jit::Graph> &graph,
            const std::vector<NamedTensor> &weights,
            const ImportOptions &options, mlir::MLIRContext *context,
            const NodeLocator &locator = {});

/// Imports a method of a module. Calls are inlined while they are walked.
/// `examples` are the inputs that it was traced with, if known.
mlir::OwningOpRef<mlir::ModuleOp>
importModule(const torch::jit::Module &module, const ImportOptions &options,
             mlir::MLIRContext *context,
             const std::vector<c10::IValue> &examples = {});

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_TORCHSCRIPTIMPORTER_H
