"""Fails unless two ONNX models are the same: nodes, names, constants, types."""

import sys

import onnx
from onnx import numpy_helper


def tensor(t):
    data = list(t.string_data) if t.data_type == 8 else numpy_helper.to_array(t).tobytes()
    return t.data_type, list(t.dims), data


def attribute(a):
    if a.type == a.GRAPH:
        return a.name, graph(a.g)
    if a.type == a.TENSOR:
        return a.name, tensor(a.t)
    return a.name, a.SerializeToString(deterministic=True)


def node(n):
    attributes = dict(attribute(a) for a in n.attribute)
    metadata = {p.key: p.value for p in n.metadata_props}
    return (n.name, n.domain, n.op_type, list(n.input), list(n.output), attributes,
            n.doc_string, metadata)


def graph(g):
    return (
        g.name,
        [node(n) for n in g.node],
        {t.name: tensor(t) for t in g.initializer},
        [(v.name, v.type.SerializeToString(deterministic=True)) for v in g.input],
        [v.name for v in g.output],
    )


def model(path):
    m = onnx.load(path)
    return m.ir_version, {o.domain: o.version for o in m.opset_import}, graph(m.graph)


first, second = model(sys.argv[1]), model(sys.argv[2])
if first != second:
    sys.exit(f"{sys.argv[1]} and {sys.argv[2]} differ:\n{first}\n{second}")
