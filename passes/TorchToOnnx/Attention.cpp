#include "passes/TorchToOnnx/ConversionContext.h"

void torchonnx::registerAttentionConversions(ConversionRegistry &registry) {}
