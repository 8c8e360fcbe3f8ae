// RUN: torch-onnx-opt %s -o %t.onnx
// RUN: %python %S/Inputs/show.py %t.onnx | FileCheck %s

// Every element type has the bytes that ONNX expects, splat or not.

module attributes {onnx.opset = 21 : i64} {
  func.func @main(%x: tensor<2xf32> {onnx.name = "x"}) -> (tensor<2xf32> {onnx.name = "y"}) {
    // CHECK: initializer bool: bool[3] [True, False, True]
    %0 = onnx.initializer "bool" dense<[true, false, true]> : tensor<3xi1>
    // CHECK: initializer bool_splat: bool[3] [True, True, True]
    %1 = onnx.initializer "bool_splat" dense<true> : tensor<3xi1>
    // CHECK: initializer int4: int4[3] [1, -2, 7]
    %2 = onnx.initializer "int4" dense<[1, -2, 7]> : tensor<3xi4>
    // CHECK: initializer uint4_splat: uint4[3] [9, 9, 9]
    %3 = onnx.initializer "uint4_splat" dense<9> : tensor<3xui4>
    // CHECK: initializer half: float16[2] [1.5, -2.0]
    %4 = onnx.initializer "half" dense<[1.5, -2.0]> : tensor<2xf16>
    // CHECK: initializer bfloat: bfloat16[2] [1.5, 1.5]
    %5 = onnx.initializer "bfloat" dense<1.5> : tensor<2xbf16>
    // CHECK: initializer float8: float8e4m3fn[2] [1.0, 2.0]
    %6 = onnx.initializer "float8" dense<[1.0, 2.0]> : tensor<2xf8E4M3FN>
    // CHECK: initializer complex: complex64[1] [(1+2j)]
    %7 = onnx.initializer "complex" dense<(1.0, 2.0)> : tensor<1xcomplex<f32>>
    // CHECK: initializer string: string[2]
    %8 = onnx.initializer "string" dense<["a", "b"]> : tensor<2x!onnx.str>
    // CHECK: initializer empty: float[0] []
    %9 = onnx.initializer "empty" dense<> : tensor<0xf32>
    // CHECK: initializer blob: float[2] [1.0, 2.0]
    %10 = onnx.initializer "blob" dense_resource<w> : tensor<2xf32>
    // One storage is one initializer; a constant without a name takes the one
    // of an equal constant.
    // CHECK-NOT: initializer tied
    // CHECK-NOT: initializer constant
    %11 = onnx.initializer "tied" dense_resource<w> : tensor<2xf32>
    %12 = onnx.initializer dense<[1.5, -2.0]> : tensor<2xf16>
    %13 = onnx.Cast(%12) {to = 1 : i64} : (tensor<2xf16>) -> tensor<2xf32>
    // CHECK: Cast(half)
    // CHECK: Add({{.*}}, blob)
    %14 = onnx.Add(%13, %11) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    // CHECK: y = Add(
    %15 = onnx.Add(%14, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    return %15 : tensor<2xf32>
  }
}

{-#
  dialect_resources: { builtin: { w: "0x040000000000803F00000040" } }
#-}
