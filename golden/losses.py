"""torch.nn's losses: the family, and those of numbers, of yes or no, and of distributions."""
import torch
from torch import nn

from cases import F32, F64, INF, NAN, REDUCTIONS, Book, cast, exact, gradients, resolved
from loss_classes import loss_classes
from loss_margins import loss_ctc, loss_margins, loss_pairs


def named(name):
    """torch.nn's class of this name, or one of this file for a loss that PyTorch lacks."""
    return globals().get(name) or getattr(nn, name)


def losses(s):
    book = Book()

    def add(name, inputs, wrt=("input",), note="", tags=(), reductions=REDUCTIONS, **args):
        for reduction in reductions:
            def run(dtype, upstream):
                loss = named(name)(**cast(args, dtype), reduction=reduction)
                return gradients(lambda **x: loss(*x.values()), inputs, wrt, upstream, dtype)
            shape = run(F64, None)["value"].shape
            upstream = s.normal(*shape) if reduction == "none" else None
            x64 = run(F64, upstream)
            full = resolved(named(name), {**args, "reduction": reduction})
            fields = {"loss": name, "args": full, "inputs": inputs}
            if upstream is not None:
                fields["upstream"] = upstream
            book.put_float32(name, x64, run(F32, upstream), tags, note=note, **fields, **x64)

    def bad(name, inputs, note, **args):
        book.put_error(name, lambda: named(name)(**args)(*inputs.values()),
                       note=note, loss=name, args=args, inputs=inputs)

    loss_regression(s, add, bad)
    loss_classes(s, add, bad)
    loss_binary(s, add, bad)
    loss_distributions(s, add, bad)
    loss_margins(s, add, bad)
    loss_pairs(s, add, bad)
    loss_ctc(s, book, bad)
    # New cases go here: all draw from one generator, so that one further up would change those below.
    return book


def loss_regression(s, add, bad):
    n, c = s.int(4, 2, 7), s.int(3, 2, 6)
    both = ("input", "target")
    half = s.dyadic(0.5, 0.25, 0.875)  # a threshold that is hit exactly
    variants = [("L1Loss", {}), ("MSELoss", {}),
                ("SmoothL1Loss", {}), ("SmoothL1Loss", {"beta": s.num(0.3, 0.1, 0.8)}),
                ("SmoothL1Loss", {"beta": s.num(4.0, 2, 6)}), ("SmoothL1Loss", {"beta": 0.0}),
                ("HuberLoss", {}), ("HuberLoss", {"delta": s.num(0.3, 0.1, 0.8)}),
                ("HuberLoss", {"delta": s.num(4.0, 2, 6)})]
    for name, args in variants:
        for shape in [(n, c), (s.int(5, 2, 9),), (2, s.int(3, 1, 5), 2)]:
            pair = {"input": s.normal(*shape), "target": s.normal(*shape)}
            add(name, pair, both, **args)
    for name, key in [("L1Loss", None), ("MSELoss", None),
                      ("SmoothL1Loss", "beta"), ("HuberLoss", "delta")]:
        args = {key: half} if key else {}
        x = s.normal(n, c)
        add(name, {"input": x, "target": x.clone()}, both, "input equals target", ["kink"])
        step = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0], dtype=F64) * half
        t = s.normal(5)
        add(name, {"input": t + step, "target": t}, both,
            "differences of 0, 1 and 2 thresholds", ["kink"], **args)
        add(name, {"input": s.normal(), "target": s.normal()}, both, "scalars")
        add(name, {"input": s.normal(1, 1), "target": s.normal(1, 1)}, both, "batch of one")
        big = exact([1e-30, -1e-12, 1e-5, s.num(1e5, 5e4, 5e5), s.num(-1e15, -9e15, -1e15)])
        add(name, {"input": big, "target": torch.zeros(5, dtype=F64)}, both,
            "very small and very large differences", ["extreme"], **args)
        add(name, {"input": s.normal(n, c), "target": s.normal(1, c)}, both,
            "target broadcast over the batch", ["broadcast"])
        add(name, {"input": exact([NAN, INF, -INF, 1.0]), "target": exact([0.0, 0, 0, 0])}, both,
            "NaN and infinite inputs", ["nonfinite"])
        empty = torch.zeros(0, c, dtype=F64)
        add(name, {"input": empty, "target": empty}, both, "empty batch", ["empty"])
        bad(name, {"input": s.normal(n, c), "target": s.normal(n, c + 1)}, "shapes differ")
        bad(name, {"input": s.normal(n, c), "target": s.normal(n, c)}, "unknown reduction",
            reduction="average")
    pair = {"input": s.normal(n, c), "target": s.normal(n, c)}
    bad("SmoothL1Loss", pair, "negative beta", beta=-half)
    bad("HuberLoss", pair, "zero delta", delta=0.0)
    bad("HuberLoss", pair, "negative delta", delta=-half)


def loss_binary(s, add, bad):
    both = ("input", "target")
    n, c = s.int(4, 2, 6), s.int(3, 2, 5)
    for name in ("BCELoss", "BCEWithLogitsLoss"):
        plain = name == "BCELoss"

        def score(*shape):
            return s.inside(*shape) if plain else s.normal(*shape, scale=2.0)

        for shape in [(n, c), (s.int(5, 2, 9),), (2, 2, s.int(3, 1, 4))]:
            add(name, {"input": score(*shape), "target": s.ints(*shape, lo=0, hi=2).to(F64)}, both)
            add(name, {"input": score(*shape), "target": s.uniform(*shape)}, both, "soft targets")

        def pair():
            return {"input": score(n, c), "target": s.ints(n, c, lo=0, hi=2).to(F64)}

        for size, note in [((n, c), "weight of every element"), ((c,), "weight of every column"),
                           ((n, 1), "weight of every row")]:
            add(name, pair(), both, note, weight=s.uniform(*size, lo=0.1, hi=2.0))
        if not plain:
            add(name, pair(), both, "pos_weight", pos_weight=s.uniform(c, lo=0.25, hi=4.0))
            add(name, pair(), both, "one pos_weight for all columns",
                pos_weight=s.uniform(1, lo=2.0, hi=5.0))
            add(name, {"input": score(n, c), "target": s.uniform(n, c)}, both,
                "weight and pos_weight, soft targets", weight=s.uniform(n, c, lo=0.1, hi=2.0),
                pos_weight=s.uniform(c, lo=0.25, hi=4.0))
        add(name, {"input": score(1, 1), "target": exact([[1.0]])}, both, "batch of one")
        add(name, {"input": score(), "target": exact(0.0)}, both, "scalars")
        target = exact([0.0, 1.0, 0.5, s.dyadic(0.25, 0.125, 0.875)])
        if plain:
            edge = exact([0.0, 1.0, 1e-30, s.num(1e-7, 1e-8, 1e-6), 1 - 2.0 ** -24, 0.5])
        else:
            far = s.num(1e4, 5e3, 5e4)
            edge = exact([far, -far, 100.0, -100.0, s.num(20.0, 15, 40), 1e-8, 0.0])
        x, t = edge.repeat_interleave(4), target.repeat(len(edge))
        add(name, {"input": x, "target": t}, both,
            "probabilities 0 and 1" if plain else "extreme logits", ["extreme"])
        if not plain:
            add(name, {"input": x, "target": t}, both, "extreme logits, pos_weight", ["extreme"],
                pos_weight=exact(s.num(3.0, 1.5, 5)))
            add(name, {"input": exact([INF, -INF, INF, -INF]), "target": exact([1.0, 0, 0, 1])},
                both, "infinite logits", ["nonfinite"])
        empty = torch.zeros(0, c, dtype=F64)
        add(name, {"input": empty, "target": empty}, both, "empty batch", ["empty"])
        bad(name, {"input": score(n, c), "target": s.inside(n, c + 1)}, "shapes differ")
        bad(name, {"input": score(n, c), "target": s.inside(n)}, "target lacks a dimension")
        bad(name, pair(), "weight of another shape", weight=s.inside(c + 1))
        bad(name, pair(), "unknown reduction", reduction="batchmean")
        if plain:
            for wrong in (-0.125, 1.125, NAN):
                x = score(n, c)
                x[0, 0] = wrong
                bad(name, {"input": x, "target": s.inside(n, c)}, "input outside 0..1")
        else:
            bad(name, pair(), "wrong length of pos_weight", pos_weight=s.inside(c + 1))


def loss_distributions(s, add, bad):
    """PoissonNLLLoss, GaussianNLLLoss and KLDivLoss."""
    both = ("input", "target")
    n, c = s.int(4, 2, 6), s.int(3, 2, 5)

    name = "PoissonNLLLoss"
    eps = s.num(1e-3, 1e-4, 1e-2)
    for shape in [(n, c), (s.int(6, 2, 9),)]:
        for log_input in (True, False):
            for full in (False, True):
                x = s.normal(*shape) if log_input else s.uniform(*shape, lo=0.125, hi=4.0)
                args = {"log_input": log_input, "full": full}
                counts = s.ints(*shape, lo=2, hi=8).to(F64)
                add(name, {"input": x, "target": counts}, both, "counts above 1", **args)
                y = s.uniform(*shape, lo=0.0, hi=3.0)
                y.view(-1)[:2] = exact([1.0, 0.0])
                add(name, {"input": x, "target": y}, ("input",) if full else both,
                    "real targets, among them 0 and 1", **args)
    add(name, {"input": exact([0.0, 0.0, 1e-6, 2.0]), "target": exact([0.0, 2.0, 3.0, 0.0])},
        both, "rate 0", ["extreme"], log_input=False, eps=eps)
    add(name, {"input": exact([0.0, 0.0, 1e-6, 2.0]), "target": exact([0.0, 2.0, 3.0, 0.0])},
        both, "rate 0, default eps", ["extreme"], log_input=False)
    add(name, {"input": exact([-100.0, -1e4, s.num(20.0, 10, 30), 0.0]),
               "target": exact([1.0, 2.0, 3.0, 4.0])}, both, "extreme log rates", ["extreme"])
    add(name, {"input": exact([s.num(100.0, 95, 150), 1.0]), "target": exact([1.0, 2.0])}, both,
        "log rate whose exponential overflows float32", ["extreme", "float64_only"])
    add(name, {"input": s.normal(1, 1), "target": exact([[3.0]])}, both, "batch of one", full=True)
    bad(name, {"input": s.normal(n, c), "target": s.uniform(n, c + 1)}, "shapes differ")
    bad(name, {"input": s.normal(n, c), "target": s.uniform(n, c)}, "unknown reduction",
        reduction="average")

    name, wrt = "GaussianNLLLoss", ("input", "target", "var")

    def gauss(*shape, var):
        return {"input": s.normal(*shape), "target": s.normal(*shape),
                "var": s.uniform(*var, lo=0.25, hi=3.0)}

    for full in (False, True):
        for shape, var, note in [((n, c), (n, c), "variance of every element"),
                                 ((n, c), (n, 1), "one variance per row"),
                                 ((n, c), (n,), "one variance per row, last dimension missing"),
                                 ((2, n, c), (2, n, 1), "three dimensions"),
                                 ((1, 1), (1, 1), "batch of one")]:
            add(name, gauss(*shape, var=var), wrt, note, full=full)
    small = gauss(5, var=(5,))
    eps = s.dyadic(0.0625, 0.03125, 0.125, 2.0 ** -8)
    small["var"] = torch.stack([exact(v) for v in (0.0, eps / 2, eps, 2 * eps, 1.0)])
    add(name, small, wrt, "variances at and below eps, which are clamped", ["kink"], eps=eps)
    add(name, small, wrt, "variance 0, default eps", ["extreme", "kink"], full=True)
    big = gauss(4, var=(4,))
    big["input"], big["var"] = exact([1e4, -1e4, 0.0, 1e-6]), exact([1.0, 1e4, 1e6, 1.0])
    add(name, big, wrt, "large and small values", ["extreme"])
    negative = gauss(n, c, var=(n, c))
    negative["var"][0, 0] = -0.5
    bad(name, negative, "negative variance")
    bad(name, gauss(n, c, var=(n + 1, c)), "variance of another shape")
    bad(name, gauss(n, c, var=(n, c)), "unknown reduction", reduction="average")

    name = "KLDivLoss"
    four = REDUCTIONS + ("batchmean",)
    for log_target in (False, True):
        for shape in [(n, c), (c,), (2, n, c), (1, c)]:
            x, p = exact(s.normal(*shape).log_softmax(-1)), s.probabilities(*shape)
            add(name, {"input": x, "target": exact(p.log()) if log_target else p}, both,
                reductions=four, log_target=log_target)
    x = exact(s.normal(4, 3).log_softmax(-1))
    q = s.dyadic(0.25, 0.125, 0.875)
    p = exact([[0.0, 0.0, 1.0], [q, 1 - q, 0.0], [1.0, 0.0, 0.0], [0.25, 0.25, 0.5]])
    add(name, {"input": x, "target": p}, note="probabilities 0 and 1", tags=["extreme"],
        reductions=four)
    add(name, {"input": x, "target": p.log()}, note="log target -Infinity", tags=["nonfinite"],
        reductions=four, log_target=True)
    add(name, {"input": exact([[-1e4, 0.0, -100.0]]), "target": s.probabilities(1, 3)}, both,
        "extreme log-probabilities", ["extreme"], reductions=four)
    add(name, {"input": s.normal(n, c), "target": s.normal(n, c)}, note="negative targets",
        tags=["nonfinite"], reductions=four)
    bad(name, {"input": s.normal(n, c), "target": s.inside(n, c + 1)}, "shapes differ")
    bad(name, {"input": s.normal(n, c), "target": s.inside(n, c)}, "unknown reduction",
        reduction="average")
