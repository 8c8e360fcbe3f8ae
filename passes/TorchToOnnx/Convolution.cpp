#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerConvolutionConversions(ConversionRegistry &registry) {}
