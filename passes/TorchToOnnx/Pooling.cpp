#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerPoolingConversions(ConversionRegistry &registry) {}
