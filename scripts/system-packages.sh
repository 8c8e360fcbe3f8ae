#!/bin/sh
# Installs what the build needs from the system's package manager, and only what
# is missing: nothing is asked of the network, or of sudo, when all is there.
set -eu

required="cmake ninja-build g++ git
  libmlir-19-dev llvm-19-dev mlir-19-tools llvm-19-tools
  libprotobuf-dev protobuf-compiler zlib1g-dev
  python3 python3-venv python3-dev"
# Make builds faster; a system without them is served as well.
optional="ccache mold"

say() { printf '%s\n' "$*" >&2; }

# True if everything the build calls for is there, however it was installed.
have_tools() {
  for tool in cmake ninja c++ git protoc; do
    command -v "$tool" >/dev/null 2>&1 || return 1
  done
  [ -e /usr/lib/llvm-19/lib/cmake/mlir/MLIRConfig.cmake ] || [ -n "${MLIR_DIR:-}" ]
}

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
  have_tools && exit 0
  system=$( (. /etc/os-release && printf '%s' "$PRETTY_NAME") 2>/dev/null || uname -s)
  say "setup: this system ($system) has no apt-get, so its packages can't be installed here."
  say "setup: please install the equivalents of these Debian packages and run make again:"
  for package in $required; do say "  $package"; done
  say "setup: where MLIR 19 is not in /usr/lib/llvm-19, set MLIR_DIR to the folder of"
  say "setup: its MLIRConfig.cmake."
  exit 1
fi

installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=
for package in $required; do installed "$package" || missing="$missing $package"; done
[ -n "$missing" ] || exit 0

as_root() { "$@"; }
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    say "setup: these packages are missing, and installing them needs root (there is no sudo):"
    say "  apt-get install$missing"
    exit 1
  fi
  as_root() { sudo "$@"; }
fi

say "setup: installing system packages:$missing"
as_root apt-get update -q || say "setup: apt-get update failed; trying with the package lists at hand"
for package in $missing; do
  if ! apt-cache show "$package" >/dev/null 2>&1; then
    say "setup: this system's package lists have no '$package'."
    say "setup: Debian 12 (with bookworm-updates) and newer have it."
    exit 1
  fi
done
for package in $optional; do
  if ! installed "$package" && apt-cache show "$package" >/dev/null 2>&1; then
    missing="$missing $package"
  fi
done
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
