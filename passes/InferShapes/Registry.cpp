//===- Registry.cpp - The table of shape functions ------------------------===//

#include "lib/Evaluate/ShapeFunctionRegistry.h"

using namespace torchonnx;

const ShapeFunctionRegistry &ShapeFunctionRegistry::get() {
  static const ShapeFunctionRegistry registry = [] {
    ShapeFunctionRegistry functions;
    registerActivationShapes(functions);
    registerAttentionShapes(functions);
    registerControlShapes(functions);
    registerConvolutionShapes(functions);
    registerCreationShapes(functions);
    registerElementwiseShapes(functions);
    registerIndexingShapes(functions);
    registerLinearAlgebraShapes(functions);
    registerLossShapes(functions);
    registerNormalizationShapes(functions);
    registerPoolingShapes(functions);
    registerRecurrentShapes(functions);
    registerReductionShapes(functions);
    registerShapeShapes(functions);
    registerSpectralShapes(functions);
    registerVisionShapes(functions);
    return functions;
  }();
  return registry;
}
