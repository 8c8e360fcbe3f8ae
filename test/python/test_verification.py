"""What verify() accepts and what it reports, on ONNX models written by hand."""

import onnx
import pytest
import torch
from onnx import TensorProto, helper
from torch import nn

import torch_onnx_opt
from torch_onnx_opt._samples import larger, resample, smaller
from torch_onnx_opt.verification import compare


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
    assert str(report).startswith("ONNX Runtime does not load the model: ")


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


@pytest.mark.parametrize(
    "expression, example",
    [
        (lambda x: x * x.max().item(), torch.randn(2, 3)),
        (lambda x: x * x.max().item(), torch.ones(4, 4)),
        (lambda x: x * float(x), torch.tensor(0.0)),
        (lambda x: x.float() / float(x.max()), torch.tensor([[3, 7], [4, 5]])),
        (lambda x: x.float() * float(x.max()), torch.tensor([[0, 1], [1, 0]])),
        (lambda x: -x if x.min() < -0.5 else x, torch.rand(2, 3)),
        (lambda x: x.float() if bool(x) else x + 2.0, torch.tensor(True)),
    ],
)
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_a_number_of_the_example_in_the_model_is_found(tmp_path, expression, example):
    """A trace keeps Python's numbers; on the example itself they are right."""

    class Model(nn.Module):
        def forward(self, x):
            return expression(x)

    with pytest.raises(torch_onnx_opt.VerificationError, match="er values: "):
        torch_onnx_opt.export(Model(), example, tmp_path / "m.onnx", verify=True)


@pytest.mark.parametrize("n", [0, 2, 4])
@pytest.mark.filterwarnings("ignore::torch_onnx_opt.ConversionWarning")
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_an_integer_of_the_example_in_the_model_is_found(tmp_path, n):
    """Also where the model refuses the next larger one."""

    class Model(nn.Module):
        def forward(self, x, n):
            return x.narrow(1, 0, int(n))

    args = (torch.randn(2, 4), torch.tensor(n))
    with pytest.raises(torch_onnx_opt.VerificationError) as error:
        torch_onnx_opt.export(Model(), args, tmp_path / "m.onnx", verify=True)
    size, which = (3, "smaller") if n == 4 else (n + 1, "larger")
    expected = f"at {which} values: shape [2, {n}], expected [2, {size}]"
    assert expected in str(error.value)


def domain(function):
    class Model(nn.Module):
        def forward(self, x, *rest):
            return function(x, *rest)

    return Model()


@pytest.mark.parametrize(
    "function, args, refused",
    [
        # NaN in the middle, of which PyTorch and ONNX Runtime differ in the maximum.
        (
            lambda x: (x.log().relu() + 1).argmax(-1),
            (torch.rand(4, 5) + 0.1,),
            ["smaller values, where the model computes NaN"],
        ),
        (lambda x: x.log(), (torch.randn(4, 5),), []),
        (lambda x: x.acos(), (torch.rand(4),), []),
        (lambda x, mask: x * mask, (torch.randn(4, 5), torch.eye(4, 5)), []),
        (
            lambda x, mask: x.masked_fill(mask == 0, -1e9).softmax(-1),
            (torch.randn(2, 3), torch.tensor([[1, 1, 0], [1, 0, 0]])),
            [],
        ),
        (
            lambda x, mask: (x + mask).softmax(-1),
            (torch.randn(3, 3), torch.full((3, 3), float("-inf")).triu(1)),
            [],
        ),
        # What is no index is refused; the other input is compared all the same.
        (
            lambda i, x: nn.functional.embedding(i, x),
            (torch.tensor([0, 1, 1]), torch.randn(2, 3)),
            [],
        ),
        (
            lambda i: nn.functional.one_hot(i, 2),
            (torch.tensor([0, 1, 1]),),
            [
                "larger values, which the model refuses: "
                "Class values must be smaller than num_classes."
            ],
        ),
        (
            lambda p: torch.ops.aten.sub(p, torch.bernoulli(p) * 0),
            (torch.rand(3),),
            None,
        ),
    ],
)
def test_values_that_a_model_is_not_for_are_no_failures(
    tmp_path, function, args, refused
):
    """Outside of the example's range, eager may fail or compute NaN."""
    path = tmp_path / "m.onnx"
    if refused is None:
        path = onnx_file(
            tmp_path, [helper.make_node("Identity", ["x"], ["y"])], {"x": [3]}, {"y": [3]}
        )
    else:
        torch_onnx_opt.export(domain(function), args, path)
    report = torch_onnx_opt.verify(domain(function), args, path, quiet=True)
    report.check()
    if refused:
        assert report.refused == refused


def test_the_model_refusing_other_values_is_no_failure(add_file):
    class Small(nn.Module):
        def forward(self, x):
            assert x.abs().max() < 3, "small numbers, please"
            return x + x

    example = torch.tensor([[1.0, -2.0, 0.5]])
    report = torch_onnx_opt.verify(Small(), example, add_file, quiet=True)
    report.check()
    assert report.refused == [
        "larger values, which the model refuses: small numbers, please"
    ]
    assert "not compared at larger values, which the model refuses" in str(report)


def test_values_beyond_the_example():
    generator = torch.Generator().manual_seed(0)
    signed = torch.tensor([[-1.0, 0.5], [2.0, 1.0]])
    assert larger(signed, generator).aminmax() == (-2, 4)
    assert smaller(signed, generator) is None
    positive = torch.tensor([0.5, 2.0, 1.0])
    assert larger(positive, generator).min() > 0
    assert larger(positive, generator).max() == 4
    assert smaller(positive, generator).min() == -4
    assert larger(torch.zeros(2), generator).min() > 0
    assert larger(torch.tensor(-3.0), generator) == -6
    tokens = torch.tensor([[3, 7], [4, 5]])
    assert larger(tokens, generator) is None
    assert {*smaller(tokens.repeat(20, 20), generator).unique().tolist()} == {*range(7)}
    assert larger(torch.tensor(5), generator) == 6
    assert smaller(torch.tensor([5]), generator).tolist() == [4]
    assert smaller(torch.tensor(0), generator) is None
    assert larger(torch.tensor(255, dtype=torch.uint8), generator) is None
    mask = torch.tensor([[1, 1, 0]])
    assert larger(mask, generator).tolist() == [[2, 1, 0]]
    assert smaller(mask, generator) is None
    for kept in (torch.eye(4), torch.tensor([0.0, -torch.inf]), torch.zeros(0)):
        assert larger(kept, generator) is None and smaller(kept, generator) is None
    assert larger(torch.tensor([True, False]), generator) is None


def test_the_report_says_what_the_runs_were(add_file):
    report = torch_onnx_opt.verify(Double(), torch.randn(2, 3), add_file, quiet=True)
    text = str(report)
    assert "ONNX Runtime against PyTorch, 6 runs" in text
    assert "│ [2, 3] ×3 │" in text and "│ [4, 3]    │" in text
    runs = "the example inputs; other values; larger values; n = 3; n = 4; n = 1"
    assert f"runs: {runs}" in text


def test_the_relative_difference_is_to_the_largest_value():
    difference = compare(torch.tensor([4.0, 0.1]), torch.tensor([4.0, 0.2]))
    assert difference.max_rel == pytest.approx(0.1 / 4)
    assert compare(torch.tensor([0]), torch.tensor([0])).max_rel == 0


def test_a_failure_is_printed_once(tmp_path, capfd):
    class Triple(nn.Module):
        def forward(self, x):
            return x * x.max().item()

    with pytest.raises(torch_onnx_opt.VerificationError) as error:
        torch_onnx_opt.export(
            Triple(), torch.randn(2, 3), tmp_path / "m.onnx", verify=True
        )
    assert capfd.readouterr().out == ""
    assert str(error.value).startswith("ONNX Runtime does not agree with PyTorch\n")
    assert str(error.value).count("output: at larger values: ") == 1


def test_errors_of_onnx_runtime_come_as_problems_only(tmp_path, capfd):
    path = onnx_file(
        tmp_path,
        [helper.make_node("MatMul", ["x", "x"], ["y"])],
        {"x": ["n", 3]},
        {"y": ["n", 3]},
    )
    report = torch_onnx_opt.verify(Double(), torch.randn(2, 3), path, quiet=True)
    assert "ONNX Runtime failed at the example inputs: " in report.errors[0]
    assert capfd.readouterr().err == ""


def test_f64_that_is_computed_in_f32(tmp_path):
    class Erf(nn.Module):
        def forward(self, x):
            return torch.erf(x) - torch.erf(0.999 * x), x * 2

    path = tmp_path / "m.onnx"
    example = torch.linspace(-1, 1, 7, dtype=torch.float64)
    with pytest.warns(torch_onnx_opt.ConversionWarning):
        report = torch_onnx_opt.export(Erf(), example, path, verify=True).verification
    assert "float64 (in f32)" in str(report)

    other = domain(lambda x: (torch.erf(x) + 1, x * 2))
    report = torch_onnx_opt.verify(other, example, path, f64_in_f32=True, quiet=True)
    assert report.outputs[0].problems[0].endswith(" (computed in f32)")
    report = torch_onnx_opt.verify(Erf(), example, path, quiet=True)
    assert report.outputs[0].dtype == "float64" and not report.ok


def test_a_refusal_of_torchscript_is_its_last_line(add_file):
    @torch.jit.script
    def even(x):
        if x.size(0) % 2 == 1:
            raise ValueError("an even batch, please")
        return x + x

    class Scripted(nn.Module):
        def forward(self, x):
            return even(x)

    report = torch_onnx_opt.verify(
        torch.jit.script(Scripted()), torch.randn(2, 3), add_file, quiet=True
    )
    report.check()
    assert "n = 3, which the model refuses: an even batch, please" in report.refused


def test_other_values_are_like_the_example():
    generator = torch.Generator().manual_seed(0)
    tokens = resample(torch.tensor([[3, 7], [4, 5]]), (5, 9), generator)
    assert tokens.shape == (5, 9) and tokens.min() >= 3 and tokens.max() <= 7
    mask = resample(torch.tensor([[1, 1, 0], [1, 0, 0]]), (3, 2), generator)
    assert mask.tolist() == [[1, 1], [1, 0], [1, 1]]
    image = resample(torch.rand(1, 3, 8, 8), (2, 3, 4, 4), generator)
    assert image.shape == (2, 3, 4, 4) and 0 <= image.min() and image.max() <= 1
    assert resample(torch.zeros(0, 3), (2, 3), generator).shape == (2, 3)
