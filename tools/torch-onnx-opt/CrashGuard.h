//===- CrashGuard.h - A message for a crash in foreign code -----*- C++ -*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_CRASHGUARD_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_CRASHGUARD_H

#include <signal.h>
#include <string>

namespace torchonnx::driver {

/// While it lives, a crash (of LibTorch, on a file that it trusts too much)
/// prints `torch-onnx-opt: error: crashed while <doing>` and ends the process
/// with exit code 1, instead of a signal and a stack trace.
class CrashGuard {
public:
  explicit CrashGuard(const std::string &doing);
  ~CrashGuard();

private:
  static constexpr int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
  struct sigaction previous[sizeof(signals) / sizeof(int)];
};

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_CRASHGUARD_H
