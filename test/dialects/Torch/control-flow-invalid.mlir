// RUN: torch-onnx-opt %s -split-input-file -verify-diagnostics

func.func @yield_type(%c: !torch.bool, %a: !torch.int, %s: !torch.str) {
  %0 = torch.prim.If %c -> (!torch.int) {
    torch.prim.yield %a : !torch.int
  } else {
    // expected-error @+1 {{'torch.prim.yield' op value #0 has the type '!torch.str' instead of '!torch.int'}}
    torch.prim.yield %s : !torch.str
  }
  return
}

// -----

func.func @yield_count(%c: !torch.bool, %a: !torch.int) {
  %0 = torch.prim.If %c -> (!torch.int) {
    // expected-error @+1 {{'torch.prim.yield' op has 2 values instead of 1}}
    torch.prim.yield %a, %a : !torch.int, !torch.int
  } else {
    torch.prim.yield %a : !torch.int
  }
  return
}

// -----

func.func @round(%max: !torch.int, %go: !torch.bool) {
  // expected-error @+1 {{has a body whose first argument is not the round, an !torch.int}}
  torch.prim.Loop %max, %go, init() : () -> () {
    torch.prim.loop_condition %go
  }
  return
}

// -----

func.func @carried(%max: !torch.int, %go: !torch.bool, %a: !torch.str) {
  // expected-error @+1 {{carried argument #0 has the type '!torch.int' instead of '!torch.str'}}
  %0 = torch.prim.Loop %max, %go, init(%a) : (!torch.str) -> !torch.str {
  ^bb0(%i: !torch.int, %c: !torch.int):
    torch.prim.loop_condition %go, iter(%a) : !torch.str
  }
  return
}

// -----

func.func @next(%max: !torch.int, %go: !torch.bool, %a: !torch.str) {
  %0 = torch.prim.Loop %max, %go, init(%a) : (!torch.str) -> !torch.str {
  ^bb0(%i: !torch.int, %c: !torch.str):
    // expected-error @+1 {{'torch.prim.loop_condition' op value #0 has the type '!torch.int' instead of '!torch.str'}}
    torch.prim.loop_condition %go, iter(%i) : !torch.int
  }
  return
}

// -----

func.func @branch(%c: !torch.bool) {
  // expected-error @+1 {{'torch.prim.If' op has a branch that does not end in torch.prim.yield}}
  "torch.prim.If"(%c) ({
    "torch.prim.loop_condition"(%c) : (!torch.bool) -> ()
  }, {
    torch.prim.yield
  }) : (!torch.bool) -> ()
  return
}

// -----

func.func @body(%n: !torch.int, %c: !torch.bool) {
  // expected-error @+1 {{'torch.prim.Loop' op has a body that does not end in torch.prim.loop_condition}}
  "torch.prim.Loop"(%n, %c) ({
  ^bb0(%i: !torch.int):
    torch.prim.yield
  }) : (!torch.int, !torch.bool) -> ()
  return
}

// -----

func.func @initial(%n: !torch.int, %c: !torch.bool) {
  // expected-error @+1 {{'torch.prim.Loop' op initial value #0 has the type '!torch.int' instead of '!torch.float'}}
  %0 = "torch.prim.Loop"(%n, %c, %n) ({
  ^bb0(%i: !torch.int, %x: !torch.float):
    "torch.prim.loop_condition"(%c, %x) : (!torch.bool, !torch.float) -> ()
  }) : (!torch.int, !torch.bool, !torch.int) -> !torch.float
  return
}
