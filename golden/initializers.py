"""torch.nn.init's initialisers: values, or the distribution that they are drawn from."""
import math
import statistics

import torch
from torch import nn

from cases import F64, INF, Book, resolved


PROBABILITIES = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]


def distribution(kind, **p):
    """Moments and quantiles of a distribution, as checkable numbers."""
    unit = statistics.NormalDist()
    if kind == "uniform":
        low, high = p["low"], p["high"]
        inverse = lambda q: low + q * (high - low)  # noqa: E731
        mean, std = (low + high) / 2, (high - low) / math.sqrt(12)
        support = [low, high]
    elif kind == "normal":
        mean, std = p["mean"], p["std"]
        inverse = lambda q: mean + std * unit.inv_cdf(q)  # noqa: E731
        support = [-INF, INF]
    else:  # normal truncated to [a, b]
        m, sd, a, b = p["mean"], p["std"], p["a"], p["b"]
        lo, hi = (a - m) / sd, (b - m) / sd
        z0, z = unit.cdf(lo), unit.cdf(hi) - unit.cdf(lo)
        inverse = lambda q: m + sd * unit.inv_cdf(z0 + q * z)  # noqa: E731
        slope = (unit.pdf(lo) - unit.pdf(hi)) / z
        mean = m + sd * slope
        std = sd * math.sqrt(1 + (lo * unit.pdf(lo) - hi * unit.pdf(hi)) / z - slope ** 2)
        support = [a, b]
    grid_ = [inverse((i + 0.5) / 4000) for i in range(4000)]
    fourth = {"uniform": 1.8, "normal": 3.0}.get(kind)
    if fourth is None:
        fourth = sum(((x - mean) / std) ** 4 for x in grid_) / 4000
    return {"type": kind, **p, "mean_value": mean, "std_value": std, "kurtosis": fourth,
            "support": support, "probabilities": PROBABILITIES,
            "quantiles": [inverse(q) for q in PROBABILITIES]}


def initializers(s):
    book = Book()
    torch.manual_seed(int(s.rng.integers(2 ** 31)))
    slope = s.num(0.2, 0.05, 0.8)
    for name in ("linear", "conv1d", "conv2d", "conv3d", "sigmoid", "tanh", "relu",
                 "leaky_relu", "selu"):
        for param in [None] + ([0.0, slope, math.sqrt(5)] if name == "leaky_relu" else []):
            book.put("calculate_gain", initializer="calculate_gain", value=float(
                nn.init.calculate_gain(name, param)), args={"nonlinearity": name, "param": param})
    for name in ("gelu", "unknown"):
        book.put_error("calculate_gain", lambda: nn.init.calculate_gain(name),
                       initializer="calculate_gain", args={"nonlinearity": name, "param": None})

    def fill(name, shape, args):
        return getattr(nn.init, name + "_")(torch.empty(*shape, dtype=F64), **args)

    def complete(name, args):
        return resolved(getattr(nn.init, name + "_"), args)

    def add_exact(name, shape, **args):
        book.put(name, initializer=name, args=complete(name, args), shape=shape,
                 value=fill(name, shape, args))

    def add(name, shape, dist, fans=None, factor=None, **args):
        """A random initializer; PyTorch's own sample must have the expected moments."""
        x = fill(name, shape, args).flatten()
        n = x.numel()
        se_mean = dist["std_value"] / math.sqrt(n)
        se_std = dist["std_value"] * math.sqrt((dist["kurtosis"] - 1) / (4 * n))
        assert abs(x.mean().item() - dist["mean_value"]) < 5 * se_mean, name
        assert abs(x.std().item() - dist["std_value"]) < 5 * se_std, name
        assert dist["support"][0] <= x.min() and x.max() <= dist["support"][1], name
        extra = {"fan_in": fans[0], "fan_out": fans[1]} if fans else {}
        extra.update({"gain": factor} if factor is not None else {})
        book.put(name, initializer=name, args=complete(name, args), shape=shape, **extra,
                 distribution=dist, count=n, se_mean=se_mean, se_std=se_std)

    def bad(name, shape, note, **args):
        book.put_error(name, lambda: fill(name, shape, args), note=note, initializer=name,
                       args=args, shape=shape)

    rows, cols = s.int(3, 2, 6), s.int(4, 2, 6)
    add_exact("constant", [rows, cols], val=s.num(0.3, -2, 2))
    add_exact("ones", [rows, cols])
    add_exact("zeros", [rows, cols])
    for shape in ([rows, cols], [cols + 2, rows], [rows, rows]):
        add_exact("eye", shape)
    k = s.int(3, 4, 5)
    for shape, groups in [([2, 2, k], 1), ([4, 2, 3, k], 1), ([2, 3, k, 3], 1), ([4, 2, 3, 3], 2),
                          ([6, 2, k], 3), ([2, 2, 3, 3, 2], 1), ([3, 2, 2], 1)]:
        add_exact("dirac", shape, groups=groups)
    bad("dirac", [3, 3], "two dimensions")
    bad("dirac", [3, 2, 3], "channels not divisible by groups", groups=2)
    bad("eye", [2, 3, 3], "three dimensions")

    big = [s.int(64, 50, 90), s.int(48, 40, 80)]
    low, high = s.num(-0.5, -2, -0.1), s.num(1.5, 0.5, 3)
    add("uniform", big, distribution("uniform", low=0.0, high=1.0))
    add("uniform", big, distribution("uniform", low=low, high=high), a=low, b=high)
    mean, std = s.num(0.5, -2, 2), s.num(2.0, 0.3, 3)
    add("normal", big, distribution("normal", mean=0.0, std=1.0))
    add("normal", big, distribution("normal", mean=mean, std=std), mean=mean, std=std)
    for a, b in [(-2.0, 2.0), (s.num(-0.5, -1, -0.2), s.num(1.0, 0.5, 2)), (0.0, s.num(3, 2, 4.0)),
                 (-100.0, 100.0)]:
        args = {"mean": 0.0, "std": 1.0, "a": a, "b": b}
        add("trunc_normal", big, distribution("trunc_normal", **args), **args)
    std = s.num(0.02, 0.01, 0.5)
    args = {"mean": s.num(0.1, -0.3, 0.3), "std": std, "a": -2.0, "b": 2.0}
    add("trunc_normal", big, distribution("trunc_normal", **args), **args)

    shapes = [big, [big[1], 7], [s.int(24, 16, 32), s.int(10, 6, 14), 5],
              [s.int(16, 12, 24), s.int(8, 5, 12), 3, 3], [8, s.int(4, 3, 6), 3, 2, 2]]
    for shape in shapes:
        spread = math.prod(shape[2:])
        fans = (shape[1] * spread, shape[0] * spread)
        for gain in (1.0, s.num(1.5, 0.5, 2.5)):
            std = gain * math.sqrt(2 / sum(fans))
            bound = std * math.sqrt(3)
            add("xavier_uniform", shape, distribution("uniform", low=-bound, high=bound), fans,
                gain, gain=gain)
            add("xavier_normal", shape, distribution("normal", mean=0.0, std=std), fans, gain,
                gain=gain)
        for mode, fan in zip(("fan_in", "fan_out"), fans):
            for a, kind in [(0, "leaky_relu"), (slope, "leaky_relu"), (math.sqrt(5), "leaky_relu"),
                            (0, "relu"), (0, "tanh"), (0, "linear"), (0, "selu")]:
                gain = float(nn.init.calculate_gain(kind, a))
                std = gain / math.sqrt(fan)
                bound = std * math.sqrt(3)
                args = {"a": a, "mode": mode, "nonlinearity": kind}
                add("kaiming_uniform", shape, distribution("uniform", low=-bound, high=bound),
                    fans, gain, **args)
                add("kaiming_normal", shape, distribution("normal", mean=0.0, std=std), fans,
                    gain, **args)
    for name in ("xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal"):
        bad(name, [5], "fans need two dimensions")
    for name in ("kaiming_uniform", "kaiming_normal"):
        bad(name, [5, 4], "unknown mode", mode="fan_both")
        bad(name, [5, 4], "unknown nonlinearity", nonlinearity="cube")

    wide, tall = [s.int(5, 4, 8), s.int(9, 9, 14)], [s.int(10, 9, 14), s.int(4, 3, 8)]
    for shape in (wide, tall, [s.int(6, 4, 8)] * 2, [4, s.int(3, 2, 5), 3, 3], [12, 2, 2, 2],
                  [1, 5], [5, 1]):
        for gain in (1.0, s.num(1.4, 0.5, 3)):
            r, c = shape[0], math.prod(shape[1:])
            x = fill("orthogonal", shape, {"gain": gain}).reshape(r, c)
            side = "rows" if r <= c else "columns"
            gram = x @ x.T if side == "rows" else x.T @ x
            assert torch.allclose(gram, gain ** 2 * torch.eye(min(r, c), dtype=F64))
            a = s.normal(r, c)  # the same steps on a known matrix give an exact result
            q, t = torch.linalg.qr(a.T if r < c else a)
            q = q * t.diagonal().sign()
            q = gain * (q.T if r < c else q)
            book.put("orthogonal", initializer="orthogonal", args={"gain": gain}, shape=shape,
                     orthonormal=side, gram_diagonal=gain ** 2, second_moment=gain ** 2 / max(r, c),
                     frobenius=gain * math.sqrt(min(r, c)), gaussian=a, from_gaussian=q)
    bad("orthogonal", [5], "one dimension")

    for fraction in (s.num(0.1, 0.05, 0.3), 0.5, s.num(0.9, 0.7, 0.95), 0.0, 1.0):
        std = s.num(0.01, 0.01, 0.5)
        zeros = math.ceil(fraction * big[0])
        x = fill("sparse", big, {"sparsity": fraction, "std": std})
        assert ((x == 0).sum(0) == zeros).all()
        book.put("sparse", initializer="sparse", args={"sparsity": fraction, "std": std},
                 shape=big, zeros_per_column=zeros, nonzero_mean=0.0, nonzero_std=std)
    bad("sparse", [4, 3, 2], "three dimensions", sparsity=0.5)
    return book
