#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerVisionConversions(ConversionRegistry &registry) {}
