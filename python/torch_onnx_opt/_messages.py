"""What PyTorch's errors say, without what surrounds it."""

import re


def essence(error: BaseException) -> str:
    """The text of ``error``, of a TorchScript traceback only what is wrong.

    TorchScript prints its own traceback, with the code of every frame, into the text
    of the exception; the cause stands behind it.
    """
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip()
    if "Traceback of TorchScript" in text:
        cause = r"^(?:\w+\.)*\w*(?:Error|Exception)\b[^:\n]*: "
        parts = re.split(cause, text, flags=re.M)
        text = parts[-1].strip() if len(parts) > 1 else text.splitlines()[-1].strip()
    return text or type(error).__name__


def first_line(error: BaseException) -> str:
    """The first line of what is wrong."""
    return essence(error).splitlines()[0]
