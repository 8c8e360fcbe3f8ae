"""Lets the tests import the package and the examples of this checkout."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

sys.path[:0] = [str(ROOT / "python"), str(ROOT)]
# Programs that the tests start see the same.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT / "python"), str(ROOT), os.environ.get("PYTHONPATH", "")]
).rstrip(os.pathsep)
