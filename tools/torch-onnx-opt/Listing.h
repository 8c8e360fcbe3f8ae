//===- Listing.h - What the compiler has --------------------------*- C++
//-*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_LISTING_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_LISTING_H

#include "llvm/Support/raw_ostream.h"

namespace torchonnx::driver {

/// All passes and pipelines that the command line knows, with what they do.
void listPasses(llvm::raw_ostream &os);

/// All operators of the torch dialect by family, and how each is handled.
void listOps(llvm::raw_ostream &os);

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_LISTING_H
