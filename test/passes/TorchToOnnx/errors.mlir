// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

// All operators without a conversion are named at once, each with its uses.
func.func @unsupported(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  // expected-error @+2 {{unsupported operator aten.lgamma (2 uses)}}
  // expected-note @+1 {{write it in terms of other operators, func.func @aten.lgamma(%self: !torch.tensor) -> !torch.tensor, and pass the file with --decompositions=FILE (see docs/WritingADecomposition.md)}}
  %0 = torch.aten.lgamma %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  // expected-error @+2 {{unsupported operator aten.digamma (1 use)}}
  // expected-note @+1 {{write it in terms of other operators, func.func @aten.digamma(%self: !torch.tensor) -> !torch.tensor}}
  %1 = torch.aten.digamma %0 : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  // expected-note @+1 {{also used here}}
  %2 = torch.aten.lgamma %1 : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %2 : !torch.tensor<[2],f32>
}

// -----

func.func @declined(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  // expected-error @+3 {{unsupported operator aten.lgamma (1 use)}}
  // expected-note @+2 {{its decomposition declined: it needs a matrix}}
  // expected-note @+1 {{write it in terms of other operators, func.func @aten.lgamma(%self: !torch.tensor) -> !torch.tensor}}
  %0 = torch.aten.lgamma %x {torch.decline_reason = "it needs a matrix"} : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// -----

// An operator of a user's library may be kept.
func.func @library(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  // expected-error @+2 {{unsupported operator mylib.twice (1 use)}}
  // expected-note @+1 {{keep it as an operator of an ONNX domain of yours with --custom-domain=mylib=my.domain:1, or write it in terms of other operators, func.func @mylib.twice, and pass the file with --decompositions=FILE (see docs/WritingADecomposition.md)}}
  %0 = torch.operator "mylib.twice"(%x) {schema = "mylib::twice(Tensor x) -> Tensor"} : (!torch.tensor<[2],f32>) -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// -----

// An unknown type is reported where it starts.
func.func @unknown(%x: !torch.tensor<[2],f32>) -> !torch.tensor {
  // expected-error @+2 {{the rank and dtype of the result of aten.neg are unknown}}
  // expected-note @+1 {{ONNX needs both to choose operators; infer-shapes finds them from the shapes of the inputs}}
  %0 = torch.aten.neg %x : !torch.tensor<[2],f32> -> !torch.tensor
  %1 = torch.aten.neg %0 : !torch.tensor -> !torch.tensor
  return %1 : !torch.tensor
}

// -----

// expected-error @+2 {{the rank of input 'x' is unknown}}
// expected-note @+1 {{give it with --input, for example --input=x=batch,3,224,224:f32, or save the model with example inputs}}
func.func @input(%x: !torch.tensor<*,f32> {onnx.name = "x"}) -> !torch.tensor<*,f32> {
  return %x : !torch.tensor<*,f32>
}

// -----

// What a conversion needs to be constant.
func.func @dynamic(%x: !torch.tensor<[2,3],f32>, %dim: !torch.int) -> !torch.tensor<[2,3],f32> {
  %none = torch.constant none
  // expected-error @+1 {{cannot convert aten.softmax.int: its dim is not constant}}
  %0 = torch.aten.softmax.int %x, %dim, %none : !torch.tensor<[2,3],f32>, !torch.int, !torch.none -> !torch.tensor<[2,3],f32>
  // All of them are reported.
  // expected-error @+1 {{cannot convert aten.softmax.int: its dim is not constant}}
  %1 = torch.aten.softmax.int %0, %dim, %none : !torch.tensor<[2,3],f32>, !torch.int, !torch.none -> !torch.tensor<[2,3],f32>
  return %1 : !torch.tensor<[2,3],f32>
}

// -----

func.func @absent_weights(%x: !torch.tensor<[2,3,4],f32>, %w: !torch.tensor<[12,4],f32>, %b: !torch.tensor<[12],f32>, %v: !torch.tensor<[4,4],f32>, %c: !torch.tensor<[4],f32>) -> !torch.tensor<[2,3,3],f32> {
  %none = torch.constant none
  %false = torch.constant false
  %true = torch.constant true
  %int2 = torch.constant 2 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  // expected-error @+1 {{cannot convert aten._native_multi_head_attention: its weights are used, but need_weights is not True}}
  %0, %1 = torch.aten._native_multi_head_attention %x, %x, %x, %int4, %int2, %w, %b, %v, %c, %none, %false, %true, %none : !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,4],f32>, !torch.int, !torch.int, !torch.tensor<[12,4],f32>, !torch.tensor<[12],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.none, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,3],f32>
  return %1 : !torch.tensor<[2,3,3],f32>
}

// -----

// expected-error @+1 {{input 0 is complex, which ONNX Runtime does not compute with; pass torch.view_as_real(x) and begin with torch.view_as_complex}}
func.func @complex_input(%x: !torch.tensor<[2],complex<f32>>) -> !torch.tensor<[2],f32> {
  %0 = torch.aten.abs %x : !torch.tensor<[2],complex<f32>> -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}

// -----

func.func @complex_output(%x: !torch.tensor<[2,2],f32>) -> !torch.tensor<[2],complex<f32>> {
  // expected-error @+1 {{output 0 is complex, which ONNX Runtime does not compute with; return torch.view_as_real(y)}}
  %0 = torch.aten.view_as_complex %x : !torch.tensor<[2,2],f32> -> !torch.tensor<[2],complex<f32>>
  return %0 : !torch.tensor<[2],complex<f32>>
}

// -----

func.func @fourier(%x: !torch.tensor<[2,3],f32>, %u: !torch.tensor<[?,?,3,2],f32>, %dim: !torch.int) -> (!torch.tensor<[2,3,2],f32>, !torch.tensor<[?,?,3,2],f32>, !torch.tensor<[2,2,1,2],f32>) {
  %none = torch.constant none
  %false = torch.constant false
  %int-1 = torch.constant -1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  // expected-error @+1 {{cannot convert aten.fft_fft: its arguments are not constant}}
  %0 = torch.aten.fft_fft %x, %none, %dim, %none : !torch.tensor<[2,3],f32>, !torch.none, !torch.int, !torch.none -> !torch.tensor<[2,3],complex<f32>>
  %1 = torch.aten.view_as_real %0 : !torch.tensor<[2,3],complex<f32>> -> !torch.tensor<[2,3,2],f32>
  %2 = torch.aten.view_as_complex %u : !torch.tensor<[?,?,3,2],f32> -> !torch.tensor<[?,?,3],complex<f32>>
  // expected-error @+1 {{cannot convert aten.fft_fft: more than one dimension is unknown}}
  %3 = torch.aten.fft_fft %2, %none, %int-1, %none : !torch.tensor<[?,?,3],complex<f32>>, !torch.none, !torch.int, !torch.none -> !torch.tensor<[?,?,3],complex<f32>>
  %4 = torch.aten.view_as_real %3 : !torch.tensor<[?,?,3],complex<f32>> -> !torch.tensor<[?,?,3,2],f32>
  // expected-error @+1 {{cannot convert aten.stft: its arguments are not constant}}
  %5 = torch.aten.stft %x, %int2, %dim, %none, %none, %false, %none, %false, %none : !torch.tensor<[2,3],f32>, !torch.int, !torch.int, !torch.none, !torch.none, !torch.bool, !torch.none, !torch.bool, !torch.none -> !torch.tensor<[2,2,1,2],f32>
  return %1, %4, %5 : !torch.tensor<[2,3,2],f32>, !torch.tensor<[?,?,3,2],f32>, !torch.tensor<[2,2,1,2],f32>
}

// -----

func.func @training(%x: !torch.tensor<[2,3],f32>, %m: !torch.tensor<[3],f32>, %v: !torch.tensor<[3],f32>) -> !torch.tensor<[2,3],f32> {
  %none = torch.constant none
  %true = torch.constant true
  %momentum = torch.constant 0.1 : !torch.float
  %eps = torch.constant 1.0e-5 : !torch.float
  // expected-error @+1 {{cannot convert aten.batch_norm: it is in training mode and would update its running statistics; export the model after model.eval()}}
  %0 = torch.aten.batch_norm %x, %none, %none, %m, %v, %true, %momentum, %eps, %true : !torch.tensor<[2,3],f32>, !torch.none, !torch.none, !torch.tensor<[3],f32>, !torch.tensor<[3],f32>, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @no_common_dtype(%x: !torch.tensor<[2],ui64>, %y: !torch.tensor<[2],i64>) -> !torch.tensor<[2],i1> {
  // expected-error @+1 {{PyTorch has no dtype that those of the operands promote to; convert one of them}}
  %0 = torch.aten.eq.Tensor %x, %y : !torch.tensor<[2],ui64>, !torch.tensor<[2],i64> -> !torch.tensor<[2],i1>
  return %0 : !torch.tensor<[2],i1>
}

// -----

func.func @histogram(%x: !torch.tensor<[4],f32>, %bins: !torch.int) -> !torch.tensor<[?],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @+1 {{cannot convert aten.histc: its arguments are not constant}}
  %0 = torch.aten.histc %x, %bins, %int0, %int0 : !torch.tensor<[4],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @matrix_power(%x: !torch.tensor<[2,2],f32>) -> !torch.tensor<[2,2],f32> {
  %int-1 = torch.constant -1 : !torch.int
  // expected-error @+1 {{cannot convert aten.matrix_power: only constant exponents from 1 on have an ONNX form}}
  %0 = torch.aten.matrix_power %x, %int-1 : !torch.tensor<[2,2],f32>, !torch.int -> !torch.tensor<[2,2],f32>
  return %0 : !torch.tensor<[2,2],f32>
}

// -----

func.func @sequences(%n: !torch.int) -> (!torch.tensor<[?],f32>, !torch.tensor<[2,?],i64>, !torch.tensor<[?],i64>) {
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  // expected-error @+1 {{cannot convert aten.range: its bounds are not constant}}
  %0 = torch.aten.range %int0, %n, %none, %none, %none, %none : !torch.int, !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor<[?],f32>
  // expected-error @+1 {{cannot convert aten.tril_indices: its sizes are not constant}}
  %1 = torch.aten.tril_indices %n, %n, %int0, %none, %none, %none, %none : !torch.int, !torch.int, !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor<[2,?],i64>
  %numbers = torch.prim.ListConstruct %n, %n : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @+1 {{cannot convert aten.as_tensor.list: the length of its list is unknown}}
  %2 = torch.aten.as_tensor.list %numbers, %none, %none : !torch.list<int>, !torch.none, !torch.none -> !torch.tensor<[?],i64>
  return %0, %1, %2 : !torch.tensor<[?],f32>, !torch.tensor<[2,?],i64>, !torch.tensor<[?],i64>
}

// -----

func.func @random(%x: !torch.tensor<[2],f32>, %a: !torch.float) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],f32>) {
  %none = torch.constant none
  // expected-error @+1 {{cannot convert aten.uniform: its bounds are not constant}}
  %0 = torch.aten.uniform %x, %a, %a, %none : !torch.tensor<[2],f32>, !torch.float, !torch.float, !torch.none -> !torch.tensor<[2],f32>
  // expected-error @+1 {{cannot convert aten.normal_functional: its mean or deviation is not constant}}
  %1 = torch.aten.normal_functional %x, %a, %a, %none : !torch.tensor<[2],f32>, !torch.float, !torch.float, !torch.none -> !torch.tensor<[2],f32>
  return %0, %1 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32>
}

// -----

func.func @arguments(%x: !torch.tensor<[2,3],f32>, %g: !torch.tensor<[2,1],f32>, %flag: !torch.bool) -> (!torch.tensor<[2,1],f32>, !torch.tensor<[2,3],i1>) {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @+1 {{cannot convert aten._weight_norm_interface: the norm that it returns has no ONNX form}}
  %0:2 = torch.aten._weight_norm_interface %x, %g, %int0 : !torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>, !torch.int -> !torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>
  // expected-error @+1 {{cannot convert aten.isin.Tensor_Tensor: its invert is not constant}}
  %1 = torch.aten.isin.Tensor_Tensor %x, %g, %flag, %flag : !torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>, !torch.bool, !torch.bool -> !torch.tensor<[2,3],i1>
  return %0#1, %1 : !torch.tensor<[2,1],f32>, !torch.tensor<[2,3],i1>
}

// -----

func.func @cross(%x: !torch.tensor<[n,3],f32>) -> !torch.tensor<[n,3],f32> {
  %none = torch.constant none
  // expected-error @+1 {{cannot convert aten.cross: its dim is unknown; give it the one of size 3}}
  %0 = torch.aten.cross %x, %x, %none : !torch.tensor<[n,3],f32>, !torch.tensor<[n,3],f32>, !torch.none -> !torch.tensor<[n,3],f32>
  return %0 : !torch.tensor<[n,3],f32>
}

// -----

// Only complex numbers have an imaginary part.
func.func @imaginary(%x: !torch.tensor<[2],f32>) -> !torch.tensor<[2],f32> {
  // expected-error @+1 {{cannot convert aten.imag: it has no conversion}}
  %0 = torch.aten.imag %x : !torch.tensor<[2],f32> -> !torch.tensor<[2],f32>
  return %0 : !torch.tensor<[2],f32>
}
