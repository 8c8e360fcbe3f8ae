// Sizes of dynamic inputs stay expressions.
// RUN: torch-onnx-opt --infer-shapes --split-input-file %s | FileCheck %s

// CHECK-LABEL: @arithmetic_on_sizes_folds
// CHECK-SAME: -> !torch.tensor<[batch * seq,768],f32>
func.func @arithmetic_on_sizes_folds(%x: !torch.tensor<[batch,seq,768],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %int-1 = torch.constant -1 : !torch.int
  %b = torch.aten.size.int %x, %int0 : !torch.tensor<[batch,seq,768],f32>, !torch.int -> !torch.int
  %s = torch.aten.size.int %x, %int1 : !torch.tensor<[batch,seq,768],f32>, !torch.int -> !torch.int
  %bt = torch.prim.NumToTensor.Scalar %b : !torch.int -> !torch.tensor
  %st = torch.prim.NumToTensor.Scalar %s : !torch.int -> !torch.tensor
  %nt = torch.aten.mul.Tensor %bt, %st : !torch.tensor, !torch.tensor -> !torch.tensor
  %n = torch.aten.Int.Tensor %nt : !torch.tensor -> !torch.int
  %sizes = torch.prim.ListConstruct %n, %int-1 : !torch.int, !torch.int -> !torch.list<int>
  // CHECK-NOT: NumToTensor
  // CHECK: torch.aten.view
  // CHECK-SAME: -> !torch.tensor<[batch * seq,768],f32>
  %y = torch.aten.view %x, %sizes : !torch.tensor<[batch,seq,768],f32>, !torch.list<int> -> !torch.tensor
  return %y : !torch.tensor
}

// -----

// CHECK-LABEL: @convolution
// CHECK-SAME: -> !torch.tensor<[batch,8,floordiv(h + 1, 2),113],f32>
func.func @convolution(%x: !torch.tensor<[batch,3,h,225],f32>, %w: !torch.tensor<[8,3,3,3],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %none = torch.constant none
  %stride = torch.prim.ListConstruct %int2, %int2 : !torch.int, !torch.int -> !torch.list<int>
  %ones = torch.prim.ListConstruct %int1, %int1 : !torch.int, !torch.int -> !torch.list<int>
  %y = torch.aten.conv2d %x, %w, %none, %stride, %ones, %ones, %int1 : !torch.tensor<[batch,3,h,225],f32>, !torch.tensor<[8,3,3,3],f32>, !torch.none, !torch.list<int>, !torch.list<int>, !torch.list<int>, !torch.int -> !torch.tensor
  return %y : !torch.tensor
}

// -----

// Of two different symbols either may be 1, so nothing is known of the result.
// CHECK-LABEL: @broadcast
// CHECK-SAME: -> !torch.tensor<[?,4],f32>
func.func @broadcast(%x: !torch.tensor<[a,1],f32>, %y: !torch.tensor<[b,4],f32>) -> !torch.tensor {
  %int1 = torch.constant 1 : !torch.int
  %z = torch.aten.add.Tensor %x, %y, %int1 : !torch.tensor<[a,1],f32>, !torch.tensor<[b,4],f32>, !torch.int -> !torch.tensor
  return %z : !torch.tensor
}

// -----

// A branch on the rank is resolved.
// CHECK-LABEL: @branch_on_rank
// CHECK-NOT: prim.If
// CHECK: torch.aten.relu
func.func @branch_on_rank(%x: !torch.tensor<[batch,3],f32>) -> !torch.tensor {
  %int2 = torch.constant 2 : !torch.int
  %dim = torch.aten.dim %x : !torch.tensor<[batch,3],f32> -> !torch.int
  %is2 = torch.aten.eq.int %dim, %int2 : !torch.int, !torch.int -> !torch.bool
  %r = torch.prim.If %is2 -> (!torch.tensor) {
    %y = torch.aten.relu %x : !torch.tensor<[batch,3],f32> -> !torch.tensor
    torch.prim.yield %y : !torch.tensor
  } else {
    %y = torch.aten.sigmoid %x : !torch.tensor<[batch,3],f32> -> !torch.tensor
    torch.prim.yield %y : !torch.tensor
  }
  return %r : !torch.tensor
}

// -----

// A Python number does not raise the dtype of a tensor of its kind.
// CHECK-LABEL: @promotion
// CHECK: torch.aten.mul.Scalar {{.*}} -> !torch.tensor<[4],f16>
// CHECK: torch.aten.mul.Scalar {{.*}} -> !torch.tensor<[4],f32>
func.func @promotion(%x: !torch.tensor<[4],f16>, %i: !torch.tensor<[4],i32>) -> (!torch.tensor, !torch.tensor) {
  %float1.5 = torch.constant 1.5 : !torch.float
  %a = torch.aten.mul.Scalar %x, %float1.5 : !torch.tensor<[4],f16>, !torch.float -> !torch.tensor
  %b = torch.aten.mul.Scalar %i, %float1.5 : !torch.tensor<[4],i32>, !torch.float -> !torch.tensor
  return %a, %b : !torch.tensor, !torch.tensor
}

// -----

// A table cut to a length has that length where it is added.
// CHECK-LABEL: @cut_table
// CHECK-SAME: -> !torch.tensor<[batch,seq,8],f32>
func.func @cut_table(%x: !torch.tensor<[batch,seq,8],f32>, %table: !torch.tensor<[512,8],f32>) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %seq = torch.aten.size.int %x, %int1 : !torch.tensor<[batch,seq,8],f32>, !torch.int -> !torch.int
  %cut = torch.aten.slice.Tensor %table, %int0, %int0, %seq, %int1 : !torch.tensor<[512,8],f32>, !torch.int, !torch.int, !torch.int, !torch.int -> !torch.tensor
  %sum = torch.aten.add.Tensor %x, %cut, %int1 : !torch.tensor<[batch,seq,8],f32>, !torch.tensor, !torch.int -> !torch.tensor
  return %sum : !torch.tensor
}
