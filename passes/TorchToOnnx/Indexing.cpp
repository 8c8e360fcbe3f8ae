#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerIndexingConversions(ConversionRegistry &registry) {}
