"""How lit runs the tests of this folder: each `RUN:` line, in lit's own shell.

A test sees `torch-onnx-opt`, `FileCheck`, `not`, `split-file` and `count` by
name, and these substitutions beside lit's own (%s, %t, %S, %{...}):
  %python   the interpreter with PyTorch, onnx and ONNX Runtime
  %plugins  the folder of the example libraries that the build makes
  %examples the folder of the examples
"""

import os

import lit.formats
import lit.util

config.name = "torch-onnx-opt"

# The build's configuration names the tools. When lit is called on a source
# folder, it is looked up in --param build=DIR, or in build/.
if not hasattr(config, "torchonnx_build_dir"):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    build = lit_config.params.get("build", os.path.join(root, "build"))
    site = os.path.join(build, "test", "lit.site.cfg.py")
    if not os.path.exists(site):
        lit_config.fatal(f"{build} holds no build; `make build` makes one")
    lit_config.load_config(config, site)
    raise SystemExit

config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".ts"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.test_exec_root = os.path.join(config.torchonnx_build_dir, "test")

config.environment["PATH"] = os.pathsep.join(
    [
        os.path.join(config.torchonnx_build_dir, "bin"),
        config.llvm_tools_dir,
        config.environment["PATH"],
    ]
)
config.environment["PYTHONPATH"] = os.pathsep.join(
    [os.path.join(config.torchonnx_source_dir, "python"), config.torchonnx_source_dir]
)
config.environment["TORCH_ONNX_OPT_NATIVE_DIR"] = os.path.join(
    config.torchonnx_build_dir, "python", "torch_onnx_opt"
)
# Failures show the input and what was expected of it.
config.environment["FILECHECK_OPTS"] = "--dump-input-filter=error"
# A test is one small process; more threads only compete.
config.environment["OMP_NUM_THREADS"] = "1"

config.substitutions.append(("%python", config.python))
config.substitutions.append(
    ("%plugins", os.path.join(config.torchonnx_build_dir, "lib"))
)
config.substitutions.append(
    ("%examples", os.path.join(config.torchonnx_source_dir, "examples"))
)
