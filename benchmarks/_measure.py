"""One measurement in a process of its own; prints it as JSON.

    python benchmarks/_measure.py EXPORTER SOURCE EXAMPLE [--repeat N]

The process makes the model, warms up on a small one, and then exports: the peak of
memory is that of the first export, the time the median of all.
"""

import argparse
import contextlib
import io
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "python"), str(ROOT)]
warnings.simplefilter("ignore")

import onnx  # noqa: E402
import torch  # noqa: E402

import examples  # noqa: E402
import torch_onnx_opt  # noqa: E402
from torch_onnx_opt._signature import Inputs  # noqa: E402
from torch_onnx_opt._trace import inference  # noqa: E402
from torch_onnx_opt.verification import Session, compare, run_eager  # noqa: E402

OPSET = 20


def export_ours(model, arguments, path):
    """torch_onnx_opt.export."""
    torch_onnx_opt.export(model, arguments["args"], path, **_options(arguments))


def export_legacy(model, arguments, path):
    """torch.onnx.export(dynamo=False)."""
    torch.onnx.export(
        model, arguments["args"], path, dynamo=False, **_options(arguments)
    )


def export_dynamo(model, arguments, path):
    """torch.onnx.export(dynamo=True)."""
    with contextlib.redirect_stdout(io.StringIO()):
        torch.onnx.export(
            model,
            arguments["args"],
            path,
            dynamo=True,
            external_data=False,
            verbose=False,
            **_options(arguments),
        )


EXPORTERS = {"ours": export_ours, "legacy": export_legacy, "dynamo": export_dynamo}


class Flat(torch.nn.Module):
    """A model that returns a tuple where the original returns a dict."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, *args):
        outputs = self.inner(*args)
        return tuple(outputs.values()) if isinstance(outputs, dict) else outputs


def _options(arguments):
    return dict(
        input_names=arguments["input_names"][: len(arguments["args"])],
        output_names=arguments["output_names"],
        dynamic_axes=arguments.get("dynamic_axes"),
        opset_version=OPSET,
    )


def _memory(field):
    """VmRSS or VmHWM of this process in bytes."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    return 0


def _reset_peak():
    """Makes VmHWM the present size."""
    pathlib.Path("/proc/self/clear_refs").write_text("5")


def measure(exporter, source, name, repeat):
    """The measurement as a dict."""
    export = EXPORTERS[exporter]
    arguments = examples.load(name)
    model = arguments["model"].eval()
    if source == "traced":
        # The legacy exporter has no dicts in a traced module: nobody gets them.
        model = torch.jit.trace(Flat(model), arguments["args"], check_trace=False)
    with tempfile.TemporaryDirectory() as folder:
        small = examples.load("linear")
        small_model = small["model"].eval()
        if source == "traced":
            small_model = torch.jit.trace(small_model, small["args"])
        export(small_model, small, os.path.join(folder, "small.onnx"))
        with torch.no_grad():
            arguments["model"](*arguments["args"])

        path = os.path.join(folder, "model.onnx")
        before = _memory("VmRSS")
        _reset_peak()
        seconds = []
        for i in range(repeat):
            # Some file systems flush a file that replaces another.
            pathlib.Path(path).unlink(missing_ok=True)
            start = time.perf_counter()
            export(model, arguments, path)
            seconds.append(time.perf_counter() - start)
            if i == 0:
                peak = _memory("VmHWM") - before
            if sum(seconds) > 30:
                break

        nodes = len(onnx.load(path, load_external_data=False).graph.node)
        return dict(
            seconds=statistics.median(seconds),
            memory=peak,
            nodes=nodes,
            weights=sum(
                t.numel() * t.element_size()
                for t in arguments["model"].state_dict().values()
            ),
            difference=_difference(path, arguments),
        )


def _difference(path, arguments):
    """The largest difference of an output from eager PyTorch, or why there is none."""
    model = arguments["model"]
    inputs = Inputs.of(model, arguments["args"], {})
    try:
        session = Session(path)
        with inference(model):
            _, expected = run_eager(model, inputs, inputs.tensors)
        actual = session.run(inputs.tensors)
        return max(compare(a, e).max_abs for a, e in zip(actual, expected))
    except Exception as error:
        return str(error).splitlines()[0]


def main():
    """Runs one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exporter", choices=EXPORTERS)
    parser.add_argument("source", choices=["live", "traced"])
    parser.add_argument("example")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    # Exporters print; the measurement alone goes to the real standard output.
    out, sys.stdout = sys.stdout, sys.stderr
    result = measure(options.exporter, options.source, options.example, options.repeat)
    print(json.dumps(result), file=out)


if __name__ == "__main__":
    main()
