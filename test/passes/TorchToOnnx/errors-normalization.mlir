// What normalizations and recurrent layers need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @batch_norm(%input: !torch.tensor<[2,3],f32>, %running_mean: !torch.tensor<[3],f32>, %running_var: !torch.tensor<[3],f32>, %training: !torch.bool) -> !torch.tensor<[2,3],f32> {
  %none = torch.constant none
  %float0.1 = torch.constant 0.1 : !torch.float
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.batch_norm: its eps or its training mode is not constant}}
  %0 = torch.aten.batch_norm %input, %none, %none, %running_mean, %running_var, %training, %float0.1, %float1e_05, %false : !torch.tensor<[2,3],f32>, !torch.none, !torch.none, !torch.tensor<[3],f32>, !torch.tensor<[3],f32>, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @batch_norm_statistics(%input: !torch.tensor<[2,3],f32>, %running_mean: !torch.tensor<[3],f32>, %running_var: !torch.tensor<[3],f32>) -> (!torch.tensor<[2,3],f32>, !torch.tensor<[0],f32>, !torch.tensor<[0],f32>) {
  %none = torch.constant none
  %false = torch.constant false
  %float0.1 = torch.constant 0.1 : !torch.float
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  // expected-error @below {{cannot convert aten.native_batch_norm: the statistics that it returns have no ONNX form}}
  %0, %1, %2 = torch.aten.native_batch_norm %input, %none, %none, %running_mean, %running_var, %false, %float0.1, %float1e_05 : !torch.tensor<[2,3],f32>, !torch.none, !torch.none, !torch.tensor<[3],f32>, !torch.tensor<[3],f32>, !torch.bool, !torch.float, !torch.float -> !torch.tensor<[2,3],f32>, !torch.tensor<[0],f32>, !torch.tensor<[0],f32>
  return %0, %1, %2 : !torch.tensor<[2,3],f32>, !torch.tensor<[0],f32>, !torch.tensor<[0],f32>
}

// -----

func.func @batch_norm_channels(%input: !torch.tensor<[2,?],f32>, %running_mean: !torch.tensor<[?],f32>, %running_var: !torch.tensor<[?],f32>) -> !torch.tensor<[2,?],f32> {
  %none = torch.constant none
  %false = torch.constant false
  %float0.1 = torch.constant 0.1 : !torch.float
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  // expected-error @below {{cannot convert aten.batch_norm: the number of channels is unknown}}
  %0 = torch.aten.batch_norm %input, %none, %none, %running_mean, %running_var, %false, %float0.1, %float1e_05, %false : !torch.tensor<[2,?],f32>, !torch.none, !torch.none, !torch.tensor<[?],f32>, !torch.tensor<[?],f32>, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[2,?],f32>
  return %0 : !torch.tensor<[2,?],f32>
}

// -----

func.func @instance_norm(%input: !torch.tensor<[2,3,4],f32>, %eps: !torch.float) -> !torch.tensor<[2,3,4],f32> {
  %none = torch.constant none
  %true = torch.constant true
  %float0.1 = torch.constant 0.1 : !torch.float
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.instance_norm: its eps or its mode is not constant}}
  %0 = torch.aten.instance_norm %input, %none, %none, %none, %none, %true, %float0.1, %eps, %false : !torch.tensor<[2,3,4],f32>, !torch.none, !torch.none, !torch.none, !torch.none, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[2,3,4],f32>
  return %0 : !torch.tensor<[2,3,4],f32>
}

// -----

func.func @instance_norm_channels(%input: !torch.tensor<[2,?,4],f32>) -> !torch.tensor<[2,?,4],f32> {
  %none = torch.constant none
  %true = torch.constant true
  %float0.1 = torch.constant 0.1 : !torch.float
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.instance_norm: the number of channels is unknown}}
  %0 = torch.aten.instance_norm %input, %none, %none, %none, %none, %true, %float0.1, %float1e_05, %false : !torch.tensor<[2,?,4],f32>, !torch.none, !torch.none, !torch.none, !torch.none, !torch.bool, !torch.float, !torch.float, !torch.bool -> !torch.tensor<[2,?,4],f32>
  return %0 : !torch.tensor<[2,?,4],f32>
}

// -----

func.func @group_norm(%input: !torch.tensor<[2,4,3],f32>, %num_groups: !torch.int) -> !torch.tensor<[2,4,3],f32> {
  %none = torch.constant none
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  %true = torch.constant true
  // expected-error @below {{cannot convert aten.group_norm: its eps or its number of groups is not constant}}
  %0 = torch.aten.group_norm %input, %num_groups, %none, %none, %float1e_05, %true : !torch.tensor<[2,4,3],f32>, !torch.int, !torch.none, !torch.none, !torch.float, !torch.bool -> !torch.tensor<[2,4,3],f32>
  return %0 : !torch.tensor<[2,4,3],f32>
}

// -----

func.func @native_group_norm(%input: !torch.tensor<[2,4,3],f32>, %group: !torch.int) -> (!torch.tensor<[2,4,3],f32>, !torch.tensor<[2,2],f32>, !torch.tensor<[2,2],f32>) {
  %none = torch.constant none
  %int2 = torch.constant 2 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  // expected-error @below {{cannot convert aten.native_group_norm: its eps or its number of groups is not constant}}
  %0, %1, %2 = torch.aten.native_group_norm %input, %none, %none, %int2, %int4, %int3, %group, %float1e_05 : !torch.tensor<[2,4,3],f32>, !torch.none, !torch.none, !torch.int, !torch.int, !torch.int, !torch.int, !torch.float -> !torch.tensor<[2,4,3],f32>, !torch.tensor<[2,2],f32>, !torch.tensor<[2,2],f32>
  return %0, %1, %2 : !torch.tensor<[2,4,3],f32>, !torch.tensor<[2,2],f32>, !torch.tensor<[2,2],f32>
}

// -----

func.func @group_norm_statistics(%input: !torch.tensor<[2,4,3],f32>) -> (!torch.tensor<[2,4,3],f32>, !torch.tensor<[2,2],f32>, !torch.tensor<[2,2],f32>) {
  %none = torch.constant none
  %int2 = torch.constant 2 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  // expected-error @below {{cannot convert aten.native_group_norm: the statistics that it returns have no ONNX form}}
  %0, %1, %2 = torch.aten.native_group_norm %input, %none, %none, %int2, %int4, %int3, %int2, %float1e_05 : !torch.tensor<[2,4,3],f32>, !torch.none, !torch.none, !torch.int, !torch.int, !torch.int, !torch.int, !torch.float -> !torch.tensor<[2,4,3],f32>, !torch.tensor<[2,2],f32>, !torch.tensor<[2,2],f32>
  return %0, %1, %2 : !torch.tensor<[2,4,3],f32>, !torch.tensor<[2,2],f32>, !torch.tensor<[2,2],f32>
}

// -----

func.func @layer_norm(%input: !torch.tensor<[2,3],f32>, %eps: !torch.float) -> !torch.tensor<[2,3],f32> {
  %int3 = torch.constant 3 : !torch.int
  %none = torch.constant none
  %true = torch.constant true
  %normalized_shape = torch.prim.ListConstruct %int3 : !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten.layer_norm: its eps or its shape is not constant}}
  %0 = torch.aten.layer_norm %input, %normalized_shape, %none, %none, %eps, %true : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.none, !torch.none, !torch.float, !torch.bool -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @rms_norm(%input: !torch.tensor<[2,3],f32>) -> !torch.tensor<[2,3],f32> {
  %none = torch.constant none
  %normalized_shape = torch.aten.size %input : !torch.tensor<[2,3],f32> -> !torch.list<int>
  // expected-error @below {{cannot convert aten.rms_norm: its shape is not constant}}
  %0 = torch.aten.rms_norm %input, %normalized_shape, %none, %none : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.none, !torch.none -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @rms_norm_deviation(%input: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>) {
  %int3 = torch.constant 3 : !torch.int
  %none = torch.constant none
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  %normalized_shape = torch.prim.ListConstruct %int3 : !torch.int -> !torch.list<int>
  // expected-error @below {{cannot convert aten._fused_rms_norm: the deviation that it returns has no ONNX form}}
  %0, %1 = torch.aten._fused_rms_norm %input, %normalized_shape, %none, %float1e_05 : !torch.tensor<[2,3],f32>, !torch.list<int>, !torch.none, !torch.float -> !torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>
  return %0, %1 : !torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>
}

// -----

func.func @weight_norm(%v: !torch.tensor<[2,3],f32>, %g: !torch.tensor<[2,1],f32>, %dim: !torch.int) -> !torch.tensor<[2,3],f32> {
  // expected-error @below {{cannot convert aten._weight_norm: its dim is not constant}}
  %0 = torch.aten._weight_norm %v, %g, %dim : !torch.tensor<[2,3],f32>, !torch.tensor<[2,1],f32>, !torch.int -> !torch.tensor<[2,3],f32>
  return %0 : !torch.tensor<[2,3],f32>
}

// -----

func.func @train(%input: !torch.tensor<[5,2,3],f32>, %h: !torch.tensor<[1,2,4],f32>, %h1: !torch.tensor<[1,2,4],f32>, %p: !torch.tensor<[16,3],f32>, %p1: !torch.tensor<[16,4],f32>, %p2: !torch.tensor<[16],f32>, %p3: !torch.tensor<[16],f32>, %train: !torch.bool) -> (!torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>) {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %hx = torch.prim.ListConstruct %h, %h1 : !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32> -> !torch.list<tensor>
  %params = torch.prim.ListConstruct %p, %p1, %p2, %p3 : !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.tensor<[16],f32>, !torch.tensor<[16],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm.input: its arguments are not constant}}
  %0, %1, %2 = torch.aten.lstm.input %input, %hx, %params, %true, %int1, %float0.0, %train, %false, %false : !torch.tensor<[5,2,3],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
  return %0, %1, %2 : !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
}

// -----

func.func @dropout(%input: !torch.tensor<[5,2,3],f32>, %h: !torch.tensor<[1,2,4],f32>, %h1: !torch.tensor<[1,2,4],f32>, %p: !torch.tensor<[16,3],f32>, %p1: !torch.tensor<[16,4],f32>, %p2: !torch.tensor<[16],f32>, %p3: !torch.tensor<[16],f32>) -> (!torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>) {
  %true = torch.constant true
  %int2 = torch.constant 2 : !torch.int
  %float0.5 = torch.constant 0.5 : !torch.float
  %false = torch.constant false
  %hx = torch.prim.ListConstruct %h, %h1 : !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32> -> !torch.list<tensor>
  %params = torch.prim.ListConstruct %p, %p1, %p2, %p3 : !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.tensor<[16],f32>, !torch.tensor<[16],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm.input: it drops out at random; export the model after model.eval()}}
  %0, %1, %2 = torch.aten.lstm.input %input, %hx, %params, %true, %int2, %float0.5, %true, %false, %false : !torch.tensor<[5,2,3],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
  return %0, %1, %2 : !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
}

// -----

func.func @rank(%input: !torch.tensor<[5,3],f32>, %h: !torch.tensor<[1,2,4],f32>, %h1: !torch.tensor<[1,2,4],f32>, %p: !torch.tensor<[16,3],f32>, %p1: !torch.tensor<[16,4],f32>, %p2: !torch.tensor<[16],f32>, %p3: !torch.tensor<[16],f32>) -> (!torch.tensor<[5,4],f32>, !torch.tensor<[1,4],f32>, !torch.tensor<[1,4],f32>) {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %hx = torch.prim.ListConstruct %h, %h1 : !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32> -> !torch.list<tensor>
  %params = torch.prim.ListConstruct %p, %p1, %p2, %p3 : !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.tensor<[16],f32>, !torch.tensor<[16],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm.input: its input is not of three dimensions}}
  %0, %1, %2 = torch.aten.lstm.input %input, %hx, %params, %true, %int1, %float0.0, %false, %false, %false : !torch.tensor<[5,3],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[5,4],f32>, !torch.tensor<[1,4],f32>, !torch.tensor<[1,4],f32>
  return %0, %1, %2 : !torch.tensor<[5,4],f32>, !torch.tensor<[1,4],f32>, !torch.tensor<[1,4],f32>
}

// -----

func.func @projections(%input: !torch.tensor<[5,2,3],f32>, %h: !torch.tensor<[1,2,4],f32>, %h1: !torch.tensor<[1,2,4],f32>, %p: !torch.tensor<[16,3],f32>, %p1: !torch.tensor<[16,4],f32>, %p2: !torch.tensor<[16],f32>, %p3: !torch.tensor<[16],f32>, %p4: !torch.tensor<[2,4],f32>) -> (!torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>) {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %hx = torch.prim.ListConstruct %h, %h1 : !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32> -> !torch.list<tensor>
  %params = torch.prim.ListConstruct %p, %p1, %p2, %p3, %p4 : !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.tensor<[16],f32>, !torch.tensor<[16],f32>, !torch.tensor<[2,4],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm.input: its parameters are not those of plain layers (ONNX has no projections of the hidden state)}}
  %0, %1, %2 = torch.aten.lstm.input %input, %hx, %params, %true, %int1, %float0.0, %false, %false, %false : !torch.tensor<[5,2,3],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
  return %0, %1, %2 : !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
}

// -----

func.func @hidden_size(%input: !torch.tensor<[5,2,3],f32>, %h: !torch.tensor<[1,2,4],f32>, %h1: !torch.tensor<[1,2,4],f32>, %p: !torch.tensor<[16,3],f32>, %p1: !torch.tensor<[?,?],f32>, %p2: !torch.tensor<[16],f32>, %p3: !torch.tensor<[16],f32>) -> (!torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>) {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %hx = torch.prim.ListConstruct %h, %h1 : !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32> -> !torch.list<tensor>
  %params = torch.prim.ListConstruct %p, %p1, %p2, %p3 : !torch.tensor<[16,3],f32>, !torch.tensor<[?,?],f32>, !torch.tensor<[16],f32>, !torch.tensor<[16],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm.input: its hidden size is unknown}}
  %0, %1, %2 = torch.aten.lstm.input %input, %hx, %params, %true, %int1, %float0.0, %false, %false, %false : !torch.tensor<[5,2,3],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
  return %0, %1, %2 : !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
}

// -----

func.func @states(%input: !torch.tensor<[5,2,3],f32>, %h: !torch.tensor<[1,2,4],f32>, %p: !torch.tensor<[16,3],f32>, %p1: !torch.tensor<[16,4],f32>, %p2: !torch.tensor<[16],f32>, %p3: !torch.tensor<[16],f32>) -> (!torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>) {
  %true = torch.constant true
  %int1 = torch.constant 1 : !torch.int
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %hx = torch.prim.ListConstruct %h : !torch.tensor<[1,2,4],f32> -> !torch.list<tensor>
  %params = torch.prim.ListConstruct %p, %p1, %p2, %p3 : !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.tensor<[16],f32>, !torch.tensor<[16],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm.input: its initial states are not two tensors}}
  %0, %1, %2 = torch.aten.lstm.input %input, %hx, %params, %true, %int1, %float0.0, %false, %false, %false : !torch.tensor<[5,2,3],f32>, !torch.list<tensor>, !torch.list<tensor>, !torch.bool, !torch.int, !torch.float, !torch.bool, !torch.bool, !torch.bool -> !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
  return %0, %1, %2 : !torch.tensor<[5,2,4],f32>, !torch.tensor<[1,2,4],f32>, !torch.tensor<[1,2,4],f32>
}

// -----

func.func @cell(%input: !torch.tensor<[3],f32>, %h: !torch.tensor<[4],f32>, %h1: !torch.tensor<[4],f32>, %w_ih: !torch.tensor<[16,3],f32>, %w_hh: !torch.tensor<[16,4],f32>) -> (!torch.tensor<[4],f32>, !torch.tensor<[4],f32>) {
  %none = torch.constant none
  %hx = torch.prim.ListConstruct %h, %h1 : !torch.tensor<[4],f32>, !torch.tensor<[4],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm_cell: its input is not a batch, or its hidden size is unknown}}
  %0, %1 = torch.aten.lstm_cell %input, %hx, %w_ih, %w_hh, %none, %none : !torch.tensor<[3],f32>, !torch.list<tensor>, !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.none, !torch.none -> !torch.tensor<[4],f32>, !torch.tensor<[4],f32>
  return %0, %1 : !torch.tensor<[4],f32>, !torch.tensor<[4],f32>
}

// -----

func.func @cell_states(%input: !torch.tensor<[2,3],f32>, %h: !torch.tensor<[2,4],f32>, %w_ih: !torch.tensor<[16,3],f32>, %w_hh: !torch.tensor<[16,4],f32>) -> (!torch.tensor<[2,4],f32>, !torch.tensor<[2,4],f32>) {
  %none = torch.constant none
  %hx = torch.prim.ListConstruct %h : !torch.tensor<[2,4],f32> -> !torch.list<tensor>
  // expected-error @below {{cannot convert aten.lstm_cell: its states are not two tensors}}
  %0, %1 = torch.aten.lstm_cell %input, %hx, %w_ih, %w_hh, %none, %none : !torch.tensor<[2,3],f32>, !torch.list<tensor>, !torch.tensor<[16,3],f32>, !torch.tensor<[16,4],f32>, !torch.none, !torch.none -> !torch.tensor<[2,4],f32>, !torch.tensor<[2,4],f32>
  return %0, %1 : !torch.tensor<[2,4],f32>, !torch.tensor<[2,4],f32>
}
