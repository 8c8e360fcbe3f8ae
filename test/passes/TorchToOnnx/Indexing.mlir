// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// A slice of all is nothing.
// CHECK-LABEL: func.func @slice_all
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<9223372036854775807> : tensor<1xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V2:.*]] = onnx.Slice(%[[X]], %[[C0]], %[[C1]], %[[C0]], %[[NONE]])
// CHECK: return %[[V2]]
func.func @slice_all(%arg0: !torch.tensor<[batch,4],f32>) -> (!torch.tensor<[batch,3],f32>) {
  %int9223372036854775807 = torch.constant 9223372036854775807 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.slice.Tensor %arg0, %int1, %int1, %int9223372036854775807, %int1 : !torch.tensor<[batch,4],f32>, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor<[batch,3],f32>
  return %0 : !torch.tensor<[batch,3],f32>
}

// -----

// A negative index.
// CHECK-LABEL: func.func @select_last
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<-1> : tensor<i64>
// CHECK: %[[V1:.*]] = onnx.Gather(%[[X]], %[[C0]]) {axis = 1 : i64}
// CHECK: return %[[V1]]
func.func @select_last(%arg0: !torch.tensor<[batch,4],f32>) -> (!torch.tensor<[batch],f32>) {
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %0 = torch.aten.select.int %arg0, %int1, %int-1 : !torch.tensor<[batch,4],f32>, !torch.int, !torch.int -> !torch.tensor<[batch],f32>
  return %0 : !torch.tensor<[batch],f32>
}

// -----

// One tensor of indices is a Gather.
// CHECK-LABEL: func.func @index_one
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.Gather(%[[X0]], %[[X1]]) {axis = 1 : i64}
// CHECK: return %[[V0]]
func.func @index_one(%arg0: !torch.tensor<[2,5,3],f32>, %arg1: !torch.tensor<[4],i64>) -> (!torch.tensor<[2,4,3],f32>) {
  %none = torch.constant none
  %0 = torch.prim.ListConstruct %none, %arg1 : !torch.none, !torch.tensor<[4],i64> -> !torch.list<optional<tensor>>
  %1 = torch.aten.index.Tensor %arg0, %0 : !torch.tensor<[2,5,3],f32>, !torch.list<optional<tensor>> -> !torch.tensor<[2,4,3],f32>
  return %1 : !torch.tensor<[2,4,3],f32>
}

// -----

// Two side by side take their place.
// CHECK-LABEL: func.func @index_two
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.Unsqueeze(%[[X1]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.Unsqueeze(%[[X2]], %[[C0]])
// CHECK: %[[V3:.*]] = onnx.Concat(%[[V1]], %[[V2]]) {axis = 1 : i64}
// CHECK: %[[V4:.*]] = onnx.Transpose(%[[X0]]) {perm = array<i64: 1, 2, 0>}
// CHECK: %[[V5:.*]] = onnx.GatherND(%[[V4]], %[[V3]])
// CHECK: %[[V6:.*]] = onnx.Transpose(%[[V5]]) {perm = array<i64: 1, 0>}
// CHECK: return %[[V6]]
func.func @index_two(%arg0: !torch.tensor<[2,5,3],f32>, %arg1: !torch.tensor<[4],i64>, %arg2: !torch.tensor<[4],i64>) -> (!torch.tensor<[2,4],f32>) {
  %none = torch.constant none
  %0 = torch.prim.ListConstruct %none, %arg1, %arg2 : !torch.none, !torch.tensor<[4],i64>, !torch.tensor<[4],i64> -> !torch.list<optional<tensor>>
  %1 = torch.aten.index.Tensor %arg0, %0 : !torch.tensor<[2,5,3],f32>, !torch.list<optional<tensor>> -> !torch.tensor<[2,4],f32>
  return %1 : !torch.tensor<[2,4],f32>
}

// -----

// A mask becomes positions.
// CHECK-LABEL: func.func @index_mask
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<i64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<1> : tensor<i64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V3:.*]] = onnx.NonZero(%[[X1]])
// CHECK: %[[V4:.*]] = onnx.Gather(%[[V3]], %[[C0]]) {axis = 0 : i64}
// CHECK: %[[V5:.*]] = onnx.Gather(%[[V3]], %[[C1]]) {axis = 0 : i64}
// CHECK: %[[V6:.*]] = onnx.Unsqueeze(%[[V4]], %[[C2]])
// CHECK: %[[V7:.*]] = onnx.Unsqueeze(%[[V5]], %[[C2]])
// CHECK: %[[V8:.*]] = onnx.Concat(%[[V6]], %[[V7]]) {axis = 1 : i64}
// CHECK: %[[V9:.*]] = onnx.GatherND(%[[X0]], %[[V8]])
// CHECK: return %[[V9]]
func.func @index_mask(%arg0: !torch.tensor<[3,4],f32>, %arg1: !torch.tensor<[3,4],i1>) -> (!torch.tensor<[?],f32>) {
  %0 = torch.prim.ListConstruct %arg1 : !torch.tensor<[3,4],i1> -> !torch.list<optional<tensor>>
  %1 = torch.aten.index.Tensor %arg0, %0 : !torch.tensor<[3,4],f32>, !torch.list<optional<tensor>> -> !torch.tensor<[?],f32>
  return %1 : !torch.tensor<[?],f32>
}

// -----

// Writing a number where a mask is true.
// CHECK-LABEL: func.func @put_mask
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Where(%[[X1]], %[[C0]], %[[X0]])
// CHECK: return %[[V1]]
func.func @put_mask(%arg0: !torch.tensor<[3,4],f32>, %arg1: !torch.tensor<[3,4],i1>) -> (!torch.tensor<[3,4],f32>) {
  %false = torch.constant false
  %tensor = torch.tensor_constant dense<0.000000e+00> : tensor<f32> -> !torch.tensor<[],f32>
  %0 = torch.prim.ListConstruct %arg1 : !torch.tensor<[3,4],i1> -> !torch.list<optional<tensor>>
  %1 = torch.aten.index_put %arg0, %0, %tensor, %false : !torch.tensor<[3,4],f32>, !torch.list<optional<tensor>>, !torch.tensor<[],f32>, !torch.bool -> !torch.tensor<[3,4],f32>
  return %1 : !torch.tensor<[3,4],f32>
}

// -----

// Values are added up.
// CHECK-LABEL: func.func @put_accumulate
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[V1:.*]] = onnx.Unsqueeze(%[[X1]], %[[C0]])
// CHECK: %[[V2:.*]] = onnx.ScatterND(%[[X0]], %[[V1]], %[[X2]]) {reduction = "add"}
// CHECK: return %[[V2]]
func.func @put_accumulate(%arg0: !torch.tensor<[5,4],f32>, %arg1: !torch.tensor<[3],i64>, %arg2: !torch.tensor<[3,4],f32>) -> (!torch.tensor<[5,4],f32>) {
  %true = torch.constant true
  %0 = torch.prim.ListConstruct %arg1 : !torch.tensor<[3],i64> -> !torch.list<optional<tensor>>
  %1 = torch.aten.index_put %arg0, %0, %arg2, %true : !torch.tensor<[5,4],f32>, !torch.list<optional<tensor>>, !torch.tensor<[3,4],f32>, !torch.bool -> !torch.tensor<[5,4],f32>
  return %1 : !torch.tensor<[5,4],f32>
}

// -----

// What is before, what is written, what is after.
// CHECK-LABEL: func.func @slice_scatter
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<1> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<3> : tensor<1xi64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[C3:.*]] = onnx.initializer dense<9223372036854775807> : tensor<1xi64>
// CHECK: %[[V4:.*]] = onnx.Slice(%[[X0]], %[[C2]], %[[C0]], %[[C2]], %[[NONE]])
// CHECK: %[[V5:.*]] = onnx.Slice(%[[X0]], %[[C1]], %[[C3]], %[[C2]], %[[NONE]])
// CHECK: %[[V6:.*]] = onnx.Concat(%[[V4]], %[[X1]], %[[V5]]) {axis = 0 : i64}
// CHECK: return %[[V6]]
func.func @slice_scatter(%arg0: !torch.tensor<[5,4],f32>, %arg1: !torch.tensor<[2,4],f32>) -> (!torch.tensor<[5,4],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %0 = torch.aten.slice_scatter %arg0, %arg1, %int0, %int1, %int3, %int1 : !torch.tensor<[5,4],f32>, !torch.tensor<[2,4],f32>, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor<[5,4],f32>
  return %0 : !torch.tensor<[5,4],f32>
}

// -----

// A choice.
// CHECK-LABEL: func.func @masked_fill
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0xFF800000> : tensor<f32>
// CHECK: %[[V1:.*]] = onnx.Where(%[[X1]], %[[C0]], %[[X0]])
// CHECK: return %[[V1]]
func.func @masked_fill(%arg0: !torch.tensor<[3,4],f32>, %arg1: !torch.tensor<[3,4],i1>) -> (!torch.tensor<[3,4],f32>) {
  %float_neg_inf = torch.constant neg_inf : !torch.float
  %0 = torch.aten.masked_fill.Scalar %arg0, %arg1, %float_neg_inf : !torch.tensor<[3,4],f32>, !torch.tensor<[3,4],i1>, !torch.float -> !torch.tensor<[3,4],f32>
  return %0 : !torch.tensor<[3,4],f32>
}

// -----

// A reduction of ScatterElements.
// CHECK-LABEL: func.func @scatter_add
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor{{.*}}%[[X2:.*]]: tensor
// CHECK: %[[V0:.*]] = onnx.ScatterElements(%[[X0]], %[[X1]], %[[X2]]) {axis = 0 : i64, reduction = "add"}
// CHECK: return %[[V0]]
func.func @scatter_add(%arg0: !torch.tensor<[5,4],f32>, %arg1: !torch.tensor<[2,4],i64>, %arg2: !torch.tensor<[2,4],f32>) -> (!torch.tensor<[5,4],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %0 = torch.aten.scatter_add %arg0, %int0, %arg1, %arg2 : !torch.tensor<[5,4],f32>, !torch.int, !torch.tensor<[2,4],i64>, !torch.tensor<[2,4],f32> -> !torch.tensor<[5,4],f32>
  return %0 : !torch.tensor<[5,4],f32>
}

// -----

// A given range: each element adds 1 to its part, those outside 0 to the first.
// CHECK-LABEL: func.func @histogram
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[ZEROS:.*]] = onnx.initializer dense<0.000000e+00> : tensor<5xf32>
// CHECK: %[[FLAT:.*]] = onnx.Reshape(%[[X]],
// CHECK-NOT: onnx.ReduceMin
// CHECK: %[[INSIDE:.*]] = onnx.And
// CHECK: %[[PART:.*]] = onnx.Min
// CHECK: %[[KEPT:.*]] = onnx.Where(%[[INSIDE]], %[[PART]],
// CHECK: %[[INDEX:.*]] = onnx.Cast(%[[KEPT]])
// CHECK: %[[ONES:.*]] = onnx.Cast(%[[INSIDE]])
// CHECK: %[[Y:.*]] = onnx.ScatterElements(%[[ZEROS]], %[[INDEX]], %[[ONES]]) {axis = 0 : i64, reduction = "add"}
// CHECK: return %[[Y]]
func.func @histogram(%arg0: !torch.tensor<[n,4],f32>) -> (!torch.tensor<[5],f32>) {
  %int5 = torch.constant 5 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.aten.histc %arg0, %int5, %int-1, %int1 : !torch.tensor<[n,4],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[5],f32>
  return %0 : !torch.tensor<[5],f32>
}

// -----

// An empty range stands for that of the elements.
// CHECK-LABEL: func.func @histogram_of_range
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK-NOT: onnx.Reshape
// CHECK: onnx.ReduceMin(%[[X]],
// CHECK: onnx.ReduceMax(%[[X]],
// CHECK: onnx.ScatterElements
func.func @histogram_of_range(%arg0: !torch.tensor<[n],f32>) -> (!torch.tensor<[5],f32>) {
  %int5 = torch.constant 5 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %0 = torch.aten.histc %arg0, %int5, %int0, %int0 : !torch.tensor<[n],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[5],f32>
  return %0 : !torch.tensor<[5],f32>
}

// -----

// A start that is a tensor counts from the end where it is negative.
// CHECK-LABEL: func.func @narrow
// CHECK-SAME: %[[X0:.*]]: tensor{{.*}}%[[X1:.*]]: tensor
// CHECK: %[[START:.*]] = onnx.Unsqueeze(%[[X1]]
// CHECK: %[[NEGATIVE:.*]] = onnx.Less(%[[START]]
// CHECK: %[[WRAP:.*]] = onnx.Where(%[[NEGATIVE]]
// CHECK: %[[BEGIN:.*]] = onnx.Add(%[[START]], %[[WRAP]])
// CHECK: %[[END:.*]] = onnx.Add(%[[BEGIN]]
// CHECK: onnx.Slice(%[[X0]], %[[BEGIN]], %[[END]]
func.func @narrow(%arg0: !torch.tensor<[5,4],f32>, %arg1: !torch.tensor<[],i64>) -> (!torch.tensor<[2,4],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.aten.narrow.Tensor %arg0, %int0, %arg1, %int2 : !torch.tensor<[5,4],f32>, !torch.int, !torch.tensor<[],i64>, !torch.int -> !torch.tensor<[2,4],f32>
  return %0 : !torch.tensor<[2,4],f32>
}

// -----

// A diagonal whose size is open: column - row = offset.
// CHECK-LABEL: func.func @diag_embed
// CHECK-SAME: %[[X0:.*]]: tensor
// CHECK: %[[WIDE:.*]] = onnx.Pad(%[[X0]]
// CHECK: %[[COLUMNS:.*]] = onnx.Range
// CHECK: %[[ROWS:.*]] = onnx.Unsqueeze(%[[COLUMNS]]
// CHECK: %[[OFFSETS:.*]] = onnx.Sub(%[[COLUMNS]], %[[ROWS]])
// CHECK: %[[MASK:.*]] = onnx.Equal(%[[OFFSETS]]
// CHECK: onnx.Where(%[[MASK]]
func.func @diag_embed(%arg0: !torch.tensor<[2,n],f32>) -> (!torch.tensor<[2,n+1,n+1],f32>) {
  %int1 = torch.constant 1 : !torch.int
  %int-2 = torch.constant -2 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %0 = torch.aten.diag_embed %arg0, %int1, %int-2, %int-1 : !torch.tensor<[2,n],f32>, !torch.int, !torch.int, !torch.int -> !torch.tensor<[2,n+1,n+1],f32>
  return %0 : !torch.tensor<[2,n+1,n+1],f32>
}
