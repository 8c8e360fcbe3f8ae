"""Time, memory and size of the result against PyTorch's own exporters.

    python benchmarks/compare.py [--models resnet50 bert …] [--repeat N]

Everything is measured in this one run, each measurement in a fresh process. Needs
benchmarks/requirements.txt for dynamo=True.
"""

import argparse
import json
import pathlib
import subprocess
import sys

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "python"), str(ROOT)]

import examples  # noqa: E402

#: Column, exporter, and where the model comes from.
MEASUREMENTS = [
    ("ours", "ours", "live"),
    ("dynamo=False", "legacy", "live"),
    ("dynamo=True", "dynamo", "live"),
    ("ours, traced", "ours", "traced"),
    ("dynamo=False, traced", "legacy", "traced"),
]
TITLES = [title for title, _, _ in MEASUREMENTS]

#: The peers have no symbolic for it, or no way to keep it.
WITHOUT_PEERS = {"custom_operator", "custom_operator_decomposed"}

#: A peer that hangs is a peer that fails.
TIMEOUT = 600


def measure(exporter, source, name, repeat):
    """One measurement, or ``{"error": …}``."""
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "_measure.py"),
        exporter,
        source,
        name,
        "--repeat",
        str(repeat if exporter != "dynamo" else min(repeat, 3)),
    ]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return {"error": f"more than {TIMEOUT} s"}
    if run.returncode != 0:
        lines = [line for line in run.stderr.strip().splitlines() if line.strip()]
        return {"error": lines[-1][:120] if lines else f"exit code {run.returncode}"}
    return json.loads(run.stdout.strip().splitlines()[-1])


def value(result, field, scale=1.0, form="{:.3f}"):
    """A field for a table."""
    return "fails" if "error" in result else form.format(result[field] * scale)


def ratio(peer, ours):
    """How many times longer the peer takes."""
    if "error" in peer or "error" in ours:
        return "–"
    return f"{peer['seconds'] / ours['seconds']:.1f}×"


def time_table(results):
    """Seconds, and ratios to ours."""
    table = Table(title="seconds (median), and how many times longer than ours")
    table.add_column("model")
    for title in TITLES:
        table.add_column(title, justify="right")
        if "dynamo" in title:
            table.add_column("ratio", justify="right", style="bold")
    for name, row in results.items():
        cells = []
        for title, _, source in MEASUREMENTS:
            cells.append(value(row[title], "seconds"))
            if "dynamo" in title:
                ours = row["ours" if source == "live" else "ours, traced"]
                cells.append(ratio(row[title], ours))
        table.add_row(name, *cells)
    return table


def memory_table(results):
    """Peak memory above the loaded model, in MB."""
    table = Table(title="peak memory above the loaded model (MB)")
    for title in ("model", "weights", *TITLES, "limit: 50 MB + 5 %"):
        table.add_column(title, justify="left" if title == "model" else "right")
    for name, row in results.items():
        known = [r for r in row.values() if "error" not in r]
        weights = known[0]["weights"] / 1e6 if known else 0
        limit = 50 + 0.05 * weights
        ours = [
            row[t]["memory"] / 1e6
            for t in TITLES
            if t.startswith("ours") and "error" not in row[t]
        ]
        verdict = (
            "–" if not ours else "kept" if max(ours) <= limit else "[red]broken[/red]"
        )
        cells = [value(row[t], "memory", 1e-6, "{:.1f}") for t in TITLES]
        table.add_row(name, f"{weights:.1f}", *cells, f"{limit:.0f} {verdict}")
    return table


def result_table(results):
    """Number of nodes, and the largest difference from PyTorch."""
    table = Table(title="nodes of the model, and largest difference from PyTorch")
    table.add_column("model")
    for title in TITLES:
        table.add_column(title, justify="right")
    for name, row in results.items():
        cells = []
        for title in TITLES:
            result = row[title]
            if "error" in result:
                cells.append("fails")
                continue
            difference = result["difference"]
            text = f"{difference:.0e}" if isinstance(difference, float) else "wrong"
            cells.append(f"{result['nodes']}  {text}")
        table.add_row(name, *cells)
    return table


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [name for name in examples.EXAMPLES if name not in WITHOUT_PEERS]
    parser.add_argument("--models", nargs="+", choices=names, default=names)
    parser.add_argument("--repeat", type=int, default=5, help="exports per measurement")
    parser.add_argument("--json", help="write the measurements to this file, too")
    options = parser.parse_args()

    results = {}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(options.models) * len(MEASUREMENTS))
        for name in options.models:
            results[name] = {}
            for title, exporter, source in MEASUREMENTS:
                progress.update(task, description=f"{name}: {title}")
                if source == "traced" and name in examples.LIVE_ONLY:
                    results[name][title] = {"error": "cannot be traced to an archive"}
                else:
                    results[name][title] = measure(
                        exporter, source, name, options.repeat
                    )
                progress.advance(task)

    console = Console()
    if not console.is_terminal:
        console = Console(width=120)
    for table in (time_table, memory_table, result_table):
        console.print(table(results))
    for name, row in results.items():
        for title, result in row.items():
            if "error" in result:
                console.print(
                    f"{name}, {title}: {result['error']}", style="dim", markup=False
                )
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
