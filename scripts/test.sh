#!/bin/sh
# Runs the tests of the build in folder $1 with $2 jobs: all of them, or only
# `lit` or only `pytest`. A failure of the first kind does not hide the second.
# LIT_ARGS and PYTEST_ARGS are passed on.
set -u
cd "$(dirname "$0")/.."
build=$1 jobs=$2 which=${3:-all}
status=0

if [ "$which" != pytest ]; then
  # shellcheck disable=SC2086
  .venv/bin/python scripts/run-lit.py -j "$jobs" --succinct \
    --param "build=$PWD/$build" ${LIT_ARGS:-} test || status=1
fi
if [ "$which" != lit ]; then
  # shellcheck disable=SC2086
  TORCH_ONNX_OPT=$PWD/$build/bin/torch-onnx-opt TORCH_ONNX_OPT_NATIVE_DIR=$PWD/$build/python/torch_onnx_opt \
    .venv/bin/python -m pytest -q ${PYTEST_ARGS:-} || status=1
fi
exit $status
