// What operators that change shapes need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @view(%self: !torch.tensor<[?],f32>) -> !torch.tensor<[?,?],f32> {
  %size = torch.aten.size %self : !torch.tensor<[?],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.view: more than one dimension of its result is unknown}}
  %0 = torch.aten.view %self, %size : !torch.tensor<[?],f32>, !torch.list<int> -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @flatten(%self: !torch.tensor<[2,3],f32>, %start_dim: !torch.int) -> !torch.tensor<[6],f32> {
  %int-1 = torch.constant -1 : !torch.int
  // expected-error @below {{cannot convert aten.flatten.using_ints: its dims are not constant}}
  %0 = torch.aten.flatten.using_ints %self, %start_dim, %int-1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor<[6],f32>
  return %0 : !torch.tensor<[6],f32>
}

// -----

func.func @permute(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor<[3,2],f32> {
  %dims = torch.aten.size %self : !torch.tensor<[2,3],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.permute: its dims are not constant}}
  %0 = torch.aten.permute %self, %dims : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor<[3,2],f32>
  return %0 : !torch.tensor<[3,2],f32>
}

// -----

func.func @transpose(%self: !torch.tensor<[2,3],f32>, %dim0: !torch.int) -> !torch.tensor<[3,2],f32> {
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.transpose.int: its dims are not constant}}
  %0 = torch.aten.transpose.int %self, %dim0, %int1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor<[3,2],f32>
  return %0 : !torch.tensor<[3,2],f32>
}

// -----

func.func @squeeze(%self: !torch.tensor<[?,?],f32>) -> !torch.tensor<[?],f32> {
  // expected-error @below {{cannot convert aten.squeeze: it depends on sizes that are unknown which dimensions are squeezed; name them}}
  %0 = torch.aten.squeeze %self : !torch.tensor<[?,?],f32> -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @flip(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %dims = torch.aten.size %self : !torch.tensor<[2,3],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.flip: its dims are not constant}}
  %0 = torch.aten.flip %self, %dims : !torch.tensor<[2,3],f32>, !torch.list<int> -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @pixel_shuffle(%self: !torch.tensor<[1,4,2,2],f32>, %upscale_factor: !torch.int) -> !torch.tensor<[1,1,4,4],f32> {
  // expected-error @below {{cannot convert aten.pixel_shuffle: its factor is not constant}}
  %0 = torch.aten.pixel_shuffle %self, %upscale_factor : !torch.tensor<[1,4,2,2],f32>, !torch.int -> !torch.tensor<[1,1,4,4],f32>
  return %0 : !torch.tensor<[1,1,4,4],f32>
}

// -----

func.func @pixel_shuffle_sizes(%self: !torch.tensor<[?,?,4,2,2],f32>) -> !torch.tensor<[?,?,1,4,4],f32> {
  %int2 = torch.constant 2 : !torch.int
  // expected-error @below {{cannot convert aten.pixel_shuffle: more than one of its sizes is unknown}}
  %0 = torch.aten.pixel_shuffle %self, %int2 : !torch.tensor<[?,?,4,2,2],f32>, !torch.int -> !torch.tensor<[?,?,1,4,4],f32>
  return %0 : !torch.tensor<[?,?,1,4,4],f32>
}

// -----

func.func @channel_shuffle(%self: !torch.tensor<[1,4,2,2],f32>, %groups: !torch.int) -> !torch.tensor<[1,4,2,2],f32> {
  // expected-error @below {{cannot convert aten.channel_shuffle: its number of groups or of channels is unknown}}
  %0 = torch.aten.channel_shuffle %self, %groups : !torch.tensor<[1,4,2,2],f32>, !torch.int -> !torch.tensor<[1,4,2,2],f32>
  return %0 : !torch.tensor<[1,4,2,2],f32>
}

// -----

func.func @channel_shuffle_sizes(%self: !torch.tensor<[?,4,?,?],f32>) -> !torch.tensor<[?,4,?,?],f32> {
  %int2 = torch.constant 2 : !torch.int
  // expected-error @below {{cannot convert aten.channel_shuffle: more than one of its sizes is unknown}}
  %0 = torch.aten.channel_shuffle %self, %int2 : !torch.tensor<[?,4,?,?],f32>, !torch.int -> !torch.tensor<[?,4,?,?],f32>
  return %0 : !torch.tensor<[?,4,?,?],f32>
}

// -----

func.func @unfold(%self: !torch.tensor<[2,3],f32>, %dimension: !torch.int) -> !torch.tensor<[2,2,2],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.unfold: its arguments are not constant}}
  %0 = torch.aten.unfold %self, %dimension, %int2, %int1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[2,2,2],f32>
  return %0 : !torch.tensor<[2,2,2],f32>
}

// -----

func.func @unfold_size(%self: !torch.tensor<[?],f32>) -> !torch.tensor<[?,2],f32> {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  // expected-error @below {{cannot convert aten.unfold: the size of the dimension that it unfolds is unknown}}
  %0 = torch.aten.unfold %self, %int0, %int2, %int1 : !torch.tensor<[?],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[?,2],f32>
  return %0 : !torch.tensor<[?,2],f32>
}

// -----

func.func @expand(%self: !torch.tensor<[1],f32>) -> !torch.tensor<[?,?],f32> {
  %false = torch.constant false
  %size = torch.aten.size %self : !torch.tensor<[1],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.expand: its sizes are unknown}}
  %0 = torch.aten.expand %self, %size, %false : !torch.tensor<[1],f32>, !torch.list<int>, !torch.bool -> !torch.tensor<[?,?],f32>
  return %0 : !torch.tensor<[?,?],f32>
}

// -----

func.func @repeat(%self: !torch.tensor<[1],f32>) -> !torch.tensor<[?],f32> {
  %repeats = torch.aten.size %self : !torch.tensor<[1],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.repeat: its repeats are unknown}}
  %0 = torch.aten.repeat %self, %repeats : !torch.tensor<[1],f32>, !torch.list<int> -> !torch.tensor<[?],f32>
  return %0 : !torch.tensor<[?],f32>
}

// -----

func.func @meshgrid(%rows: !torch.tensor<[2,2],i64>) -> !torch.tensor<[2,2],i64> {
  %int0 = torch.constant 0 : !torch.int
  %tensors = torch.aten.unbind.int %rows, %int0 : !torch.tensor<[2,2],i64>, !torch.int -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.meshgrid: the length of its list is unknown}}
  %0 = torch.aten.meshgrid %tensors : !torch.list<tensor> -> !torch.list<tensor>
  return %rows : !torch.tensor<[2,2],i64>
}

// -----

func.func @broadcast_shape(%t: !torch.tensor<[?,1],f32>, %t1: !torch.tensor<[?,?],f32>) -> !torch.tensor<[?,1],f32> {
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[?,1],f32>, !torch.tensor<[?,?],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.broadcast_tensors: the shape that its tensors have together is unknown}}
  %0 = torch.aten.broadcast_tensors %tensors : !torch.list<tensor> -> !torch.list<tensor>
  return %t : !torch.tensor<[?,1],f32>
}

// -----

func.func @pad(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %constant = torch.constant "constant"
  %none = torch.constant none
  %pad = torch.aten.size %self : !torch.tensor<[2,3],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.pad: its amounts of padding are unknown}}
  %0 = torch.aten.pad %self, %pad, %constant, %none : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.str, !torch.none -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @pad_mode(%self: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,5],f32> {
  %int1 = torch.constant 1 : !torch.int
  %mirror = torch.constant "mirror"
  %none = torch.constant none
  %pad = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.pad: its mode is not constant}}
  %0 = torch.aten.pad %self, %pad, %mirror, %none : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.str, !torch.none -> !torch.tensor<[2,5],f32>
  return %0 : !torch.tensor<[2,5],f32>
}

// -----

func.func @pad_enum(%self: !torch.tensor<[2,3],f32>, %mode: !torch.int) -> !torch.tensor<[2,5],f32> {
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %pad = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten._pad_enum: its mode is not constant}}
  %0 = torch.aten._pad_enum %self, %pad, %mode, %none : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.int, !torch.none -> !torch.tensor<[2,5],f32>
  return %0 : !torch.tensor<[2,5],f32>
}

// -----

func.func @cat(%t: !torch.tensor<[2],f32>, %t1: !torch.tensor<[2],f32>, %dim: !torch.int) -> !torch.tensor<[4],f32> {
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.cat: the length of its list, or its dim, is unknown}}
  %0 = torch.aten.cat %tensors, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor<[4],f32>
  return %0 : !torch.tensor<[4],f32>
}

// -----

func.func @stack(%t: !torch.tensor<[2],f32>, %t1: !torch.tensor<[2],f32>, %dim: !torch.int) -> !torch.tensor<[2,2],f32> {
  %tensors = torch.prim.ListConstruct %t, %t1 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.stack: the length of its list, or its dim, is unknown}}
  %0 = torch.aten.stack %tensors, %dim : !torch.list<tensor>, !torch.int -> !torch.tensor<[2,2],f32>
  return %0 : !torch.tensor<[2,2],f32>
}

// -----

func.func @split(%self: !torch.tensor<[?],f32>) -> !torch.tensor<[?],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.split.Tensor: the size of the dimension that it splits is unknown}}
  %0 = torch.aten.split.Tensor %self, %int2, %int0 : !torch.tensor<[?],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[?],f32>
}

// -----

func.func @split_parts(%self: !torch.tensor<[n],f32>) -> !torch.tensor<[n],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.split.Tensor: the number of its parts is unknown}}
  %0 = torch.aten.split.Tensor %self, %int2, %int0 : !torch.tensor<[n],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[n],f32>
}

// -----

func.func @split_sizes(%self: !torch.tensor<[4],f32>) -> !torch.tensor<[4],f32> {
  %int0 = torch.constant 0 : !torch.int
  %split_sizes = torch.aten.size %self : !torch.tensor<[4],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.split_with_sizes: its dim or its sizes are not constant}}
  %0 = torch.aten.split_with_sizes %self, %split_sizes, %int0 : !torch.tensor<[4],f32>, !torch.list<int>, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[4],f32>
}

// -----

func.func @chunk(%self: !torch.tensor<[4],f32>, %chunks: !torch.int) -> !torch.tensor<[4],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.chunk: its dim or its number of chunks is not constant}}
  %0 = torch.aten.chunk %self, %chunks, %int0 : !torch.tensor<[4],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[4],f32>
}

// -----

func.func @tensor_split(%self: !torch.tensor<[4],f32>, %sections: !torch.int) -> !torch.tensor<[4],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.tensor_split.sections: its dim or its number of sections is not constant}}
  %0 = torch.aten.tensor_split.sections %self, %sections, %int0 : !torch.tensor<[4],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[4],f32>
}

// -----

func.func @tensor_split_size(%self: !torch.tensor<[?],f32>) -> !torch.tensor<[?],f32> {
  %int2 = torch.constant 2 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.tensor_split.sections: the size of the dimension that it splits is unknown}}
  %0 = torch.aten.tensor_split.sections %self, %int2, %int0 : !torch.tensor<[?],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[?],f32>
}

// -----

func.func @unbind(%self: !torch.tensor<[2,3],f32>, %dim: !torch.int) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten.unbind.int: its dim is not constant}}
  %0 = torch.aten.unbind.int %self, %dim : !torch.tensor<[2,3],f32>, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[2,3],f32>
}

// -----

func.func @unbind_size(%self: !torch.tensor<[?],f32>) -> !torch.tensor<[?],f32> {
  %int0 = torch.constant 0 : !torch.int
  // expected-error @below {{cannot convert aten.unbind.int: the size of the dimension that it unbinds is unknown}}
  %0 = torch.aten.unbind.int %self, %int0 : !torch.tensor<[?],f32>, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[?],f32>
}

// -----

func.func @split_unknown(%self: !torch.tensor<[?],f32>, %s: !torch.int, %s1: !torch.int) -> !torch.tensor<[?],f32> {
  %int0 = torch.constant 0 : !torch.int
  %split_sizes = torch.prim.ListConstruct %s, %s1 : !torch.int, !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.split_with_sizes: the sizes of its parts are unknown}}
  %0 = torch.aten.split_with_sizes %self, %split_sizes, %int0 : !torch.tensor<[?],f32>, !torch.list<int>, !torch.int -> !torch.list<tensor>
  return %self : !torch.tensor<[?],f32>
}
