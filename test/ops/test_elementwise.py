"""Arithmetic, comparison, logic, bits, rounding, and type promotion."""

import math

import torch

from conformance import boolean, case, f16, f32, f64, i8, i32, i64, suite, u8

CORNERS = [0.0, -0.0, 1.5, -1.5, 1e-40, -1e-40, 3e38, -math.inf, math.inf, math.nan]

UNARY = {
    "abs": torch.abs,
    "acos": torch.acos,
    "acosh": torch.acosh,
    "asin": torch.asin,
    "asinh": torch.asinh,
    "atan": torch.atan,
    "atanh": torch.atanh,
    "ceil": torch.ceil,
    "cos": torch.cos,
    "cosh": torch.cosh,
    "deg2rad": torch.deg2rad,
    "erf": torch.erf,
    "erfc": torch.erfc,
    "exp": torch.exp,
    "exp2": torch.exp2,
    "expm1": torch.expm1,
    "floor": torch.floor,
    "frac": torch.frac,
    "isfinite": torch.isfinite,
    "isinf": torch.isinf,
    "isnan": torch.isnan,
    "isneginf": torch.isneginf,
    "isposinf": torch.isposinf,
    "log": torch.log,
    "log10": torch.log10,
    "log1p": torch.log1p,
    "log2": torch.log2,
    "logit": torch.logit,
    "logit_eps": lambda x: torch.logit(x, 0.1),
    "nan_to_num": torch.nan_to_num,
    "nan_to_num_values": lambda x: torch.nan_to_num(x, 1.0, 2.0, 3.0),
    "neg": torch.neg,
    "positive": lambda x: +x,
    "rad2deg": torch.rad2deg,
    "reciprocal": torch.reciprocal,
    "round": torch.round,
    "round_decimals": lambda x: torch.round(x, decimals=1),
    "rsqrt": torch.rsqrt,
    "sgn": torch.sgn,
    "sign": torch.sign,
    "signbit": torch.signbit,
    "sin": torch.sin,
    "sinc": torch.sinc,
    "sinh": torch.sinh,
    "special_ndtr": torch.special.ndtr,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "tan": torch.tan,
    "trunc": torch.trunc,
}
#: Not with extremes: kernels reduce huge angles differently; the sign of NaN is 0 in
#: PyTorch and NaN in ONNX.
NO_EXTREMES = {"cos", "sin", "sinc", "tan", "round_decimals", "sgn", "sign", "signbit"}

test_unary = suite(
    [
        case(n, f, f32("n", 20), special=n not in NO_EXTREMES)
        for n, f in UNARY.items()
    ],
    [
        case(f"{n}_unit", UNARY[n], f32("n", 20, low=0.05, high=0.95))
        for n in ("acos", "asin", "atanh", "log", "sqrt", "rsqrt", "logit", "log1p")
    ],
    [
        case(f"{n}_i64", UNARY[n], i64(3, 4))
        for n in ("abs", "neg", "sign", "square", "exp", "sin", "sqrt", "ceil", "floor")
    ],
    [
        case(f"{n}_f64", UNARY[n], f64(3, 4))
        for n in ("abs", "exp", "erf", "sin", "floor", "round", "tanh")
        if n in UNARY
    ],
    case("erfinv", torch.erfinv, f32(4, 5, low=-0.9, high=0.9), xfail="unsupported operator"),
    case("round_half", torch.round, f32(6, values=[0.5, 1.5, 2.5, -0.5, -1.5, 3.49])),
    case("neg_u8", lambda x: -x, u8(3, high=200)),
    case("abs_i8", torch.abs, i8(3, 4)),
    case("logical_not", torch.logical_not, f32(3, values=[0.0, 1.5, -2.0])),
    case("logical_not_bool", torch.logical_not, boolean("n", 4)),
    case("bitwise_not_bool", torch.bitwise_not, boolean(3, 4)),
    case("bitwise_not", torch.bitwise_not, i64(3, 4), min_opset=18),
)

BINARY = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "eq": torch.eq,
    "ne": torch.ne,
    "lt": torch.lt,
    "le": torch.le,
    "gt": torch.gt,
    "ge": torch.ge,
}

test_binary = suite(
    [case(n, f, f32("n", 4), f32("n", 4), special=True) for n, f in BINARY.items()],
    [case(f"{n}_broadcast", f, f32("n", 1, 4), f32(3, 1)) for n, f in BINARY.items()],
    [case(f"{n}_i64", f, i64("n", 4), i64(4, low=1)) for n, f in BINARY.items()],
    [case(f"{n}_mixed", f, i64("n", 4), f32(4, low=0.5, high=3)) for n, f in BINARY.items()],
    [
        case(f"{n}_scalar", lambda x, f=f: f(x, torch.tensor(2.5)), f32("n", 3))
        for n, f in BINARY.items()
    ],
    case("add_alpha", lambda x, y: torch.add(x, y, alpha=2), f32(2, 3), f32(3)),
    case("add_alpha_float", lambda x, y: torch.add(x, y, alpha=0.5), f32(2, 3), f32(3)),
    case("sub_alpha", lambda x, y: torch.sub(x, y, alpha=3), i64(2, 3), i64(3)),
    case("add_bool", lambda x, y: x + y, boolean(3, 4), boolean(3, 4)),
    case("mul_bool", lambda x, y: x * y, boolean(3, 4), boolean(3, 4)),
    case("mul_bool_f32", lambda x, y: x * y, boolean(3, 4), f32(4)),
    case("add_bool_int", lambda x: x + 1, boolean(3, 4)),
    case("sub_u8", lambda x, y: x - y, u8(3, low=5, high=9), u8(3, high=5)),
    case("add_0d", lambda x, y: x + y, f32(), f32(3)),
    case("add_empty", lambda x, y: x + y, f32(0, 3), f32(3)),
    case("rsub", lambda x: 1 - x, f32("n", 3)),
    case("rsub_alpha", lambda x, y: torch.rsub(x, y, alpha=2), f32(3), f32(3)),
    case("rdiv", lambda x: 2 / x, f32("n", 3)),
    case("div_int", lambda x, y: x / y, i64(4, 5), i64(5, low=1)),
    case("div_int_scalar", lambda x: x / 2, i64(4, 5)),
    case("div_floor", lambda x, y: torch.div(x, y, rounding_mode="floor"), f32(4, 5), f32(5)),
    case("div_trunc", lambda x, y: torch.div(x, y, rounding_mode="trunc"), f32(4, 5), f32(5)),
    case("div_floor_int", lambda x, y: torch.div(x, y, rounding_mode="floor"), i64(4, 5, low=-9, high=9), i64(5, low=1)),
    case("div_trunc_int", lambda x, y: torch.div(x, y, rounding_mode="trunc"), i64(4, 5, low=-9, high=9), i64(5, low=1)),
    case("floor_divide", lambda x: x // 3, i64("n", 5, low=-9, high=9)),
    case("floor_divide_negative", lambda x: x // -3, i64("n", 5, low=-9, high=9)),
    case("floor_divide_float", lambda x: x // 0.7, f32("n", 5)),
    case("remainder", lambda x, y: x % y, i64(4, 5, low=-9, high=9), i64(5, values=[-3, -2, 1, 2, 3])),
    case("remainder_float", lambda x: x % 1.5, f32("n", 5)),
    case("remainder_float_tensor", torch.remainder, f32(4, 5), f32(5)),
    case("fmod", lambda x: torch.fmod(x, 1.5), f32("n", 5)),
    case("fmod_int", lambda x: torch.fmod(x, 3), i64(4, 5, low=-9, high=9)),
    case("pow_scalar", lambda x: x**2, f32("n", 5)),
    case("pow_cube", lambda x: x**3, f32("n", 5)),
    case("pow_half", lambda x: x**0.5, f32(4, low=0.1, high=4)),
    case("pow_int_scalar", lambda x: x**2, i64(4, 5)),
    case("pow_int_float", lambda x: x**1.5, i64(4, 5, low=0)),
    case("pow_tensor", torch.pow, f32(4, low=0.1, high=4), f32(4)),
    case("rpow", lambda x: 2**x, f32("n", 3)),
    case("rpow_float", lambda x: 2.5**x, f32("n", 3)),
    case("atan2", torch.atan2, f32("n", 20), f32(20)),
    case(
        "atan2_special",
        # The reciprocal tells the sign of a zero.
        lambda y, x: (torch.atan2(y, x), 1 / torch.atan2(y, x)),
        f32(10, 1, values=[[y] for y in CORNERS]),
        f32(10, values=CORNERS),
    ),
    case("sign_special", lambda x: (x.sign(), x.sgn()), f32(10, values=CORNERS)),
    case("signbit_special", torch.signbit, f32(9, values=CORNERS[:-1])),
    case("hypot", torch.hypot, f32("n", 3), f32(3)),
    case("logaddexp", torch.logaddexp, f32("n", 3), f32(3)),
    case("logaddexp2", torch.logaddexp2, f32("n", 3), f32(3)),
    case("xlogy", torch.xlogy, f32(3, values=[0.0, 1.0, 2.0]), f32(3, low=0.1, high=2)),
    case("xlogy_zero", torch.xlogy, f32(3, values=[0.0, 1.0, 0.0]), f32(3, values=[0.0, 2.0, 5.0])),
    case("copysign", torch.copysign, f32(4), f32(4)),
    case("lerp", lambda x, y: torch.lerp(x, y, 0.3), f32("n", 3), f32(3)),
    case("lerp_tensor", torch.lerp, f32(2, 3), f32(2, 3), f32(3)),
    case("addcmul", lambda x, y, z: torch.addcmul(x, y, z, value=0.5), f32("n", 3), f32("n", 3), f32(3)),
    case("addcdiv", lambda x, y, z: torch.addcdiv(x, y, z, value=0.5), f32("n", 3), f32("n", 3), f32(3)),
    case("heaviside", torch.heaviside, f32(4, values=[-1.0, 0.0, 2.0, math.nan]), f32(4)),
    case("float_power", lambda x: torch.float_power(x, 2), f32(3, 2)),
    case("true_divide", torch.true_divide, i32(3), i32(3, low=1)),
    case("fmax", torch.fmax, f32(3, 4), f32(4)),
    case("fmin", torch.fmin, f32(3, 4), f32(4)),
    case("square_sum", lambda x, y: (x - y).square() + x * 2 - y / 3, f32("n", 3), f32(3)),
)

test_scalar = suite(
    case("add_int", lambda x: x + 2, f32("n", 3)),
    case("add_float_to_int", lambda x: x + 2.5, i64("n", 3)),
    case("mul_float", lambda x: x * 0.25, f16(2, 3)),
    case("sub_float", lambda x: x - 0.25, f64(2, 3)),
    case("div_float", lambda x: x / 3.0, f32("n", 3)),
    case("eq_scalar", lambda x: x == 2, i64("n", 3)),
    case("ne_scalar", lambda x: x != 2, i64("n", 3)),
    case("gt_scalar", lambda x: x > 0.5, f32("n", 3)),
    case("lt_float_int", lambda x: x < 0.5, i64("n", 3)),
    case("ge_scalar", lambda x: x >= 0, i32("n", 3)),
    case("le_scalar", lambda x: x <= 0, f64(2, 3)),
    case("pi", lambda x: x * math.pi, f32(2, 3)),
)

test_promotion = suite(
    case("i32_i64", lambda x, y: x + y, i32(3), i64(3)),
    case("u8_i8", lambda x, y: x + y, u8(3), i8(3)),
    case("f16_f32", lambda x, y: x * y, f16(3), f32(3)),
    case("f32_f64", lambda x, y: x * y, f32(3), f64(3)),
    case("i64_f16", lambda x, y: x * y, i64(3), f16(3)),
    case("0d_f64_tensor", lambda x, y: x * y, f32(3), f64()),
    case("0d_i64_tensor", lambda x, y: x + y, i32(3), i64()),
    case("0d_float_int_tensor", lambda x, y: x * y, i64(3), f32()),
    case("bool_scalar_float", lambda x: x * 1.5, boolean(3)),
    case("int_where_float", lambda x: torch.where(x > 0, x, 0.5), i64(4)),
)

test_logic = suite(
    [
        case(f"logical_{n}", f, boolean("n", 4), boolean(4))
        for n, f in {
            "and": torch.logical_and,
            "or": torch.logical_or,
            "xor": torch.logical_xor,
        }.items()
    ],
    case("logical_and_float", torch.logical_and, f32(3), f32(3, values=[0.0, 1.0, 2.0])),
    case("and_bool", lambda x, y: x & y, boolean(3, 4), boolean(4)),
    case("or_bool", lambda x, y: x | y, boolean(3, 4), boolean(4)),
    case("xor_bool", lambda x, y: x ^ y, boolean(3, 4), boolean(4)),
    case("and_int", lambda x, y: x & y, i64(3, 4), i64(4), min_opset=18),
    case("or_int", lambda x, y: x | y, i32(3, 4), i32(4), min_opset=18),
    case("xor_int", lambda x, y: x ^ y, i64(3, 4), i64(4), min_opset=18),
    case("shift_left", lambda x: x << 2, i64(3, 4)),
    case("shift_right", lambda x: x >> 1, i64(3, 4, low=-9, high=9)),
    case("invert", lambda x: ~(x > 0), f32("n", 3)),
    case("isclose", torch.isclose, f32(3), f32(3)),
)

test_clamp = suite(
    case("clamp", lambda x: torch.clamp(x, -1, 1), f32("n", 20), special=True),
    case("clamp_min", lambda x: torch.clamp(x, min=0.5), f32("n", 20), special=True),
    case("clamp_max", lambda x: torch.clamp(x, max=0.5), f32("n", 20)),
    case("clamp_int", lambda x: torch.clamp(x, -2, 3), i64("n", 4)),
    case("clamp_int_float_bound", lambda x: torch.clamp(x, -1.5, 2.5), i64(3, 4)),
    case("clamp_tensor", torch.clamp, f32(3, 4), f32(4, low=-2, high=-1), f32(4, low=0, high=1)),
    case("clamp_min_tensor", lambda x, y: torch.clamp(x, min=y), f32(3, 4), f32(4)),
    case("clamp_crossed", lambda x: torch.clamp(x, 2, -2), f32(3, 4)),
    case("clip", lambda x: torch.clip(x, 0.0, 0.5), f64(3, 4)),
    case("clamp_in_place", lambda x: x.clone().clamp_(0, 1), f32(3, 4)),
)

test_where = suite(
    case("where", torch.where, boolean("n", 4), f32("n", 4), f32(4)),
    case("where_scalar", lambda c, x: torch.where(c, x, 0.0), boolean(3, 4), f32(3, 4)),
    case("where_both_scalars", lambda c: torch.where(c, 1.0, 0.0), boolean(3, 4)),
    case("where_int_scalars", lambda c: torch.where(c, 1, 0), boolean(3, 4)),
    case("where_mixed", torch.where, boolean(3), i64(3), f32(3)),
    case("masked_fill", lambda x, m: x.masked_fill(m, -1e9), f32("n", 4), boolean(4)),
    case("masked_fill_inf", lambda x, m: x.masked_fill(m, float("-inf")), f32("n", 4), boolean("n", 1)),
    case("masked_fill_tensor", lambda x, m, v: x.masked_fill(m, v), f32(3, 4), boolean(3, 4), f32()),
    case("masked_fill_", lambda x, m: (x * 1).masked_fill_(m, 2), i64(3, 4), boolean(4)),
)

test_in_place = suite(
    case("add_", lambda x, y: (x * 1).add_(y), f32("n", 3), f32(3)),
    case("iadd_chain", lambda x: _chain(x), f32("n", 3)),
    case("mul_", lambda x: (x + 0).mul_(2), f32(2, 3)),
    case("div_", lambda x: (x + 0).div_(2), f32(2, 3)),
    case("add_int_from_float", lambda x: (x * 1).add_(1), i64(2, 3)),
    case("sub_promotes_not", lambda x, y: (x * 1).sub_(y), f16(3), f32(3)),
    case("exp_", lambda x: (x + 0).exp_(), f32(2, 3)),
    case("copy_", lambda x, y: (x * 1).copy_(y), f32(3, 4), i64(4)),
    case("fill_", lambda x: (x * 1).fill_(3), f32("n", 4)),
    case("zero_", lambda x: (x * 1).zero_(), f32("n", 4)),
)

test_cast = suite(
    case("to_f64", lambda x: x.to(torch.float64), f32("n", 3)),
    case("to_i64", lambda x: x.to(torch.int64), f32("n", 3)),
    case("to_i32", lambda x: x.int(), f32(3, low=-9, high=9)),
    case("to_bool", lambda x: x.bool(), f32(4, values=[0.0, 0.5, -1.0, 0.0])),
    case("bool_to_f32", lambda x: x.float(), boolean("n", 3)),
    case("to_f16", lambda x: x.half(), f32(2, 3)),
    case("type_as", lambda x, y: x.type_as(y), f32(3), i64(3)),
    case("to_other", lambda x, y: x.to(y), f32(3), f64(3)),
    case("to_same", lambda x: x.to(torch.float32) + 1, f32(3)),
    case("long", lambda x: x.long() + 1, i32(3)),
    case("double", lambda x: x.double(), i64(3)),
    case("to_u8", lambda x: x.to(torch.uint8), f32(3, low=0, high=200)),
    case("cpu", lambda x: x.cpu() + 1, f32(3)),
    case("contiguous", lambda x: x.t().contiguous(), f32(2, "n")),
    case("clone", lambda x: x.clone(), f32(2, "n")),
    case("detach", lambda x: x.detach() + 1, f32(2, "n")),
    case("identity_output", lambda x: x, f32(2, "n")),
)


def _chain(x):
    y = x * 2
    y += 1
    y *= x
    y -= 0.5
    y /= 2
    return y
