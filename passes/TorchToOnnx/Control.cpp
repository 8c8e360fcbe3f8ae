#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerControlConversions(ConversionRegistry &registry) {}
