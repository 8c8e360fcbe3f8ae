#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerLinearAlgebraConversions(ConversionRegistry &registry) {}
