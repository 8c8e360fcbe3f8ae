#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerReductionConversions(ConversionRegistry &registry) {}
