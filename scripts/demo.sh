#!/bin/sh
# Converts a real model and prints what happens.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
mkdir -p "$1/demo"
cd "$1/demo"
PYTHONPATH=$root exec "$root/.venv/bin/python" -m examples.resnet
