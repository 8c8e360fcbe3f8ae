"""PyTorch models to ONNX files, by a compiler.

    import torch_onnx_opt
    torch_onnx_opt.export(model, (x,), "model.onnx", dynamic_axes={"x": {0: "batch"}})

``python -m torch_onnx_opt --help`` is the same from a shell.
"""

from ._compiler import ConversionError, ConversionWarning
from ._export import ExportResult, export, to_mlir
from .verification import Report, VerificationError, verify

__all__ = [
    "ConversionError",
    "ConversionWarning",
    "ExportResult",
    "Report",
    "VerificationError",
    "export",
    "to_mlir",
    "verify",
]
