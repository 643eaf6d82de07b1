"""torch.nn's losses of margins, pairs, triplets and sequences."""
import numpy as np
import torch
from torch import nn

from cases import F32, F64, REDUCTIONS, cast, exact, gradients, resolved


def loss_margins(s, add, bad):
    """Losses with one score matrix and labels."""
    n, c = s.int(4, 2, 6), s.int(5, 4, 7)
    margin = s.dyadic(0.5, 0.25, 2.0)

    name = "SoftMarginLoss"
    for shape in [(n, c), (s.int(6, 2, 9),), (2, s.int(3, 1, 4), 2), (1, 1)]:
        add(name, {"input": s.normal(*shape, scale=2.0), "target": s.signs(*shape)})
    x = exact([100.0, s.num(50.0, 30, 80), 30.0, 1e-6, 0.0, 1e4])
    add(name, {"input": x, "target": torch.ones(6, dtype=F64)}, note="large correct scores",
        tags=["extreme"])
    x = exact([s.num(-50.0, -80, -30), -20.0])
    add(name, {"input": x, "target": torch.ones(2, dtype=F64)}, note="large wrong scores",
        tags=["extreme"])
    add(name, {"input": exact([-1e4, 1e4]), "target": exact([1.0, -1.0])}, tags=["overflow"],
        note="exp overflows, so the value is Infinity and the gradient NaN; "
             "a stable formula gives |x| and -target")
    bad(name, {"input": s.normal(n, c), "target": s.signs(n, c + 1)}, "shapes differ")

    name = "HingeEmbeddingLoss"
    for shape in [(n, c), (s.int(6, 2, 9),), (1,)]:
        for args in ({}, {"margin": s.num(0.3, 0.1, 0.9)}, {"margin": s.num(2.5, 1.5, 3.5)}):
            add(name, {"input": s.normal(*shape, scale=2.0), "target": s.signs(*shape)}, **args)
    x = exact([margin, margin, 0.0, 0.0, -margin, -margin])
    add(name, {"input": x, "target": exact([1.0, -1, 1, -1, 1, -1])}, margin=margin, tags=["kink"],
        note="input equal to the margin")
    add(name, {"input": exact([1e4, 1e4, -1e4, -1e4]), "target": exact([1.0, -1, 1, -1])},
        tags=["extreme"], note="large inputs")
    bad(name, {"input": s.normal(n, c), "target": s.signs(n, c + 1)}, "shapes differ")

    name = "MultiLabelMarginLoss"

    def labels(rows):
        """Rows of distinct labels, each ended by -1 and followed by unused entries."""
        t = torch.zeros(rows, c, dtype=torch.int64)
        for r in range(rows):
            count = int(s.ints(lo=1, hi=c))
            t[r] = torch.as_tensor(s.rng.permutation(c))
            t[r, count] = -1
        return t

    for _ in range(3):
        add(name, {"input": s.normal(n, c), "target": labels(n)})
    add(name, {"input": s.normal(c), "target": labels(1)[0]}, note="no batch dimension")
    add(name, {"input": s.normal(1, c), "target": labels(1)}, note="batch of one")
    every = torch.as_tensor(s.rng.permutation(c))[None]
    add(name, {"input": s.normal(1, c), "target": every}, note="every class is a label")
    none = labels(2)
    none[:, 0] = -1
    add(name, {"input": s.normal(2, c), "target": none}, note="no labels")
    x = exact([[1.0, 0.0, 0.5, 0.0], [0.25, 0.25, 0.25, 1.25]])
    add(name, {"input": x, "target": torch.tensor([[0, -1, 1, 2], [3, -1, 0, 0]])},
        tags=["kink"], note="differences equal to the margin 1")
    add(name, {"input": exact([[1e4, -1e4, 0.0, 1e4]]), "target": torch.tensor([[1, 2, -1, 0]])},
        tags=["extreme"], note="large inputs")
    wrong = labels(n)
    wrong[0, 0] = c
    bad(name, {"input": s.normal(n, c), "target": wrong}, "label out of range")
    bad(name, {"input": s.normal(n, c), "target": labels(n + 1)}, "batch sizes differ")

    name = "MultiLabelSoftMarginLoss"
    for shape in [(n, c), (c,), (1, c), (2, n, c)]:
        hot = s.ints(*shape, lo=0, hi=2).to(F64)
        add(name, {"input": s.normal(*shape, scale=2.0), "target": hot})
        add(name, {"input": s.normal(*shape, scale=2.0), "target": hot}, note="class weights",
            weight=s.uniform(c, lo=0.25, hi=2.0))
    x = exact([[100.0, -100.0, 1e4, -1e4], [100.0, -100.0, 1e4, -1e4]])
    t = exact([[1.0, 0, 1, 0], [0, 1, 0, 1]])
    add(name, {"input": x, "target": t}, note="extreme logits", tags=["extreme"])
    bad(name, {"input": s.normal(n, c), "target": s.inside(n, c + 1)}, "shapes differ")
    bad(name, {"input": s.normal(n, c), "target": s.inside(n, c)}, "wrong number of weights",
        weight=s.inside(c + 1))

    name = "MultiMarginLoss"
    for p in (1, 2):
        for args in ({}, {"margin": s.num(0.3, 0.1, 0.8)}, {"weight": s.uniform(c, lo=0.25, hi=2)},
                     {"margin": s.num(2.5, 1.5, 3.5), "weight": s.uniform(c, lo=0.25, hi=2.0)}):
            add(name, {"input": s.normal(n, c), "target": s.ints(n, lo=0, hi=c)}, p=p, **args)
        x, t = s.normal(c), torch.as_tensor(s.int(1, 0, 3))
        add(name, {"input": x, "target": t}, note="no batch dimension", p=p)
        add(name, {"input": x[None], "target": t[None]}, note="batch of one", p=p)
        x = exact([[margin, 0.0, 2 * margin, 0.0], [0.0, 0.0, 0.0, 0.0]])
        add(name, {"input": x, "target": torch.tensor([0, 1])}, tags=["kink"], p=p, margin=margin,
            note="differences equal to the margin; equal scores")
        x = exact([[1e4, -1e4, 0.0], [1e4, -1e4, 0.0]])
        add(name, {"input": x, "target": torch.tensor([0, 1])}, tags=["extreme"], p=p,
            note="large inputs")
    x, t = s.normal(n, c), s.ints(n, lo=0, hi=c)
    bad(name, {"input": x, "target": t}, "p must be 1 or 2", p=3)
    for wrong in (c, -1):
        u = t.clone()
        u[0] = wrong
        bad(name, {"input": x, "target": u}, "class index out of range")
    bad(name, {"input": x, "target": t[1:]}, "batch sizes differ")


def loss_pairs(s, add, bad):
    """Losses comparing several inputs."""
    n, d = s.int(4, 2, 6), s.int(5, 3, 7)
    margin = s.dyadic(0.5, 0.25, 2.0)

    name, wrt = "MarginRankingLoss", ("input1", "input2")

    def ranks(*shape):
        return {"input1": s.normal(*shape), "input2": s.normal(*shape), "target": s.signs(*shape)}

    for args in ({}, {"margin": s.num(0.3, 0.1, 0.9)}, {"margin": s.num(2.0, 1.1, 3)}):
        for shape in [(s.int(6, 2, 9),), (n, 3), (1,)]:
            add(name, ranks(*shape), wrt, **args)
    x = s.normal(6)
    y = exact([1.0, -1, 1, -1, 1, -1])
    gap = y * margin * exact([1.0, 1, 0, 0, -1, -1])
    add(name, {"input1": x + gap, "input2": x, "target": y}, wrt, margin=margin, tags=["kink"],
        note="differences equal to the margin and equal inputs")
    add(name, {"input1": x, "input2": x.clone(), "target": y}, wrt, tags=["kink"],
        note="equal inputs, margin 0")
    add(name, {"input1": exact([1e4, 1e4]), "input2": exact([-1e4, -1e4]),
               "target": exact([1.0, -1])}, wrt, tags=["extreme"], note="large inputs")
    bad(name, {"input1": s.normal(n, 3), "input2": s.normal(n, 4), "target": s.signs(n, 3)},
        "shapes differ")
    bad(name, {"input1": s.normal(n, 3), "input2": s.normal(n, 3), "target": s.signs(n)},
        "target lacks a dimension")

    name, wrt = "TripletMarginLoss", ("anchor", "positive", "negative")

    def triple(*shape):
        return {k: s.normal(*shape) for k in wrt}

    for p in (2.0, 1.0, 3.0):
        for swap in (False, True):
            for m in (1.0, s.num(0.2, 0.1, 0.5), s.num(5.0, 3, 7)):
                add(name, triple(n, d), wrt, p=p, swap=swap, margin=m)
    add(name, triple(n, d), wrt, "a larger eps", eps=s.num(0.01, 0.003, 0.05))
    add(name, triple(d), wrt, "no batch dimension")
    add(name, triple(1, d), wrt, "batch of one", swap=True)
    add(name, triple(n, 2, d), wrt, "three dimensions, distance over the last")
    same = triple(n, d)
    same["positive"] = same["anchor"].clone()
    add(name, same, wrt, "anchor equals positive", tags=["kink"])
    add(name, same, wrt, "anchor equals positive, swap with equal distances", tags=["kink"],
        swap=True)
    same = triple(n, d)
    same["negative"] = same["positive"].clone()
    add(name, same, wrt, "positive equals negative")
    far = {k: v * s.num(1e4, 5e3, 2e4) for k, v in triple(n, d).items()}
    add(name, {k: exact(v) for k, v in far.items()}, wrt, "large inputs", tags=["extreme"])
    wrong = triple(n, d)
    wrong["negative"] = s.normal(n, d + 1)
    bad(name, wrong, "shapes differ")
    wrong["negative"] = s.normal(d)
    bad(name, wrong, "numbers of dimensions differ")
    bad(name, triple(n, d), "unknown reduction", reduction="average")

    name, wrt = "CosineEmbeddingLoss", ("input1", "input2")

    def pair(*shape, labels):
        return {"input1": s.normal(*shape), "input2": s.normal(*shape), "target": labels}

    for m in (0.0, s.num(0.3, 0.1, 0.6), s.num(-0.5, -0.9, -0.2)):
        for size in (n, s.int(7, 6, 9)):
            add(name, pair(size, d, labels=s.signs(size)), wrt, margin=m)
    add(name, pair(d, labels=exact(1.0)), wrt, "no batch dimension")
    add(name, pair(d, labels=exact(-1.0)), wrt, "no batch dimension", margin=-0.75)
    add(name, pair(1, d, labels=exact([-1.0])), wrt, "batch of one", margin=-0.75)
    x = pair(2, d, labels=exact([1.0, -1.0]))
    x["input2"] = x["input1"].clone()
    add(name, x, wrt, "equal vectors")
    x["input2"] = -x["input1"]
    add(name, x, wrt, "opposite vectors")
    orthogonal = {"input1": exact([[1.0, 0.0], [0.0, -2.0]]),
                  "input2": exact([[0.0, 3.0], [0.5, 0.0]]), "target": exact([-1.0, -1.0])}
    add(name, orthogonal, wrt, "orthogonal vectors, margin 0", tags=["kink"])
    zero = pair(2, d, labels=exact([1.0, -1.0]))
    zero["input1"] = torch.zeros(2, d, dtype=F64)
    add(name, zero, wrt, "a zero vector", tags=["kink", "extreme"])
    small = pair(2, d, labels=exact([1.0, -1.0]))
    small["input1"] = exact(small["input1"] * 1e-5)
    add(name, small, wrt, "a very short vector", tags=["extreme"], margin=-0.75)
    bad(name, {"input1": s.normal(n, d), "input2": s.normal(n, d + 1), "target": s.signs(n)},
        "shapes differ")
    bad(name, {"input1": s.normal(n, d), "input2": s.normal(n, d), "target": s.signs(n, 1)},
        "target has too many dimensions")


def loss_ctc(s, book, bad):
    name = "CTCLoss"

    def add(logits, targets, input_lengths, target_lengths, note="", tags=(), **args):
        lengths = (torch.as_tensor(input_lengths), torch.as_tensor(target_lengths))
        for reduction in REDUCTIONS:
            loss = nn.CTCLoss(reduction=reduction, **args)

            def run(dtype, upstream):
                x = {"logits": logits}
                a = gradients(lambda logits: loss(logits.log_softmax(-1), targets, *lengths),
                              x, ["logits"], upstream, dtype)
                x = {"log_probs": cast(logits, dtype).log_softmax(-1)}
                b = gradients(lambda log_probs: loss(log_probs, targets, *lengths),
                              x, ["log_probs"], upstream, dtype)
                return {"value": a["value"], "grads": {**a["grads"], **b["grads"]}}

            shape = run(F64, None)["value"].shape
            upstream = s.normal(*shape) if reduction == "none" else None
            x64 = run(F64, upstream)
            inputs = {"logits": logits, "log_probs": logits.log_softmax(-1), "targets": targets,
                      "input_lengths": lengths[0], "target_lengths": lengths[1]}
            fields = {} if upstream is None else {"upstream": upstream}
            book.put_float32(name, x64, run(F32, upstream), tags, note=note, loss=name,
                             args=resolved(nn.CTCLoss, {**args, "reduction": reduction}),
                             inputs=inputs, **fields, **x64)

    t, n, c = s.int(7, 6, 9), 3, s.int(5, 4, 6)
    cuts, sizes = [t, t - 1, t - 2], [3, 1, 2]

    def words(blank, rows=n, width=3):
        """Labels other than blank, without repetitions side by side."""
        w = np.cumsum(s.rng.integers(1, c - 1, (rows, width)), 1) % (c - 1)
        return torch.from_numpy(w + (w >= blank))

    for blank in (0, s.int(2, 1, 3), c - 1):
        for zero_infinity in (False, True):
            args = {"blank": blank, "zero_infinity": zero_infinity}
            add(s.normal(t, n, c), words(blank), cuts, sizes, "lengths of every sample", **args)
    w = words(0)
    joined = torch.cat([w[i, :k] for i, k in enumerate(sizes)])
    add(s.normal(t, n, c), joined, cuts, sizes, "targets joined in one dimension", ["joined"])
    repeated = torch.full((2, 3), s.int(1, 2, 3))
    add(s.normal(t, 2, c), repeated, [t, 5], [3, 3], "repeated labels, one with a single path")
    add(s.normal(t, 1, c), words(0, 1), [t], [3], "batch of one")
    add(s.normal(t, c), words(0, 1)[0], t, 3, "no batch dimension")
    add(s.normal(t, 2, c), words(0, 2), [t, t], [0, 2], "an empty target")
    add(s.normal(1, 2, c), words(0, 2, 1), [1, 1], [1, 1], "one time step")
    for zero_infinity in (False, True):
        add(s.normal(t, 2, c), torch.cat([words(0, 1), repeated[:1]]), [t, 4], [3, 3],
            "the second sample has no alignment: repeated labels need a blank between",
            ["infeasible"], zero_infinity=zero_infinity)
        add(s.normal(t, 2, c), words(0, 2), [t, 2], [2, 3],
            "the second sample is shorter than its target", ["infeasible"],
            zero_infinity=zero_infinity)
    add(s.normal(t, 2, c, scale=s.num(40.0, 20, 60)), words(0, 2), [t, t - 1], [3, 2],
        "extreme logits", ["extreme"])
    add(torch.zeros(t, 2, c, dtype=F64), words(0, 2), [t, t], [2, 3], "equal logits")

    def wrong(note, targets, input_lengths, target_lengths, **args):
        bad(name, {"log_probs": s.normal(t, 2, c).log_softmax(-1), "targets": targets,
                   "input_lengths": torch.tensor(input_lengths),
                   "target_lengths": torch.tensor(target_lengths)}, note, **args)

    wrong("blank out of range", words(0, 2), [t, t], [3, 3], blank=c)
    wrong("input length above the number of time steps", words(0, 2), [t + 1, t], [3, 3])
    wrong("target length above the width of targets", words(0, 2), [t, t], [4, 3])
    wrong("number of input lengths differs from the batch size", words(0, 2), [t], [3, 3])
    wrong("number of target lengths differs from the batch size", words(0, 2), [t, t], [3])
    wrong("unknown reduction", words(0, 2), [t, t], [3, 3], reduction="batchmean")
