#!/bin/sh
# clang-format over all C++ sources of the project.
set -eu
cd "$(dirname "$0")/.."
for format in clang-format-19 /usr/lib/llvm-19/bin/clang-format clang-format; do
  if command -v "$format" >/dev/null 2>&1; then
    git ls-files -z '*.cpp' '*.h' | xargs -0 "$format" -i
    exit 0
  fi
done
echo "format: clang-format is not installed (Debian: apt-get install clang-format-19)" >&2
exit 1
