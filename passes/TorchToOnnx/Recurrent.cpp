#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerRecurrentConversions(ConversionRegistry &registry) {}
