#!/bin/sh
# Configures build/ with a CMake preset (PRESET, "default" if not named) the
# first time, and again only if the checkout or its .venv has moved; ninja
# itself notices changed CMake files.
set -eu
cd "$(dirname "$0")/.."
preset=${1:-default}
build=build
[ "$preset" = default ] || build=build-$preset

cache=$build/CMakeCache.txt
stamp=$build/configured.stamp
if [ -f "$stamp" ] && [ -f "$build/build.ninja" ] &&
   grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$cache" &&
   [ ! .venv/requirements.stamp -nt "$stamp" ]; then
  exit 0
fi
if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$cache"; then
  rm -rf "$build"
fi
cmake --preset "$preset"
touch "$stamp"
