"""A sign of life while something takes its time."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console


@contextlib.contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """Shows a spinner on a terminal, nothing elsewhere.

    The body gets a function that replaces the text.
    """
    console = Console(stderr=True)
    if not (console.is_terminal and sys.stderr.isatty()):
        yield lambda text: None
        return
    with console.status(text) as status:
        yield status.update
