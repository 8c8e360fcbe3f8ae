"""Prints an ONNX model for FileCheck: header, values, initializers, nodes."""

import sys

import numpy as np
import onnx
from onnx import numpy_helper


def type_text(proto):
    kind = proto.WhichOneof("value")
    if kind == "sequence_type":
        return f"seq({type_text(proto.sequence_type.elem_type)})"
    if kind == "optional_type":
        return f"optional({type_text(proto.optional_type.elem_type)})"
    if kind != "tensor_type":
        return "?"
    text = onnx.TensorProto.DataType.Name(proto.tensor_type.elem_type).lower()
    if not proto.tensor_type.HasField("shape"):
        return text
    dims = [
        str(d.dim_value) if d.HasField("dim_value") else d.dim_param or "?"
        for d in proto.tensor_type.shape.dim
    ]
    return f"{text}[{', '.join(dims)}]"


def show_graph(graph, indent=""):
    for what in ("input", "output", "value_info"):
        for value in getattr(graph, what):
            print(f"{indent}{what} {value.name}: {type_text(value.type)}")
    for tensor in graph.initializer:
        dtype = onnx.TensorProto.DataType.Name(tensor.data_type).lower()
        where = " external" if tensor.data_location else ""
        data = "" if where else np.ravel(numpy_helper.to_array(tensor))[:8].tolist()
        print(f"{indent}initializer {tensor.name}: {dtype}{list(tensor.dims)}{where} {data}")
    for node in graph.node:
        attributes = [
            f"{a.name}={onnx.helper.get_attribute_value(a)}"
            for a in node.attribute
            if a.type not in (a.GRAPH, a.TENSOR)
        ]
        domain = node.domain + "." if node.domain else ""
        print(
            f"{indent}{', '.join(node.output)} = {domain}{node.op_type}"
            f"({', '.join(node.input)}) {attributes} name={node.name!r}"
        )
        if node.doc_string:
            print(f"{indent}  doc {node.doc_string!r}")
        for entry in node.metadata_props:
            print(f"{indent}  {entry.key} = {entry.value}")
        for a in node.attribute:
            if a.type == a.GRAPH:
                print(f"{indent}  {a.name} {a.g.name}")
                show_graph(a.g, indent + "    ")


def main(path):
    model = onnx.load(path, load_external_data=False)
    imports = [(o.domain, o.version) for o in model.opset_import]
    print(f"ir {model.ir_version} opsets {imports} producer {model.producer_name}")
    show_graph(model.graph)


main(sys.argv[1])
