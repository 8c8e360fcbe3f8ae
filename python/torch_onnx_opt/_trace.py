"""A live module as a TorchScript graph.

``torch.jit.trace`` spends most of its time in wrapping modules. This records the
graph alone: parameters and buffers are graph inputs after the model's own, and the
compiler binds the tensors to them.
"""

import contextlib
import dataclasses
import warnings
from collections.abc import Iterator

import torch
from torch import nn

from ._signature import Inputs, flatten_outputs, unique


@dataclasses.dataclass
class Trace:
    """A graph, the tensors of its last inputs by name, and its outputs' names."""

    graph: torch._C.Graph
    weights: list[tuple[str, torch.Tensor]]
    output_names: list[str]


@contextlib.contextmanager
def inference(model: nn.Module, training: bool = False) -> Iterator[None]:
    """Runs the body with ``model`` ready for inference, then leaves it as it was.

    Modules are in eval mode (unless ``training``), no gradient is recorded, and
    what ``forward`` writes into buffers is undone.
    """
    modes = [(module, module.training) for module in model.modules()]
    saved = [(b, b._version, b.detach().clone()) for b in model.buffers()]
    if not training:
        model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for module, mode in modes:
            module.training = mode
        with torch.no_grad():
            for buffer, version, value in saved:
                if buffer._version != version:
                    buffer.copy_(value)


def weights_of(model: nn.Module) -> list[tuple[str, torch.Tensor]]:
    """Every parameter and buffer once, under its first dotted name."""
    named: dict[int, tuple[str, torch.Tensor]] = {}
    for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
        named.setdefault(id(tensor), (name, tensor))
    order = {name: i for i, name in enumerate(model.state_dict(keep_vars=True))}
    return sorted(named.values(), key=lambda item: order.get(item[0], len(order)))


def has_script_children(model: nn.Module) -> bool:
    """Whether a part of ``model`` is TorchScript, which a bare graph cannot call."""
    return any(isinstance(m, torch.jit.ScriptModule) for m in model.modules())


def trace(model: nn.Module, inputs: Inputs) -> Trace:
    """Records one run of ``model``; the caller chose its mode with ``inference``."""
    weights = weights_of(model)
    # A tensor that is two inputs at once, or an input and a weight, would be one
    # value of the graph; the model may also write into its inputs.
    tensors = [tensor.detach().clone() for tensor in inputs.tensors]
    output_names: list[str] = []

    def run(*values: torch.Tensor):
        args, kwargs = inputs.call(values[: len(tensors)])
        names, outputs = flatten_outputs(model(*args, **kwargs))
        output_names.extend(names)
        return outputs[0] if len(outputs) == 1 else tuple(outputs)

    with _scopes(model), _decomposed_attention(), _user_warnings():
        graph, _ = torch._C._create_graph_by_tracing(
            run,
            tensors + [tensor for _, tensor in weights],
            lambda value: "",
            False,  # strict: containers are flattened here already
            False,  # force_outplace: the compiler legalizes mutation
        )
    bound = [(name, tensor.detach()) for name, tensor in weights]
    return Trace(graph, bound, output_names)


def script(
    model: nn.Module, inputs: Inputs
) -> tuple[torch.jit.ScriptModule, list[str]]:
    """``model`` through ``torch.jit.trace``, for models with scripted parts."""
    args, kwargs = inputs.call([tensor.detach().clone() for tensor in inputs.tensors])
    names, _ = flatten_outputs(model(*args, **kwargs))
    with _decomposed_attention(), _user_warnings():
        module = torch.jit.trace(
            model,
            args if args or not kwargs else None,
            example_kwarg_inputs=kwargs if kwargs and not args else None,
            check_trace=False,
            strict=False,
        )
    return module, unique(names)


@contextlib.contextmanager
def _scopes(model: nn.Module) -> Iterator[None]:
    """Each operation's scope ends in the dotted name of the module it runs in."""
    before = torch.jit._trace._trace_module_map
    torch.jit._trace._trace_module_map = {
        module: name for name, module in model.named_modules()
    }
    try:
        yield
    finally:
        torch.jit._trace._trace_module_map = before


@contextlib.contextmanager
def _decomposed_attention() -> Iterator[None]:
    """nn.Transformer* take the path of plain operators, not of one fused kernel."""
    before = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        torch.backends.mha.set_fastpath_enabled(before)


@contextlib.contextmanager
def _user_warnings() -> Iterator[None]:
    """The tracer's warnings about the user's code, not about PyTorch's own."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", category=torch.jit.TracerWarning, module=r"torch\."
        )
        yield
