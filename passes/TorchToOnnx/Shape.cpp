#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerShapeConversions(ConversionRegistry &registry) {}
