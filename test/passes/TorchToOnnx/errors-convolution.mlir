// What convolutions and pooling need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @stride(%input: !torch.tensor<[1,4,8,8],f32>, %weight: !torch.tensor<[8,4,3,3],f32>) -> !torch.tensor<[1,8,6,6],f32> {
  %none = torch.constant none
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %stride = torch.aten.size %input : !torch.tensor<[1,4,8,8],f32> -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.conv2d: its stride is not constant}}
  %0 = torch.aten.conv2d %input, %weight, %none, %stride, %padding, %dilation, %int1 : !torch.tensor<[1,4,8,8],f32>, !torch.tensor<[8,4,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor<[1,8,6,6],f32>
  return %0 : !torch.tensor<[1,8,6,6],f32>
}

// -----

func.func @groups(%input: !torch.tensor<[1,4,8,8],f32>, %weight: !torch.tensor<[8,4,3,3],f32>, %groups: !torch.int) -> !torch.tensor<[1,8,6,6],f32> {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.conv2d: its number of groups is not constant}}
  %0 = torch.aten.conv2d %input, %weight, %none, %stride, %padding, %dilation, %groups : !torch.tensor<[1,4,8,8],f32>, !torch.tensor<[8,4,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor<[1,8,6,6],f32>
  return %0 : !torch.tensor<[1,8,6,6],f32>
}

// -----

func.func @transposed(%input: !torch.tensor<[1,4,8,8],f32>, %weight: !torch.tensor<[8,4,3,3],f32>, %transposed: !torch.bool) -> !torch.tensor<[1,8,6,6],f32> {
  %none = torch.constant none
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %output_padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.convolution: whether it is transposed is not constant}}
  %0 = torch.aten.convolution %input, %weight, %none, %stride, %padding, %dilation, %transposed, %output_padding, %int1 : !torch.tensor<[1,4,8,8],f32>, !torch.tensor<[8,4,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int -> !torch.tensor<[1,8,6,6],f32>
  return %0 : !torch.tensor<[1,8,6,6],f32>
}

// -----

func.func @im2col(%self: !torch.tensor<[1,1,4,4],f32>) -> !torch.tensor<[1,4,9],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.aten.size %self : !torch.tensor<[1,1,4,4],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.im2col: its arguments are not constant, or it has no batch}}
  %0 = torch.aten.im2col %self, %kernel_size, %dilation, %padding, %stride : !torch.tensor<[1,1,4,4],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int> -> !torch.tensor<[1,4,9],f32>
  return %0 : !torch.tensor<[1,4,9],f32>
}

// -----

func.func @im2col_planes(%self: !torch.tensor<[1,1,?,4],f32>) -> !torch.tensor<[1,4,?],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.im2col: the size of its planes is unknown}}
  %0 = torch.aten.im2col %self, %kernel_size, %dilation, %padding, %stride : !torch.tensor<[1,1,?,4],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int> -> !torch.tensor<[1,4,?],f32>
  return %0 : !torch.tensor<[1,4,?],f32>
}

// -----

func.func @im2col_size(%self: !torch.tensor<[?,?,4,4],f32>) -> !torch.tensor<[?,?,9],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.im2col: its size is unknown}}
  %0 = torch.aten.im2col %self, %kernel_size, %dilation, %padding, %stride : !torch.tensor<[?,?,4,4],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int> -> !torch.tensor<[?,?,9],f32>
  return %0 : !torch.tensor<[?,?,9],f32>
}

// -----

func.func @col2im(%self: !torch.tensor<[4,9],f32>) -> !torch.tensor<[1,4,4],f32> {
  %int4 = torch.constant 4 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %output_size = torch.prim.ListConstruct %int4, %int4 : !torch.int, !torch.int -> !torch.list<int>
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.col2im: its arguments are not constant, or it has no batch}}
  %0 = torch.aten.col2im %self, %output_size, %kernel_size, %dilation, %padding, %stride : !torch.tensor<[4,9],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int> -> !torch.tensor<[1,4,4],f32>
  return %0 : !torch.tensor<[1,4,4],f32>
}

// -----

func.func @kernel_size(%self: !torch.tensor<[1,4,8,8],f32>) -> !torch.tensor<[1,4,4,4],f32> {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %false = torch.constant false
  %kernel_size = torch.aten.size %self : !torch.tensor<[1,4,8,8],f32> -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.max_pool2d: its kernel_size is not constant}}
  %0 = torch.aten.max_pool2d %self, %kernel_size, %stride, %padding, %dilation, %false : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,4,4,4],f32>
  return %0 : !torch.tensor<[1,4,4,4],f32>
}

// -----

func.func @pool_stride(%self: !torch.tensor<[1,4,8,8],f32>) -> !torch.tensor<[1,4,4,4],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %false = torch.constant false
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.aten.size %self : !torch.tensor<[1,4,8,8],f32> -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.max_pool2d: its stride is not constant}}
  %0 = torch.aten.max_pool2d %self, %kernel_size, %stride, %padding, %dilation, %false : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,4,4,4],f32>
  return %0 : !torch.tensor<[1,4,4,4],f32>
}

// -----

func.func @ceil_mode(%self: !torch.tensor<[1,4,8,8],f32>, %ceil_mode: !torch.bool) -> !torch.tensor<[1,4,4,4],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  %dilation = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.max_pool2d: its ceil_mode is not constant}}
  %0 = torch.aten.max_pool2d %self, %kernel_size, %stride, %padding, %dilation, %ceil_mode : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool -> !torch.tensor<[1,4,4,4],f32>
  return %0 : !torch.tensor<[1,4,4,4],f32>
}

// -----

func.func @count_include_pad(%self: !torch.tensor<[1,4,8,8],f32>, %count_include_pad: !torch.bool) -> !torch.tensor<[1,4,4,4],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.avg_pool2d: its count_include_pad is not constant}}
  %0 = torch.aten.avg_pool2d %self, %kernel_size, %stride, %padding, %false, %count_include_pad, %none : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[1,4,4,4],f32>
  return %0 : !torch.tensor<[1,4,4,4],f32>
}

// -----

func.func @divisor(%self: !torch.tensor<[1,4,8,8],f32>, %divisor_override: !torch.int) -> !torch.tensor<[1,4,4,4],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %false = torch.constant false
  %true = torch.constant true
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.avg_pool2d: its divisor_override is not constant}}
  %0 = torch.aten.avg_pool2d %self, %kernel_size, %stride, %padding, %false, %true, %divisor_override : !torch.tensor<[1,4,8,8],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.int -> !torch.tensor<[1,4,4,4],f32>
  return %0 : !torch.tensor<[1,4,4,4],f32>
}

// -----

func.func @divisor_ceil_mode(%self: !torch.tensor<[1,4,?,?],f32>) -> !torch.tensor<[1,4,?,?],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %true = torch.constant true
  %int3 = torch.constant 3 : !torch.int
  %kernel_size = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %stride = torch.prim.ListConstruct -> !torch.list<int>
  %padding = torch.prim.ListConstruct %int0, %int0 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.avg_pool2d: divisor_override with ceil_mode needs an input whose size is known}}
  %0 = torch.aten.avg_pool2d %self, %kernel_size, %stride, %padding, %true, %true, %int3 : !torch.tensor<[1,4,?,?],f32>, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.bool, !torch.bool, !torch.int -> !torch.tensor<[1,4,?,?],f32>
  return %0 : !torch.tensor<[1,4,?,?],f32>
}

// -----

func.func @adaptive(%self: !torch.tensor<[1,4,?,8],f32>) -> !torch.tensor<[1,4,3,1],f32> {
  %int3 = torch.constant 3 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %output_size = torch.prim.ListConstruct %int3, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.adaptive_avg_pool2d: the size of axis -2 must be known, or its output size 1, for ONNX to have windows of the same sizes}}
  %0 = torch.aten.adaptive_avg_pool2d %self, %output_size : !torch.tensor<[1,4,?,8],f32>, !torch.list<int> -> !torch.tensor<[1,4,3,1],f32>
  return %0 : !torch.tensor<[1,4,3,1],f32>
}

// -----

func.func @adaptive_indices(%self: !torch.tensor<[1,4,5],f32>) -> (!torch.tensor<[1,4,3],f32>, !torch.tensor<[1,4,3],i64>) {
  %int3 = torch.constant 3 : !torch.int
  %output_size = torch.prim.ListConstruct %int3 : !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.adaptive_max_pool1d: its indices have an ONNX form only where all windows have the same size}}
  %0, %1 = torch.aten.adaptive_max_pool1d %self, %output_size : !torch.tensor<[1,4,5],f32>, !torch.list<int> -> !torch.tensor<[1,4,3],f32>, !torch.tensor<[1,4,3],i64>
  return %0, %1 : !torch.tensor<[1,4,3],f32>, !torch.tensor<[1,4,3],i64>
}
