"""Writes the ONNX models that the tests of the importer read: make.py NAME FILE."""

import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper, parser

MODELS = {
    # An operator of an older version that opset 26 spells otherwise (ReduceMean),
    # one that means something else (Softmax), and some that are the same.
    "older": """<ir_version: 6, opset_import: ["" : 11, "my.domain" : 2], producer_name: "someone">
        graph_name (float[batch, 4] x) => (float[batch, 1] y) <float[4] w = {1, 2, 3, 4}> {
          a = Add(x, w)
          b = Softmax(a)
          c = my.domain.Foo<alpha = 1.5>(b)
          y = ReduceMean<axes = [1]>(b)
        }""",
    "subgraphs": """<ir_version: 9, opset_import: ["" : 20]>
        g (bool c, float[2] x, int64 n) => (float[2] y, float[2] z) {
          y = If(c) <
            then_branch = t () => (float[2] t0) { t0 = Exp(x) },
            else_branch = e () => (float[2] e0) { e0 = Neg(x) }>
          z = Loop(n, , x) <
            body = b (int64 i, bool go, float[2] v) => (bool again, float[2] w) {
              again = Identity(go)
              w = Add(v, y)
            }>
        }""",
    # A function of the model is inlined.
    "functions": """<ir_version: 9, opset_import: ["" : 20, "local" : 1]>
        g (float[2] x) => (float[2] y) { y = local.twice(x) }
        <opset_import: ["" : 20], domain: "local">
        twice (a) => (b) { b = Add(a, a) }""",
    "undefined": """<ir_version: 9, opset_import: ["" : 20]>
        g (float[2] x) => (float[2] y) { y = Add(x, nobody) }""",
    "sparse": """<ir_version: 9, opset_import: ["" : 20]>
        g (float[2] x) => (float[2] y) { y = Add(x, x) }""",
    "wrong_size": """<ir_version: 9, opset_import: ["" : 20]>
        g (float[2] x) => (float[2] y) <float[2] w = {1, 2}> { y = Add(x, w) }""",
}


def make(name):
    if name == "weights":
        # Bytes in the protobuf's typed fields, and as raw data large and small.
        w = np.arange(2048, dtype=np.float32)
        graph = helper.make_graph(
            [helper.make_node("Add", ["x", "large"], ["y"])],
            "g",
            [helper.make_tensor_value_info("x", 1, [2048])],
            [helper.make_tensor_value_info("y", 1, [2048])],
            [
                numpy_helper.from_array(w, "large"),
                helper.make_tensor("half", onnx.TensorProto.FLOAT16, [2], [1.5, 2.0]),
                helper.make_tensor("int4", onnx.TensorProto.INT4, [3], [1, -2, 3]),
                helper.make_tensor("bool", onnx.TensorProto.BOOL, [2], [True, False]),
                helper.make_tensor("text", onnx.TensorProto.STRING, [2], ["a", "b"]),
            ],
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    model = parser.parse_model(MODELS[name])
    if name == "wrong_size":
        model.graph.initializer[0].ClearField("float_data")
        model.graph.initializer[0].raw_data = b"1234567"
    if name == "sparse":
        values = helper.make_tensor("s", onnx.TensorProto.FLOAT, [1], [1.0])
        indices = helper.make_tensor("i", onnx.TensorProto.INT64, [1], [0])
        model.graph.sparse_initializer.append(helper.make_sparse_tensor(values, indices, [2]))
    return model


with open(sys.argv[2], "wb") as out:
    out.write(make(sys.argv[1]).SerializeToString())
