"""In-place operators, writes through views, and what shares memory with what.

Each case computes with tensors of its own; that an input is not changed for the
caller is tested where the pass is.
"""

import torch
import torch.nn.functional as F

from conformance import case, f32, i64, suite


def assign_row(x, y):
    x = x + 1
    x[1] = y
    return x


def assign_column(x, y):
    x = x + 1
    x[:, 0] = y
    return x


def assign_number(x):
    x = x + 1
    x[:, 1:3] = 7
    return x


def assign_strided(x, y):
    x = x + 1
    x[:, ::2] = y
    return x


def assign_negative(x, y):
    x = x + 1
    x[-1, -2:] = y
    return x


def assign_nested(x):
    x = x + 1
    x[1:][:, 2][0] = 5.0
    return x


def add_to_slice(x, y):
    x = x * 2
    x[:, 1:3] += y
    return x, x.sum(0)


def add_through_view(x):
    x = x + 1
    x.view(-1)[3:5].add_(10)
    return x


def relu_through_transpose(x):
    x = x + 1
    x.t().relu_()
    return x


def fill_diagonal(x):
    x = x + 1
    x.diagonal().fill_(3)
    return x


def zero_through_permute(x):
    x = x + 1
    x.permute(2, 0, 1)[1].zero_()
    return x


def write_to_chunk(x):
    x = x + 1
    a, b = x.chunk(2, dim=1)
    b.mul_(3)
    return x, a, b


def write_to_split(x):
    x = x + 1
    a, b, c = x.split([1, 2, 1], dim=1)
    b.neg_()
    c.add_(a)
    return x


def write_to_unbind(x):
    x = x + 1
    rows = x.unbind(0)
    rows[1].zero_()
    return x, rows[0] + rows[1]


def view_sees_write(x):
    x = x + 1
    row = x[0]
    before = row * 2
    x.mul_(3)
    return before, row


def sibling_sees_write(x):
    x = x + 1
    flat = x.view(-1)
    column = x[:, 1]
    column.fill_(9)
    return flat, x


def clone_is_apart(x):
    x = x + 1
    kept = x.clone()
    x.zero_()
    return kept, x


def detach_is_not(x):
    x = x + 1
    same = x.detach()
    x.add_(5)
    return same


def write_after_read(x):
    x = x + 1
    y = x * 2
    x.sub_(3)
    return y, x


def buffer_of_zeros(x):
    out = torch.zeros(x.shape[0], 6)
    out[:, 1:5] = x
    return out


def chain(x, y):
    x = x + 1
    x += y
    x -= 0.5
    x *= y
    x /= 2
    return x


def integer_in_place(x):
    x = x + 1
    x += 2
    x //= 2
    x &= 3
    return x


def comparison_in_place(x):
    x = x + 1
    x.gt_(1)
    return x


def copy_of_other_dtype(x, n):
    x = x + 1
    x.copy_(n)
    return x


def masked_fill_in_place(x):
    x = x + 1
    x.masked_fill_(x > 1, -1.0)
    return x


def masked_assignment(x):
    x = x + 1
    x[x > 1] = 0.0
    return x


def index_put_in_place(x, y):
    x = x + 1
    x[torch.tensor([0, 2])] = y
    return x


def accumulate(x, y):
    x = x + 1
    x.index_put_((torch.tensor([0, 0]),), y, accumulate=True)
    return x


def clamp_in_place(x):
    x = x + 1
    x[:, 0].clamp_(min=0)
    x.clamp_(-1, 2)
    return x


def out_argument(x, y):
    result = torch.empty_like(x)
    torch.add(x, y, out=result)
    return result


def unsqueeze_in_place(x):
    x = x + 1
    x.unsqueeze_(0)
    x[0, 1] = 4.0
    return x


def swap_columns(x):
    x = x + 1
    first = x[:, 0].clone()
    x[:, 0] = x[:, 1]
    x[:, 1] = first
    return x


def relu_then_dropout(x):
    y = F.dropout(x + 1, 0.5, training=False)
    y += 1
    return y


def grow_list(x):
    parts = []
    for i in range(3):
        parts.append(x[:, i] * i)
    parts[1] = parts[0] + 1
    return torch.stack(parts, 1)


test_views = suite(
    case("assign_row", assign_row, f32(3, 4), f32(4)),
    case("assign_column", assign_column, f32("n", 4), f32("n")),
    case("assign_number", assign_number, f32("n", 4)),
    case("assign_strided", assign_strided, f32("n", 4), f32("n", 2)),
    case("assign_negative", assign_negative, f32(3, 4), f32(2)),
    case("assign_nested", assign_nested, f32(3, 4)),
    case("add_to_slice", add_to_slice, f32("n", 4), f32("n", 2)),
    case("add_through_view", add_through_view, f32(3, 4)),
    case("relu_through_transpose", relu_through_transpose, f32("n", 4)),
    case("fill_diagonal", fill_diagonal, f32(4, 4)),
    case("fill_diagonal_wide", fill_diagonal, f32(3, 5)),
    case("zero_through_permute", zero_through_permute, f32(2, 3, 4)),
    case("write_to_chunk", write_to_chunk, f32("n", 4)),
    case("write_to_split", write_to_split, f32("n", 4)),
    case("write_to_unbind", write_to_unbind, f32(2, 4)),
    case("view_sees_write", view_sees_write, f32(3, 4)),
    case("sibling_sees_write", sibling_sees_write, f32(3, 4)),
    case("clone_is_apart", clone_is_apart, f32("n", 4)),
    case("detach_is_not", detach_is_not, f32("n", 4)),
    case("write_after_read", write_after_read, f32("n", 4)),
    case("buffer_of_zeros", buffer_of_zeros, f32("n", 4)),
    case("swap_columns", swap_columns, f32("n", 4)),
    case("unsqueeze_in_place", unsqueeze_in_place, f32(3, 4)),
)

test_in_place = suite(
    case("chain", chain, f32("n", 4), f32("n", 4)),
    case("integer_in_place", integer_in_place, i64("n", 4), min_opset=18),
    case("comparison_in_place", comparison_in_place, f32("n", 4)),
    case("copy_of_other_dtype", copy_of_other_dtype, f32("n", 4), i64(4)),
    case("masked_fill_in_place", masked_fill_in_place, f32("n", 4)),
    case("masked_assignment", masked_assignment, f32("n", 4)),
    case("index_put_in_place", index_put_in_place, f32(3, 4), f32(2, 4)),
    case("accumulate", accumulate, f32(3, 4), f32(2, 4), min_opset=16),
    case("clamp_in_place", clamp_in_place, f32("n", 4)),
    case("out_argument", out_argument, f32("n", 4), f32("n", 4)),
    case("relu_then_dropout", relu_then_dropout, f32("n", 4)),
    case("grow_list", grow_list, f32("n", 4)),
)
