#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerNormalizationConversions(ConversionRegistry &registry) {}
