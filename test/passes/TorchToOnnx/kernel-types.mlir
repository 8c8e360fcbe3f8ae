// Where ONNX Runtime has no kernel for an element type, another one serves:
// silently if it holds the numbers, else with a warning or not at all.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

// f64 in f32 is a warning for each kind of operator.
func.func @double(%x: !torch.tensor<[2],f64>) -> !torch.tensor<[2],f64> {
  %none = torch.constant "none"
  // expected-warning @+2 {{aten.gelu computes f64 numbers in f32: ONNX Runtime has no f64 kernel for Gelu (5 uses)}}
  // expected-note @+1 {{and in 1 more places}}
  %0 = torch.aten.gelu %x, %none : !torch.tensor<[2],f64>, !torch.str -> !torch.tensor<[2],f64>
  // expected-note @+1 {{also used here}}
  %1 = torch.aten.gelu %0, %none : !torch.tensor<[2],f64>, !torch.str -> !torch.tensor<[2],f64>
  // expected-warning @+1 {{aten.erf computes f64 numbers in f32: ONNX Runtime has no f64 kernel for Erf (1 use)}}
  %2 = torch.aten.erf %1 : !torch.tensor<[2],f64> -> !torch.tensor<[2],f64>
  // expected-note @+1 {{also used here}}
  %3 = torch.aten.gelu %2, %none : !torch.tensor<[2],f64>, !torch.str -> !torch.tensor<[2],f64>
  // expected-note @+1 {{also used here}}
  %4 = torch.aten.gelu %3, %none : !torch.tensor<[2],f64>, !torch.str -> !torch.tensor<[2],f64>
  %5 = torch.aten.gelu %4, %none : !torch.tensor<[2],f64>, !torch.str -> !torch.tensor<[2],f64>
  return %5 : !torch.tensor<[2],f64>
}

// -----

// What has a kernel is no matter, nor is a choice of another form.
func.func @exact(%x: !torch.tensor<[1,2,4,4],f64>, %y: !torch.tensor<[1,2,4,4],i32>, %z: !torch.tensor<[2],i16>) -> (!torch.tensor<[1,2,1,1],f64>, !torch.tensor<[1,2,2,2],i32>, !torch.tensor<[2],i16>) {
  %false = torch.constant false
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %ones = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %twos = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %zeros = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %0 = torch.aten.tanh %x : !torch.tensor<[1,2,4,4],f64> -> !torch.tensor<[1,2,4,4],f64>
  %1 = torch.aten.adaptive_avg_pool2d %0, %ones : !torch.tensor<[1,2,4,4],f64>, !torch.list<int> -> !torch.tensor<[1,2,1,1],f64>
  %2 = torch.aten.max_pool2d %y, %twos, %twos, %zeros, %ones, %false : !torch.tensor<[1,2,4,4],i32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,2,2,2],i32>
  %3 = torch.aten.clamp_min %z, %int0 : !torch.tensor<[2],i16>, !torch.int -> !torch.tensor<[2],i16>
  return %1, %2, %3 : !torch.tensor<[1,2,1,1],f64>, !torch.tensor<[1,2,2,2],i32>, !torch.tensor<[2],i16>
}

// -----

// Integers beyond 2^53 have no f64, those beyond 2^24 no f32.
func.func @integers(%x: !torch.tensor<[1,2,4,4],i64>) -> !torch.tensor<[1,2,1,1],i64> {
  %false = torch.constant false
  %true = torch.constant true
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %ones = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %twos = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %zeros = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @+1 {{cannot convert aten.max_pool2d: ONNX Runtime has no i64 kernel for MaxPool, and f64 does not hold every i64; cast the tensor to a float type first}}
  %0 = torch.aten.max_pool2d %x, %twos, %twos, %zeros, %ones, %false : !torch.tensor<[1,2,4,4],i64>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,2,2,2],i64>
  // expected-error @+1 {{cannot convert aten.avg_pool2d: ONNX Runtime has no i64 kernel for AveragePool, and f32 does not hold every i64; cast the tensor to a float type first}}
  %1 = torch.aten.avg_pool2d %0, %twos, %twos, %zeros, %false, %true, %none : !torch.tensor<[1,2,2,2],i64>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[1,2,1,1],i64>
  return %1 : !torch.tensor<[1,2,1,1],i64>
}

// -----

func.func @integer_convolution(%x: !torch.tensor<[1,3,8],ui8>, %w: !torch.tensor<[4,3,3],ui8>) -> !torch.tensor<[1,4,6],ui8> {
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %one = torch.prim.ListConstruct %int1 : !torch.int -> !torch.list<int>
  %zero = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
  // expected-error @+1 {{cannot convert aten.conv1d: ONNX has no convolution of integers; cast the input and the weight to a float type first}}
  %0 = torch.aten.conv1d %x, %w, %none, %one, %zero, %one, %int1 : !torch.tensor<[1,3,8],ui8>, !torch.tensor<[4,3,3],ui8>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor<[1,4,6],ui8>
  return %0 : !torch.tensor<[1,4,6],ui8>
}

// -----

// Hardly any operator has a bf16 kernel: one warning for the model.
func.func @brain(%x: !torch.tensor<[2,4],bf16>, %w: !torch.tensor<[3,4],bf16>, %b: !torch.tensor<[3],bf16>) -> !torch.tensor<[2,3],bf16> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.transpose.int %w, %int0, %int1 : !torch.tensor<[3,4],bf16>, !torch.int, !torch.int -> !torch.tensor<[4,3],bf16>
  // expected-warning @+1 {{the model computes bf16 numbers, for which ONNX Runtime's CPU provider has no kernel of MatMul, Tanh; to run it there, export model.float()}}
  %1 = torch.aten.mm %x, %0 : !torch.tensor<[2,4],bf16>, !torch.tensor<[4,3],bf16> -> !torch.tensor<[2,3],bf16>
  %2 = torch.aten.tanh %1 : !torch.tensor<[2,3],bf16> -> !torch.tensor<[2,3],bf16>
  return %2 : !torch.tensor<[2,3],bf16>
}

// -----

// What only moves them runs.
func.func @moved(%x: !torch.tensor<[2,4],bf16>) -> !torch.tensor<[4,2],bf16> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.transpose.int %x, %int0, %int1 : !torch.tensor<[2,4],bf16>, !torch.int, !torch.int -> !torch.tensor<[4,2],bf16>
  return %0 : !torch.tensor<[4,2],bf16>
}
