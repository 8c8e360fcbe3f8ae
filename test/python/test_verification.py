"""What verify() accepts and what it reports, on ONNX models written by hand."""

import onnx
import pytest
import torch
from onnx import TensorProto, helper
from torch import nn

import torch_onnx_opt
from torch_onnx_opt.verification import compare, resample


def onnx_file(tmp_path, nodes, inputs, outputs, dtype=TensorProto.FLOAT):
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info(n, dtype, s) for n, s in inputs.items()],
        [helper.make_tensor_value_info(n, dtype, s) for n, s in outputs.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8
    )
    path = tmp_path / "model.onnx"
    onnx.save(model, path)
    return path


class Double(nn.Module):
    def forward(self, x):
        return x + x


@pytest.fixture
def add_file(tmp_path):
    return onnx_file(
        tmp_path,
        [helper.make_node("Add", ["x", "x"], ["y"])],
        {"x": ["n", 3]},
        {"y": ["n", 3]},
    )


def test_agreement_at_other_sizes(add_file, capsys):
    report = torch_onnx_opt.verify(Double(), torch.randn(2, 3), add_file)
    report.check()
    assert [output.name for output in report.outputs] == ["y"]
    assert {shape[0] for shape in report.outputs[0].shapes} == {1, 2, 3, 4}
    printed = capsys.readouterr().out
    assert "max abs. diff." in printed and "agrees" in printed


def test_sizes_of_choice(add_file):
    report = torch_onnx_opt.verify(
        Double(), torch.randn(2, 3), add_file, sizes={"n": [5, 9]}, quiet=True
    )
    assert {shape[0] for shape in report.outputs[0].shapes} == {2, 5, 9}
    with pytest.raises(ValueError, match="open dimensions are n"):
        torch_onnx_opt.verify(Double(), torch.randn(2, 3), add_file, sizes={"m": [5]})


def test_samples_of_choice(add_file):
    report = torch_onnx_opt.verify(
        Double(), torch.randn(2, 3), add_file, samples=[torch.zeros(7, 3)], quiet=True
    )
    assert "sample 0" in report.runs and (7, 3) in report.outputs[0].shapes


def test_a_wrong_number_is_found(add_file):
    class Triple(nn.Module):
        def forward(self, x):
            return x * 3

    report = torch_onnx_opt.verify(Triple(), torch.ones(2, 3), add_file, quiet=True)
    assert not report.ok
    with pytest.raises(
        torch_onnx_opt.VerificationError, match="2.0 at .* expected 3.0"
    ):
        report.check()


def test_a_baked_size_is_found(tmp_path):
    """A model that is only right at the traced size is wrong."""
    path = onnx_file(
        tmp_path,
        [
            helper.make_node("Shape", ["x"], ["s"]),
            helper.make_node(
                "Constant",
                [],
                ["two"],
                value=helper.make_tensor("v", TensorProto.FLOAT, [], [2.0]),
            ),
            helper.make_node("Mul", ["x", "two"], ["y"]),
        ],
        {"x": ["n", 3]},
        {"y": ["n", 3]},
    )

    class TimesSize(nn.Module):
        def forward(self, x):
            return x * x.shape[0]

    report = torch_onnx_opt.verify(TimesSize(), torch.randn(2, 3), path, quiet=True)
    assert any("n = 3" in problem for problem in report.outputs[0].problems)


def test_sizes_that_the_model_refuses_are_not_failures(add_file):
    class OnlyEven(nn.Module):
        def forward(self, x):
            if x.shape[0] % 2:
                raise ValueError("an even batch, please")
            return x + x

    report = torch_onnx_opt.verify(OnlyEven(), torch.randn(2, 3), add_file, quiet=True)
    report.check()
    assert any("an even batch, please" in text for text in report.refused)
    assert {shape[0] for shape in report.outputs[0].shapes} == {2, 4}


def test_the_model_is_left_as_it_was(add_file):
    class Counting(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("calls", torch.zeros(()))
            self.dropout = nn.Dropout(0.5)

        def forward(self, x):
            self.calls += 1
            return self.dropout(x) * 2

    model = Counting().train()
    torch_onnx_opt.verify(model, torch.randn(2, 3), add_file, quiet=True).check()
    assert model.calls.item() == 0
    assert model.training and model.dropout.training


def test_a_number_of_outputs_that_differs(add_file):
    class Two(nn.Module):
        def forward(self, x):
            return x + x, x

    report = torch_onnx_opt.verify(Two(), torch.randn(2, 3), add_file, quiet=True)
    assert "1 outputs, the model 2" in report.errors[0]


def test_a_file_that_does_not_load(tmp_path):
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"nonsense")
    report = torch_onnx_opt.verify(Double(), torch.randn(2, 3), path, quiet=True)
    assert "does not load" in report.errors[0]


def test_a_bfloat16_model(tmp_path):
    path = onnx_file(
        tmp_path,
        [helper.make_node("Identity", ["x"], ["y"])],
        {"x": ["n", 3]},
        {"y": ["n", 3]},
        TensorProto.BFLOAT16,
    )

    class Same(nn.Module):
        def forward(self, x):
            return x.clone()

    example = torch.randn(2, 3).to(torch.bfloat16)
    torch_onnx_opt.verify(Same(), example, path, quiet=True).check()


@pytest.mark.parametrize(
    "actual, expected, problem",
    [
        ([1.0, 2.0], [1.0, 2.0], ""),
        ([1.0, 2.0], [1.0, 2.000001], ""),
        ([1.0, 2.0], [1.0, 2.1], "at [1], expected"),
        ([float("nan")], [float("nan")], ""),
        ([float("nan")], [1.0], "nan at [0]"),
        ([1.0], [float("nan")], "expected nan"),
        ([float("inf")], [float("inf")], ""),
        ([float("inf")], [-float("inf")], "inf at [0], expected -inf"),
        ([1e30], [float("inf")], "expected inf"),
        ([], [], ""),
    ],
)
def test_comparison_of_floats(actual, expected, problem):
    difference = compare(torch.tensor(actual), torch.tensor(expected))
    assert problem in difference.problem and bool(problem) == bool(difference.problem)


def test_comparison_of_other_types():
    assert not compare(torch.tensor([1, 2]), torch.tensor([1, 2])).problem
    assert compare(torch.tensor([1, 2]), torch.tensor([1, 3])).problem
    assert compare(torch.tensor([True]), torch.tensor([False])).problem
    assert "type" in compare(torch.tensor([1]), torch.tensor([1.0])).problem
    assert "shape" in compare(torch.ones(1, 2), torch.ones(2)).problem


def test_other_values_are_like_the_example():
    generator = torch.Generator().manual_seed(0)
    tokens = resample(torch.tensor([[3, 7], [4, 5]]), (5, 9), generator)
    assert tokens.shape == (5, 9) and tokens.min() >= 3 and tokens.max() <= 7
    mask = resample(torch.tensor([[1, 1, 0], [1, 0, 0]]), (3, 2), generator)
    assert mask.tolist() == [[1, 1], [1, 0], [1, 1]]
    image = resample(torch.rand(1, 3, 8, 8), (2, 3, 4, 4), generator)
    assert image.shape == (2, 3, 4, 4) and 0 <= image.min() and image.max() <= 1
    assert resample(torch.zeros(0, 3), (2, 3), generator).shape == (2, 3)
