// Text elides large constants unless told not to; bytecode never does.

// RUN: torch-onnx-opt %s --allow-unregistered-dialect | FileCheck %s --check-prefix=ELIDED
// RUN: torch-onnx-opt %s --allow-unregistered-dialect --full-constants | FileCheck %s --check-prefix=FULL
// RUN: torch-onnx-opt %s --allow-unregistered-dialect -o %t.mlirbc
// RUN: torch-onnx-opt %t.mlirbc --allow-unregistered-dialect --full-constants | FileCheck %s --check-prefix=FULL
// RUN: torch-onnx-opt %s --allow-unregistered-dialect --mlir-elide-elementsattrs-if-larger=2 | FileCheck %s --check-prefix=SMALL

// ELIDED: t.large = dense_resource<__elided__> : tensor<40xi8>
// ELIDED: t.small = dense<[1, 2, 3]>
// FULL: t.large = dense<[0, 1, 2, {{.*}}39]> : tensor<40xi8>
// SMALL: t.small = dense_resource<__elided__>
module attributes {
  t.large = dense<"0x000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F2021222324252627"> : tensor<40xi8>,
  t.small = dense<[1, 2, 3]> : tensor<3xi32>
} {}
