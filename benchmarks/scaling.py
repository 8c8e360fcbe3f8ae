"""How time and memory grow with the number of operators.

    python benchmarks/scaling.py [--ops 1000 3000 10000 30000] [--peer-limit 4000]

The model is a chain of Linear and ReLU. A linear compiler shows the same time per
operator in every row; the last column is the growth of the time over the growth of
the model since the first row.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time
import warnings

from rich.console import Console
from rich.table import Table

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "python"), str(ROOT)]
warnings.simplefilter("ignore")

import torch  # noqa: E402
from torch import nn  # noqa: E402

import torch_onnx_opt  # noqa: E402


def chain(operators):
    """A model of that many operators, in nested blocks as real ones have."""
    torch.manual_seed(0)
    layers = [nn.Sequential(nn.Linear(8, 8), nn.ReLU()) for _ in range(operators // 2)]
    blocks = [nn.Sequential(*layers[i : i + 50]) for i in range(0, len(layers), 50)]
    return nn.Sequential(*blocks).eval()


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--ops", type=int, nargs="+", default=[1000, 3000, 10000, 30000]
    )
    parser.add_argument(
        "--peer-limit",
        type=int,
        default=4000,
        help="the largest model for torch.onnx.export(dynamo=False), live and traced",
    )
    options = parser.parse_args()

    table = Table(title="a chain of Linear and ReLU, seconds")
    for heading in (
        "operators",
        "trace",
        "compile",
        "µs per operator",
        "growth",
        "dynamo=False",
        "ratio",
        "traced: ours",
        "dynamo=False",
        "ratio",
    ):
        table.add_column(heading, justify="right")
    x = torch.randn(2, 8)
    first = None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        torch_onnx_opt.export(chain(4), (x,), path)
        for count in options.ops:
            model = chain(count)
            result = torch_onnx_opt.export(
                model, (x,), path, input_names=["x"], dynamic_axes={"x": {0: "batch"}}
            )
            first = first or (count, result.compile_seconds)
            growth = (result.compile_seconds / first[1]) / (count / first[0])
            cells = [
                f"{count}",
                f"{result.trace_seconds:.2f}",
                f"{result.compile_seconds:.2f}",
                f"{result.compile_seconds / count * 1e6:.1f}",
                f"{growth:.2f}",
            ]
            if count <= options.peer_limit:
                ours = result.trace_seconds + result.compile_seconds
                peer = seconds(lambda: legacy(model, x, path))
                cells += [f"{peer:.2f}", f"{peer / ours:.1f}×"]
                traced = torch.jit.trace(model, x, check_trace=False)
                ours = seconds(lambda: torch_onnx_opt.export(traced, (x,), path))
                peer = seconds(lambda: legacy(traced, x, path))
                cells += [f"{ours:.2f}", f"{peer:.2f}", f"{peer / ours:.1f}×"]
            else:
                cells += [""] * 5
            table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def legacy(model, x, path):
    """The peer."""
    torch.onnx.export(model, (x,), path, dynamo=False, opset_version=20)


def seconds(function):
    """How long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
