// Fourier transforms.

// fft2(x) = fft(fft(x, dim1), dim0)
func.func @aten.fft_fft2(%self: !torch.tensor, %s: !torch.any, %dim: !torch.list<int>, %norm: !torch.any) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %is_whole = torch.aten.__is__ %s, %none : !torch.any, !torch.none -> !torch.bool
  %size0, %size1 = torch.prim.If %is_whole -> (!torch.any, !torch.any) {
    torch.prim.yield %none, %none : !torch.none, !torch.none
  } else {
    %s0 = torch.aten.__getitem__.t %s, %int0 : !torch.any, !torch.int -> !torch.int
    %s1 = torch.aten.__getitem__.t %s, %int1 : !torch.any, !torch.int -> !torch.int
    torch.prim.yield %s0, %s1 : !torch.int, !torch.int
  }
  %dim0 = torch.aten.__getitem__.t %dim, %int0 : !torch.list<int>, !torch.int -> !torch.int
  %dim1 = torch.aten.__getitem__.t %dim, %int1 : !torch.list<int>, !torch.int -> !torch.int
  %half = torch.aten.fft_fft %self, %size1, %dim1, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  %result = torch.aten.fft_fft %half, %size0, %dim0, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  return %result : !torch.tensor
}

// ifft2(x) = ifft(ifft(x, dim1), dim0)
func.func @aten.fft_ifft2(%self: !torch.tensor, %s: !torch.any, %dim: !torch.list<int>, %norm: !torch.any) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %is_whole = torch.aten.__is__ %s, %none : !torch.any, !torch.none -> !torch.bool
  %size0, %size1 = torch.prim.If %is_whole -> (!torch.any, !torch.any) {
    torch.prim.yield %none, %none : !torch.none, !torch.none
  } else {
    %s0 = torch.aten.__getitem__.t %s, %int0 : !torch.any, !torch.int -> !torch.int
    %s1 = torch.aten.__getitem__.t %s, %int1 : !torch.any, !torch.int -> !torch.int
    torch.prim.yield %s0, %s1 : !torch.int, !torch.int
  }
  %dim0 = torch.aten.__getitem__.t %dim, %int0 : !torch.list<int>, !torch.int -> !torch.int
  %dim1 = torch.aten.__getitem__.t %dim, %int1 : !torch.list<int>, !torch.int -> !torch.int
  %half = torch.aten.fft_ifft %self, %size1, %dim1, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  %result = torch.aten.fft_ifft %half, %size0, %dim0, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  return %result : !torch.tensor
}

// rfft2(x) = fft(rfft(x, dim1), dim0)
func.func @aten.fft_rfft2(%self: !torch.tensor, %s: !torch.any, %dim: !torch.list<int>, %norm: !torch.any) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %is_whole = torch.aten.__is__ %s, %none : !torch.any, !torch.none -> !torch.bool
  %size0, %size1 = torch.prim.If %is_whole -> (!torch.any, !torch.any) {
    torch.prim.yield %none, %none : !torch.none, !torch.none
  } else {
    %s0 = torch.aten.__getitem__.t %s, %int0 : !torch.any, !torch.int -> !torch.int
    %s1 = torch.aten.__getitem__.t %s, %int1 : !torch.any, !torch.int -> !torch.int
    torch.prim.yield %s0, %s1 : !torch.int, !torch.int
  }
  %dim0 = torch.aten.__getitem__.t %dim, %int0 : !torch.list<int>, !torch.int -> !torch.int
  %dim1 = torch.aten.__getitem__.t %dim, %int1 : !torch.list<int>, !torch.int -> !torch.int
  %half = torch.aten.fft_rfft %self, %size1, %dim1, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  %result = torch.aten.fft_fft %half, %size0, %dim0, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  return %result : !torch.tensor
}

// irfft2(x) = irfft(ifft(x, dim0), dim1)
func.func @aten.fft_irfft2(%self: !torch.tensor, %s: !torch.any, %dim: !torch.list<int>, %norm: !torch.any) -> !torch.tensor {
  %int0 = torch.constant 0 : !torch.int
  %int1 = torch.constant 1 : !torch.int
  %none = torch.constant none
  %is_whole = torch.aten.__is__ %s, %none : !torch.any, !torch.none -> !torch.bool
  %size0, %size1 = torch.prim.If %is_whole -> (!torch.any, !torch.any) {
    torch.prim.yield %none, %none : !torch.none, !torch.none
  } else {
    %s0 = torch.aten.__getitem__.t %s, %int0 : !torch.any, !torch.int -> !torch.int
    %s1 = torch.aten.__getitem__.t %s, %int1 : !torch.any, !torch.int -> !torch.int
    torch.prim.yield %s0, %s1 : !torch.int, !torch.int
  }
  %dim0 = torch.aten.__getitem__.t %dim, %int0 : !torch.list<int>, !torch.int -> !torch.int
  %dim1 = torch.aten.__getitem__.t %dim, %int1 : !torch.list<int>, !torch.int -> !torch.int
  %half = torch.aten.fft_ifft %self, %size0, %dim0, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  %result = torch.aten.fft_irfft %half, %size1, %dim1, %norm : !torch.tensor, !torch.any, !torch.int, !torch.any -> !torch.tensor
  return %result : !torch.tensor
}
