//===- PlaceholderOperators.h - Operators without a library -----*- C++ -*-===//

#ifndef TORCHONNX_LIB_IMPORT_PLACEHOLDEROPERATORS_H
#define TORCHONNX_LIB_IMPORT_PLACEHOLDEROPERATORS_H

#include <string>
#include <vector>

namespace torchonnx {

/// Finds the operators that the code of an archive calls (`ops.lib.name(...)`)
/// and which nobody registered, and registers each with a schema that takes any
/// arguments and returns as many tensors as the calls expect, so that the
/// archive can be read. Returns their names ("lib.name").
std::vector<std::string>
definePlaceholderOperators(const std::vector<std::string> &code);

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_PLACEHOLDEROPERATORS_H
