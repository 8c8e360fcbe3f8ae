#!/bin/sh
# Runs the tests of the build in folder $1 with $2 jobs: all of them, or only
# `lit` or only `pytest`. A failure of the first kind does not hide the second.
# LIT_ARGS and PYTEST_ARGS are passed on, as the shell reads them:
# PYTEST_ARGS="-k 'split or stack'".
set -u
cd "$(dirname "$0")/.."
build=$1 jobs=$2 which=${3:-all}
status=0

if [ "$which" != pytest ]; then
  eval "set -- ${LIT_ARGS:-}"
  .venv/bin/python scripts/run-lit.py -j "$jobs" --succinct --verbose \
    --param "build=$PWD/$build" "$@" test || status=1
fi
if [ "$which" != lit ]; then
  eval "set -- ${PYTEST_ARGS:-}"
  TORCH_ONNX_OPT=$PWD/$build/bin/torch-onnx-opt TORCH_ONNX_OPT_NATIVE_DIR=$PWD/$build/python/torch_onnx_opt \
    .venv/bin/python -m pytest -q "$@" || status=1
fi
exit $status
