// Dimensions print in their canonical form.
// RUN: torch-onnx-opt --split-input-file %s | FileCheck %s

// CHECK-LABEL: @sums
// CHECK-SAME: !torch.tensor<[batch + seq,4 * batch + 1,0,batch - 1],f32>
func.func @sums(%0: !torch.tensor<[seq + batch,batch * 4 + 1,seq - 1 * seq,-1 + batch],f32>) {
  return
}

// -----

// CHECK-LABEL: @products
// CHECK-SAME: !torch.tensor<[batch * seq,batch * seq,batch * seq + batch],f32>
func.func @products(%0: !torch.tensor<[batch * seq,seq * batch,batch * (seq + 1)],f32>) {
  return
}

// -----

// Stacked divisions become one; whole multiples leave them.
// CHECK-LABEL: @divisions
// CHECK-SAME: !torch.tensor<[floordiv(h, 4),h + floordiv(w, 2),floordiv(h + 3, 4),h],f32>
func.func @divisions(%0: !torch.tensor<[floordiv(floordiv(h, 2), 2),floordiv(2 * h + w, 2),floordiv(floordiv(h + 1, 2) + 1, 2),floordiv(h * w, w)],f32>) {
  return
}

// -----

// CHECK-LABEL: @extremes
// CHECK-SAME: !torch.tensor<[h,h + 1,max(h, w),min(h, 4)],f32>
func.func @extremes(%0: !torch.tensor<[min(h, h + 1),max(h + 1, h),max(w, h),min(h, 4)],f32>) {
  return
}

// -----

// Names that are no identifiers are quoted.
// CHECK-LABEL: @names
// CHECK-SAME: !torch.tensor<["batch size",?],f32>
func.func @names(%0: !torch.tensor<["batch size",?],f32>) {
  return
}
