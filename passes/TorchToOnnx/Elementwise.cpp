#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerElementwiseConversions(ConversionRegistry &registry) {}
