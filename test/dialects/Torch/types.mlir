// RUN: torch-onnx-opt %s | FileCheck %s
// RUN: torch-onnx-opt %s | torch-onnx-opt | FileCheck %s

// CHECK-LABEL: @tensors
// CHECK-SAME: !torch.tensor,
// CHECK-SAME: !torch.tensor<[batch,3,seq + 1,?],f32>,
// CHECK-SAME: !torch.tensor<*,f32>,
// CHECK-SAME: !torch.tensor<[2],?>,
// CHECK-SAME: !torch.tensor<[],f64,wrapped>,
// CHECK-SAME: !torch.tensor<[4 * batch],i64>
func.func private @tensors(
  !torch.tensor,
  !torch.tensor<[batch, 3, 1 + seq, ?], f32>,
  !torch.tensor<*, f32>,
  !torch.tensor<[2], ?>,
  !torch.tensor<[], f64, wrapped>,
  !torch.tensor<[2 * batch + 2 * batch], i64>)

// Nothing known is spelled in one way.
// CHECK-LABEL: @unknown(!torch.tensor)
func.func private @unknown(!torch.tensor<*, ?>)

// CHECK-LABEL: @dtypes
// CHECK-SAME: <*,f16>
// CHECK-SAME: <*,bf16>
// CHECK-SAME: <*,i1>
// CHECK-SAME: <*,ui8>
// CHECK-SAME: <*,i8>
// CHECK-SAME: <*,complex<f32>>
// CHECK-SAME: <*,f8E4M3FN>
// CHECK-SAME: <*,f8E5M2>
func.func private @dtypes(
  !torch.tensor<*, f16>, !torch.tensor<*, bf16>, !torch.tensor<*, i1>,
  !torch.tensor<*, ui8>, !torch.tensor<*, i8>, !torch.tensor<*, complex<f32>>,
  !torch.tensor<*, f8E4M3FN>, !torch.tensor<*, f8E5M2>)

// CHECK-LABEL: @scalars
// CHECK-SAME: !torch.int, !torch.float, !torch.bool, !torch.str, !torch.none,
// CHECK-SAME: !torch.device, !torch.number, !torch.generator, !torch.any
func.func private @scalars(
  !torch.int, !torch.float, !torch.bool, !torch.str, !torch.none,
  !torch.device, !torch.number, !torch.generator, !torch.any)

// Inside a type, `!torch.` is left out; it may be written.
// CHECK-LABEL: @containers
// CHECK-SAME: !torch.list<int>, !torch.list<optional<tensor<[2],f32>>>,
// CHECK-SAME: !torch.tuple<tensor, tuple<>, int>, !torch.dict<str, list<tensor>>
func.func private @containers(
  !torch.list<!torch.int>, !torch.list<optional<tensor<[2],f32>>>,
  !torch.tuple<tensor, !torch.tuple<>, int>, !torch.dict<str, list<tensor>>)
