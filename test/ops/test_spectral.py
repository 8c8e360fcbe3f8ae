"""Fourier transforms and complex numbers, which are pairs of real ones."""

import pytest
import torch

import torch_onnx_opt
from conformance import case, f32, f64, i64, suite

PAIRS = f32("n", 3, 2)


def complex_in(function):
    """Of real inputs whose last dimension holds the parts."""
    return lambda *args: function(*(torch.view_as_complex(x) for x in args))


def complex_out(function):
    return lambda *args: torch.view_as_real(function(*args))


def both(function):
    return complex_out(complex_in(function))


def constant_factor(x):
    angles = torch.outer(torch.arange(4.0), torch.tensor([1.0, 0.1, 0.01]))
    return x * torch.polar(torch.ones(4, 3), angles)


test_complex = suite(
    case("abs", complex_in(torch.abs), PAIRS),
    case("angle", complex_in(torch.angle), PAIRS),
    case("angle_of_reals", torch.angle, f32("n", 3), special=True),
    case("real_imag", complex_in(lambda x: (x.real, x.imag)), PAIRS),
    case("conj", both(lambda x: x.conj().resolve_conj()), PAIRS),
    case("conj_physical", both(torch.conj_physical), PAIRS),
    case("neg", both(torch.neg), PAIRS),
    case("complex", complex_out(torch.complex), f32("n", 3), f32("n", 3)),
    case("polar", complex_out(torch.polar), f32("n", 3), f32("n", 3)),
    case("add", both(torch.add), PAIRS, f32(3, 2)),
    case("add_real", complex_out(lambda x, y: torch.view_as_complex(x) + y), PAIRS, f32("n", 3)),
    case("sub_number", both(lambda x: x - 2.5), PAIRS),
    case("number_sub", both(lambda x: 1 - x), PAIRS),
    case("add_alpha", both(lambda x: torch.add(x, x.resolve_conj(), alpha=-0.5)), PAIRS),
    case("mul", both(torch.mul), PAIRS, f32(3, 2)),
    case("mul_real", complex_out(lambda x, y: y * torch.view_as_complex(x)), PAIRS, f32("n", 1)),
    case("mul_number", both(lambda x: x * 3), PAIRS),
    case("mul_constant", both(constant_factor), f32("n", 4, 3, 2)),
    case("div", both(torch.div), PAIRS, f32(3, 2)),
    case("div_large", both(lambda x: (x * 1e30) / (x * 1e30 + 1e30)), PAIRS),
    case("real_infinity", complex_in(lambda x: (x.real / 0 + x).real), PAIRS),
    case("div_real", complex_out(lambda x, y: torch.view_as_complex(x) / y), PAIRS, f32("n", 3, low=1, high=2)),
)

T = f32("n", 12)
test_fft = suite(
    case("fft", complex_out(torch.fft.fft), T),
    case("fft_of_complex", both(torch.fft.fft), f32("n", 5, 2)),
    case("fft_of_integers", complex_out(torch.fft.fft), i64("n", 12)),
    case("fft_f64", complex_out(torch.fft.fft), f64("n", 12)),
    case("ifft", both(torch.fft.ifft), f32("n", 6, 2)),
    case("ifft_ortho", both(lambda x: torch.fft.ifft(x, norm="ortho")), f32("n", 6, 2)),
    case("fft_forward", both(lambda x: torch.fft.fft(x, norm="forward")), f32("n", 6, 2)),
    case("fft_dim", both(lambda x: torch.fft.fft(x, dim=1)), f32("n", 5, 3, 2)),
    case("fft_trimmed", both(lambda x: torch.fft.fft(x, n=4)), f32("n", 6, 2)),
    case("fft_padded", both(lambda x: torch.fft.fft(x, n=8)), f32("n", 6, 2)),
    case("rfft", complex_out(torch.fft.rfft), T),
    case("rfft_odd", complex_out(torch.fft.rfft), f32("n", 7)),
    case("rfft_dim", complex_out(lambda x: torch.fft.rfft(x, dim=0)), f32(6, "n")),
    case("rfft_padded", complex_out(lambda x: torch.fft.rfft(x, n=16, norm="ortho")), T),
    case("irfft", complex_in(torch.fft.irfft), f32("n", 5, 2)),
    case("irfft_odd", complex_in(lambda x: torch.fft.irfft(x, n=7, norm="forward")), f32("n", 4, 2)),
    case("irfft_dim", complex_in(lambda x: torch.fft.irfft(x, n=12, dim=1)), f32("n", 4, 3, 2)),
    case("irfft_of_reals", torch.fft.irfft, f32("n", 5)),
    case("round_trip", lambda x: torch.fft.irfft(torch.fft.rfft(x) * 0.5, n=12), T),
    case("fft2", both(torch.fft.fft2), f32("n", 4, 5, 2)),
    case("ifft2", both(lambda x: torch.fft.ifft2(x, dim=(0, 2))), f32(4, "n", 5, 2)),
    case("rfft2", complex_out(lambda x: torch.fft.rfft2(x, norm="ortho")), f32("n", 4, 6)),
    case("rfft2_sizes", complex_out(lambda x: torch.fft.rfft2(x, s=(5, 3))), f32("n", 4, 6)),
    case("irfft2", complex_in(lambda x: torch.fft.irfft2(x, s=(4, 7))), f32("n", 4, 4, 2)),
    case("long", complex_out(torch.fft.rfft), f32(2, 2048), min_opset=17),
    case("long_1500", complex_out(torch.fft.rfft), f32(2, 1500)),
    case("long_real", complex_in(torch.fft.irfft), f32(1, 1025, 2)),
    case("long_inverse", both(torch.fft.ifft), f32(1, 2048, 2), min_opset=17),
)


def stft(size, hop=None, window=None, **options):
    return lambda x: torch.view_as_real(
        torch.stft(x, size, hop, window=window, return_complex=True, **options)
    )


SIGNAL = f32("n", 64)
test_stft = suite(
    case("stft", stft(16, 4, torch.hann_window(16)), SIGNAL),
    case("stft_10", stft(10, 3, torch.hann_window(10)), SIGNAL),
    case("stft_odd", stft(9, window=torch.hann_window(9), onesided=False), SIGNAL),
    case("stft_time", stft(16, 4, torch.hann_window(16)), f32(2, "t"), sizes={"t": (40, 33, 64)}),
    case("stft_10_time", stft(10, 4, torch.hann_window(10)), f32("n", "t"), sizes={"t": (40, 33, 64)}),
    case("stft_short_window", stft(16, 4, torch.hann_window(11), win_length=11), SIGNAL),
    case("stft_no_window", stft(12, win_length=8, normalized=True), SIGNAL),
    case("stft_normalized", stft(16, window=torch.hann_window(16), normalized=True, center=False), SIGNAL),
    case("stft_long", stft(2048, 512, torch.hann_window(2048)), f32(1, 4096), min_opset=17),
    case("stft_1d", stft(10, 5, torch.hann_window(10)), f32(64)),
    case("stft_of_parts", lambda x: torch.stft(x, 10, window=torch.ones(10), return_complex=True).abs(), SIGNAL),
    case("stft_window_input", lambda x, w: torch.stft(x, 10, window=w, return_complex=True).abs(), SIGNAL, f32(10)),
)


@pytest.mark.parametrize(
    "function, shape, message",
    [
        (both(torch.exp), (2, 2), "aten.exp: it has no ONNX form for complex numbers; write it in terms of torch.view_as_real"),
        (complex_in(lambda x: x), (2, 2), "output 0 is complex, which ONNX Runtime does not compute with; return torch.view_as_real"),
        (complex_in(lambda x: torch.complex(x.real, x.real[:, :1]).abs()), (2, 3, 2), "aten.complex: its parts have different shapes"),
        (both(torch.fft.fft), (2050, 2), "aten.fft_fft: a transform of length 2050 is too long for a matrix, and its ONNX operator is exact only for powers of two"),
        (stft(4100, window=torch.ones(4100)), (1, 8200), "aten.stft: a transform of length 4100 is too long for a matrix"),
        (stft(16, 4, torch.hann_window(16), center=False, align_to_window=True), (2, 64), "aten.stft: align_to_window has no ONNX form"),
        (stft(16, 4, torch.ones(16, dtype=torch.complex64)), (2, 64), "aten.stft: complex signals and windows have no ONNX form"),
    ],
)
def test_refusals(tmp_path, function, shape, message):
    class Model(torch.nn.Module):
        def forward(self, x):
            return function(x)

    with pytest.raises(torch_onnx_opt.ConversionError, match=message):
        torch_onnx_opt.export(Model(), (torch.rand(shape),), tmp_path / "m.onnx")


def test_length_that_varies_is_refused(tmp_path):
    class Model(torch.nn.Module):
        def forward(self, x):
            return torch.fft.rfft(x).abs()

    message = "aten.fft_rfft: the length of the transform is not constant"
    with pytest.raises(torch_onnx_opt.ConversionError, match=message):
        torch_onnx_opt.export(
            Model(), (torch.rand(2, 8),), tmp_path / "m.onnx", input_names=["x"], dynamic_axes={"x": {1: "time"}}
        )


def test_complex_input_is_refused(tmp_path):
    class Model(torch.nn.Module):
        def forward(self, x):
            return x.abs()

    x = torch.rand(2, dtype=torch.complex64)
    with pytest.raises(torch_onnx_opt.ConversionError, match="input 0 is complex"):
        torch_onnx_opt.export(Model(), (x,), tmp_path / "m.onnx")
