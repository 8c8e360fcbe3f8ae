#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerCreationConversions(ConversionRegistry &registry) {}
