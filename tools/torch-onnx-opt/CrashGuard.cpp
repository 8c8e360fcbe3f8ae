//===- CrashGuard.cpp - A message for a crash in foreign code -------------===//

#include "CrashGuard.h"

#include <unistd.h>

using namespace torchonnx::driver;

// A signal handler can't allocate: the message is made beforehand.
static std::string message;

static void endProcess(int) {
  ssize_t written = write(STDERR_FILENO, message.data(), message.size());
  (void)written;
  _exit(1);
}

CrashGuard::CrashGuard(const std::string &doing) {
  message = "torch-onnx-opt: error: crashed while " + doing + "\n";
  struct sigaction action = {};
  action.sa_handler = endProcess;
  // A stack that has overflowed can't run the handler; LLVM has set up another.
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < std::size(signals); ++i)
    sigaction(signals[i], &action, &previous[i]);
}

CrashGuard::~CrashGuard() {
  for (size_t i = 0; i < std::size(signals); ++i)
    sigaction(signals[i], &previous[i], nullptr);
}
