// What operators that create or resize tensors need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @range(%end: !torch.float) -> !torch.tensor<[?],f32> {
  %int0 = torch.constant 0 : !torch.int
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.range: its bounds are not constant}}
  %0 = torch.aten.range %int0, %end, %none, %none, %none, %none : !torch.int, !torch.float, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @window(%window_length: !torch.int) -> !torch.tensor<[?],f32> {
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.hann_window: its length is not constant}}
  %0 = torch.aten.hann_window %window_length, %none, %none, %none, %none : !torch.int, !torch.none, !torch.none, !torch.none, !torch.none -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @tril_indices(%row: !torch.int) -> !torch.tensor<[2,?],i64> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.tril_indices: its sizes are not constant}}
  %0 = torch.aten.tril_indices %row, %int2, %int0, %int4, %none, %none, %none : !torch.int, !torch.int, !torch.int, !torch.int, !torch.none, !torch.none, !torch.none -> !torch.tensor<[2,?],i64>
  return %0 : !torch.tensor<[2,?],i64>
}

// -----

func.func @uniform(%self: !torch.tensor<[2,3],f32>, %from: !torch.float) -> !torch.tensor<[2,3],f32> {
  %float1.0 = torch.constant 1.0 : !torch.float
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.uniform: its bounds are not constant}}
  %0 = torch.aten.uniform %self, %from, %float1.0, %none : !torch.tensor<[2,3],f32>, !torch.float, !torch.float, !torch.none -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @normal(%self: !torch.tensor<[2,3],f32>, %mean: !torch.float) -> !torch.tensor<[2,3],f32> {
  %float1.0 = torch.constant 1.0 : !torch.float
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.normal_functional: its mean or deviation is not constant}}
  %0 = torch.aten.normal_functional %self, %mean, %float1.0, %none : !torch.tensor<[2,3],f32>, !torch.float, !torch.float, !torch.none -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @align_corners(%self: !torch.tensor<[1,4,8,8],f32>, %align_corners: !torch.bool) -> !torch.tensor<[1,4,4,4],f32> {
  %int4 = torch.constant 4 : !torch.int
  %none = torch.constant none
  %output_size = torch.prim.ListConstruct %int4, %int4 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.upsample_bilinear2d: its align_corners is not constant}}
  %0 = torch.aten.upsample_bilinear2d %self, %output_size, %align_corners, %none, %none : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.bool, !torch.none, !torch.none -> !torch.tensor<[1,4,4,4],f32>
  return %0 : !torch.tensor<[1,4,4,4],f32>
}

// -----

func.func @factors(%self: !torch.tensor<[1,4,8,8],f32>, %scales_h: !torch.float, %scales_w: !torch.float) -> !torch.tensor<[1,4,16,16],f32> {
  %int16 = torch.constant 16 : !torch.int
  %output_size = torch.prim.ListConstruct %int16, %int16 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.upsample_nearest2d: its factors are not constant}}
  %0 = torch.aten.upsample_nearest2d %self, %output_size, %scales_h, %scales_w : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.float, !torch.float -> !torch.tensor<[1,4,16,16],f32>
  return %0 : !torch.tensor<[1,4,16,16],f32>
}

// -----

func.func @size(%input: !torch.tensor<[1,4,?,?],f32>) -> !torch.tensor<[1,4,?,?],f32> {
  %none = torch.constant none
  // expected-error @below {{cannot convert aten.upsample_nearest2d.vec: the size of its result is unknown}}
  %0 = torch.aten.upsample_nearest2d.vec %input, %none, %none : !torch.tensor<[1,4,?,?],f32>, !torch.none, !torch.none -> !torch.tensor<[1,4,?,?],f32>
  return %0 : !torch.tensor<[1,4,?,?],f32>
}

// -----

func.func @grid_sampler(%input: !torch.tensor<[1,4,8,8],f32>, %grid: !torch.tensor<[1,2,2,2],f32>, %interpolation_mode: !torch.int) -> !torch.tensor<[1,4,2,2],f32> {
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.grid_sampler: its modes are not constant}}
  %0 = torch.aten.grid_sampler %input, %grid, %interpolation_mode, %int0, %false : !torch.tensor<[1,4,8,8],f32>, !torch.tensor<[1,2,2,2],f32>, !torch.int, !torch.int, !torch.bool -> !torch.tensor<[1,4,2,2],f32>
  return %0 : !torch.tensor<[1,4,2,2],f32>
}
