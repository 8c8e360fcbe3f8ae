#!/bin/sh
# Makes .venv from the pinned requirements.txt, and does nothing if it is
# there and of these requirements. PYTHON chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# The package in python/ is importable by the environment's interpreter. The path
# is relative, so the checkout can move.
link() {
  for packages in .venv/lib/python3*/site-packages; do
    echo ../../../../python >"$packages/torch_onnx_opt.pth"
  done
}

# The stamp is written last, so an interrupted installation is repeated.
stamp=.venv/requirements.stamp
complete() {
  cmp -s requirements.txt "$stamp" && .venv/bin/python - <<'EOF' 2>/dev/null
import importlib.util, sys
sys.exit(importlib.util.find_spec("torch_onnx_opt") is None)
EOF
}
if complete; then exit 0; fi

# An interpreter serves if it can make environments and has its C headers. A
# `python3` on the path may be a version manager's shim, so it is asked last.
serves() {
  "$1" - <<'EOF' >/dev/null 2>&1
import os, sys, sysconfig, venv, ensurepip
assert (3, 11) <= sys.version_info[:2] <= (3, 14)
assert os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))
EOF
}
python=
for candidate in ${PYTHON:-/usr/bin/python3 python3.11 python3.12 python3.13 python3.14 python3}; do
  if serves "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
  if [ -n "${PYTHON:-}" ]; then
    say "setup: PYTHON=$PYTHON is no Python 3.11 to 3.14 with venv and C headers."
  else
    say "setup: found no Python 3.11 to 3.14 with venv and C headers"
    say "setup: (Debian: apt-get install python3 python3-venv python3-dev)."
    say "setup: PYTHON=/path/to/python3 make ... chooses another."
  fi
  exit 1
fi

say "setup: creating .venv with $("$python" --version) and requirements.txt"
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
  "$python" -m venv --clear .venv
fi
rm -f "$stamp"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
link
cp requirements.txt "$stamp"
