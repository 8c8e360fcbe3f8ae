// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx | FileCheck %s

// 0 copies and -1 takes what is left: no shape is computed.
// CHECK-LABEL: func.func @view_dynamic
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0, 0, 2, 4]> : tensor<4xi64>
// CHECK: %[[V1:.*]] = onnx.Reshape(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @view_dynamic(%arg0: !torch.tensor<[batch,seq,8],f32>) -> (!torch.tensor<[batch,seq,2,4],f32>) {
  %int2 = torch.constant 2 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %batch = torch.symbolic_int #symbolic.dim<batch> : !torch.int
  %seq = torch.symbolic_int #symbolic.dim<seq> : !torch.int
  %0 = torch.prim.ListConstruct %batch, %seq, %int2, %int4 : !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.view %arg0, %0 : !torch.tensor<[batch,seq,8],f32>, !torch.list<int> -> !torch.tensor<[batch,seq,2,4],f32>
  return %1 : !torch.tensor<[batch,seq,2,4],f32>
}

// -----

// One dimension is left over.
// CHECK-LABEL: func.func @view_merged
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[-1, 8]> : tensor<2xi64>
// CHECK: %[[V1:.*]] = onnx.Reshape(%[[X]], %[[C0]])
// CHECK: return %[[V1]]
func.func @view_merged(%arg0: !torch.tensor<[batch,seq,8],f32>) -> (!torch.tensor<[batch * seq,8],f32>) {
  %int8 = torch.constant 8 : !torch.int
  %dim = torch.symbolic_int #symbolic.dim<batch * seq> : !torch.int
  %0 = torch.prim.ListConstruct %dim, %int8 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.view %arg0, %0 : !torch.tensor<[batch,seq,8],f32>, !torch.list<int> -> !torch.tensor<[batch * seq,8],f32>
  return %1 : !torch.tensor<[batch * seq,8],f32>
}

// -----

// Where 0 and -1 do not say it, a size comes from the input.
// CHECK-LABEL: func.func @view_swapped
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0, -1, 4]> : tensor<3xi64>
// CHECK: %[[V1:.*]] = onnx.Transpose(%[[X]]) {perm = array<i64: 1, 0, 2>}
// CHECK: %[[V2:.*]] = onnx.Reshape(%[[V1]], %[[C0]])
// CHECK: return %[[V2]]
func.func @view_swapped(%arg0: !torch.tensor<[batch,seq,8],f32>) -> (!torch.tensor<[seq,2 * batch,4],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %seq = torch.symbolic_int #symbolic.dim<seq> : !torch.int
  %dim = torch.symbolic_int #symbolic.dim<2 * batch> : !torch.int
  %0 = torch.aten.transpose.int %arg0, %int0, %int1 : !torch.tensor<[batch,seq,8],f32>, !torch.int, !torch.int -> !torch.tensor<[seq,batch,8],f32>
  %1 = torch.prim.ListConstruct %seq, %dim, %int4 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %2 = torch.aten.reshape %0, %1 : !torch.tensor<[seq,batch,8],f32>, !torch.list<int> -> !torch.tensor<[seq,2 * batch,4],f32>
  return %2 : !torch.tensor<[seq,2 * batch,4],f32>
}

// -----

// The last part has what is left.
// CHECK-LABEL: func.func @split_symbolic
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<-1> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<2> : tensor<1xi64>
// CHECK: %[[V2:.*]] = onnx.Shape(%[[X]]) {end = 1 : i64}
// CHECK: %[[V3:.*]] = onnx.Mul(%[[V2]], %[[C0]])
// CHECK: %[[V4:.*]] = onnx.Mod(%[[V3]], %[[C1]])
// CHECK: %[[V5:.*]] = onnx.Sub(%[[V3]], %[[V4]])
// CHECK: %[[V6:.*]] = onnx.Div(%[[V5]], %[[C1]])
// CHECK: %[[V7:.*]] = onnx.Mul(%[[V6]], %[[C0]])
// CHECK: %[[V8:.*]] = onnx.Mul(%[[V2]], %[[C0]])
// CHECK: %[[V9:.*]] = onnx.Mod(%[[V8]], %[[C1]])
// CHECK: %[[V10:.*]] = onnx.Sub(%[[V8]], %[[V9]])
// CHECK: %[[V11:.*]] = onnx.Div(%[[V10]], %[[C1]])
// CHECK: %[[V12:.*]] = onnx.Add(%[[V2]], %[[V11]])
// CHECK: %[[V13:.*]] = onnx.Concat(%[[V7]], %[[V12]]) {axis = 0 : i64}
// CHECK: %[[V14:.*]]:2 = onnx.Split(%[[X]], %[[V13]]) {axis = 0 : i64}
// CHECK: return %[[V14]]#0, %[[V14]]#1
func.func @split_symbolic(%arg0: !torch.tensor<[n,4],f32>) -> (!torch.tensor<[-1 * floordiv(-1 * n, 2),4],f32>, !torch.tensor<[n + floordiv(-1 * n, 2),4],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.aten.chunk %arg0, %int2, %int0 : !torch.tensor<[n,4],f32>, !torch.int, !torch.int -> !torch.list<tensor>
  %1:2 = torch.prim.ListUnpack %0 : !torch.list<tensor> -> !torch.tensor<[-1 * floordiv(-1 * n, 2),4],f32>, !torch.tensor<[n + floordiv(-1 * n, 2),4],f32>
  return %1#0, %1#1 : !torch.tensor<[-1 * floordiv(-1 * n, 2),4],f32>, !torch.tensor<[n + floordiv(-1 * n, 2),4],f32>
}

// -----

// A slice with step -1.
// CHECK-LABEL: func.func @flip
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<-1> : tensor<1xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<-9223372036854775808> : tensor<1xi64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[V3:.*]] = onnx.Slice(%[[X]], %[[C0]], %[[C1]], %[[C2]], %[[C0]])
// CHECK: return %[[V3]]
func.func @flip(%arg0: !torch.tensor<[3,4],f32>) -> (!torch.tensor<[3,4],f32>) {
  %int0 = torch.constant 0 : !torch.int
  %0 = torch.prim.ListConstruct %int0 : !torch.int -> !torch.list<int>
  %1 = torch.aten.flip %arg0, %0 : !torch.tensor<[3,4],f32>, !torch.list<int> -> !torch.tensor<[3,4],f32>
  return %1 : !torch.tensor<[3,4],f32>
}

// -----

// Starts first, then ends.
// CHECK-LABEL: func.func @pad
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0, 3, 1, 0, 4, 2]> : tensor<6xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<5.000000e+00> : tensor<f32>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V2:.*]] = onnx.Pad(%[[X]], %[[C0]], %[[C1]], %[[NONE]]) {mode = "constant"}
// CHECK: return %[[V2]]
func.func @pad(%arg0: !torch.tensor<[2,3,4],f32>) -> (!torch.tensor<[2,10,7],f32>) {
  %str_constant = torch.constant "constant"
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %int4 = torch.constant 4 : !torch.int
  %float5.0 = torch.constant 5.0 : !torch.float
  %0 = torch.prim.ListConstruct %int1, %int2, %int3, %int4 : !torch.int, !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.pad %arg0, %0, %str_constant, %float5.0 : !torch.tensor<[2,3,4],f32>, !torch.list<int>, !torch.str, !torch.float -> !torch.tensor<[2,10,7],f32>
  return %1 : !torch.tensor<[2,10,7],f32>
}

// -----

// Reflection by its name.
// CHECK-LABEL: func.func @pad_bool
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[0, 0, 1, 0, 0, 2]> : tensor<6xi64>
// CHECK: %[[NONE:.*]] = onnx.none
// CHECK: %[[V1:.*]] = onnx.Pad(%[[X]], %[[C0]], %[[NONE]], %[[NONE]]) {mode = "reflect"}
// CHECK: return %[[V1]]
func.func @pad_bool(%arg0: !torch.tensor<[2,3,4],f32>) -> (!torch.tensor<[2,3,7],f32>) {
  %none = torch.constant none
  %str_reflect = torch.constant "reflect"
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.prim.ListConstruct %int1, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.pad %arg0, %0, %str_reflect, %none : !torch.tensor<[2,3,4],f32>, !torch.list<int>, !torch.str, !torch.none -> !torch.tensor<[2,3,7],f32>
  return %1 : !torch.tensor<[2,3,7],f32>
}

// -----

// New axes come first.
// CHECK-LABEL: func.func @repeat
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<[2, 3, 1]> : tensor<3xi64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<0> : tensor<1xi64>
// CHECK: %[[V2:.*]] = onnx.Unsqueeze(%[[X]], %[[C1]])
// CHECK: %[[V3:.*]] = onnx.Tile(%[[V2]], %[[C0]])
// CHECK: return %[[V3]]
func.func @repeat(%arg0: !torch.tensor<[3,4],f32>) -> (!torch.tensor<[2,9,4],f32>) {
  %int2 = torch.constant 2 : !torch.int
  %int3 = torch.constant 3 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %0 = torch.prim.ListConstruct %int2, %int3, %int1 : !torch.int, !torch.int, !torch.int -> !torch.list<int>
  %1 = torch.aten.repeat %arg0, %0 : !torch.tensor<[3,4],f32>, !torch.list<int> -> !torch.tensor<[2,9,4],f32>
  return %1 : !torch.tensor<[2,9,4],f32>
}

// -----

// Each element is gathered.
// CHECK-LABEL: func.func @unbind
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[C0:.*]] = onnx.initializer dense<0> : tensor<i64>
// CHECK: %[[C1:.*]] = onnx.initializer dense<1> : tensor<i64>
// CHECK: %[[C2:.*]] = onnx.initializer dense<2> : tensor<i64>
// CHECK: %[[V3:.*]] = onnx.Gather(%[[X]], %[[C0]]) {axis = 1 : i64}
// CHECK: %[[V4:.*]] = onnx.Gather(%[[X]], %[[C1]]) {axis = 1 : i64}
// CHECK: %[[V5:.*]] = onnx.Gather(%[[X]], %[[C2]]) {axis = 1 : i64}
// CHECK: return %[[V3]], %[[V4]], %[[V5]]
func.func @unbind(%arg0: !torch.tensor<[2,3],f32>) -> (!torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.tensor<[2],f32>) {
  %int1 = torch.constant 1 : !torch.int
  %int0 = torch.constant 0 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %0 = torch.aten.select.int %arg0, %int1, %int0 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor<[2],f32>
  %1 = torch.aten.select.int %arg0, %int1, %int1 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor<[2],f32>
  %2 = torch.aten.select.int %arg0, %int1, %int2 : !torch.tensor<[2,3],f32>, !torch.int, !torch.int -> !torch.tensor<[2],f32>
  return %0, %1, %2 : !torch.tensor<[2],f32>, !torch.tensor<[2],f32>, !torch.tensor<[2],f32>
}
