//===- SoftClip.cpp - An operator library ---------------------------------===//
//
// An operator of one's own in C++, as PyTorch documents it. A model that uses
// it names the operator only, so the compiler is told where its schema is:
//
//   torch-onnx-opt model.pt -o model.onnx --load-torch-library=libSoftClip.so
//     --custom-domain=cliplib=my.domain:1 --decompositions=soft_clip_types.mlir
//
//===----------------------------------------------------------------------===//

#include <torch/library.h>

#include <ATen/ATen.h>

/// x within (-limit, limit), of any shape and a floating dtype.
static at::Tensor softClip(const at::Tensor &x, double limit) {
  return at::tanh(x / limit) * limit;
}

TORCH_LIBRARY(cliplib, library) {
  library.def("soft_clip(Tensor x, float limit) -> Tensor", &softClip);
}
