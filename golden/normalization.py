"""Normalising layers over several batches."""
import torch
from torch import nn

from cases import F32, F64, Book, cast, resolved


def normalization(s):
    book = Book()

    def add(name, args, batches, note="", tags=(), random_start=False):
        """batches: list of (mode, input); layers keep their state from batch to batch."""
        start = getattr(nn, name)(**args).double()
        state = {k: v for k, v in start.state_dict().items()}
        for k in state:
            if k in ("weight", "bias") or (random_start and k == "running_mean"):
                state[k] = s.normal(*state[k].shape)
            elif random_start and k == "running_var":
                state[k] = s.uniform(*state[k].shape, lo=0.5, hi=2.0)
        start.load_state_dict(state)
        ups = [s.normal(*x.shape) for _, x in batches]
        rename = {"weight": "gamma", "bias": "beta", "input": "input"}

        def run(dtype):
            layer = getattr(nn, name)(**args).to(dtype)
            layer.load_state_dict(state)
            results = []
            for (mode, x), up in zip(batches, ups):
                layer.train(mode == "train")
                leaves = {"input": cast(x, dtype).requires_grad_(),
                          **dict(layer.named_parameters())}
                y = layer(leaves["input"])
                g = torch.autograd.grad(y, list(leaves.values()), cast(up, dtype))
                result = {"value": y.detach(),
                          "grads": {rename[k]: v for k, v in zip(leaves, g)}}
                result.update({k: v.clone() for k, v in layer.named_buffers()
                               if k.startswith("running")})
                results.append(result)
            return results

        x64, x32 = run(F64), run(F32)
        named = {rename.get(k, k): v for k, v in state.items() if k != "num_batches_tracked"}
        shown = [{"mode": mode, "input": x, "upstream": up, **r}
                 for (mode, x), up, r in zip(batches, ups, x64)]
        book.put_float32(name, x64, x32, tags, note=note, layer=name,
                         args=resolved(getattr(nn, name), args), state=named, batches=shown)

    def series(*shape, mean=0.5, scale=1.5):
        return [("train", s.normal(*shape, mean=mean, scale=scale)) for _ in range(3)] + \
               [("eval", s.normal(*shape, mean=mean, scale=scale))]

    c = s.int(3, 2, 5)
    shapes = {"BatchNorm1d": [(s.int(4, 3, 7), c), (3, c, s.int(4, 2, 5))],
              "BatchNorm2d": [(2, c, s.int(3, 2, 4), 2)]}
    for name, list_ in shapes.items():
        for shape in list_:
            base = {"num_features": c}
            add(name, base, series(*shape))
            add(name, {**base, "eps": s.num(0.01, 0.001, 0.1), "momentum": s.num(0.3, 0.05, 0.9)},
                series(*shape))
            add(name, {**base, "affine": False}, series(*shape), "without gamma and beta")
            add(name, {**base, "momentum": None}, series(*shape), "cumulative average")
            add(name, {**base, "track_running_stats": False}, series(*shape),
                "without running statistics; eval uses those of the batch")
            add(name, base, [("eval", s.normal(*shape))], "given statistics", random_start=True)
            add(name, {**base, "momentum": s.num(0.2, 0.05, 0.9)},
                [("train", s.normal(*shape)), ("eval", s.normal(*shape)),
                 ("train", s.normal(*shape))], "given statistics, eval in between",
                random_start=True)
        constant = [("train", torch.ones_like(s.normal(*list_[0])) * 2.5)]
        add(name, {"num_features": c}, constant, "constant input, variance 0", ["extreme"])
    shifted = series(s.int(6, 4, 9), c, mean=s.num(1e4, 5e3, 2e4))
    add("BatchNorm1d", {"num_features": c}, shifted, "mean much larger than the deviation",
        ["extreme", "float64_only"])
    one = torch.zeros(1, c)
    book.put_error("BatchNorm1d", lambda: nn.BatchNorm1d(c)(one), layer="BatchNorm1d",
                   note="one value per channel in training", args={"num_features": c},
                   inputs={"input": one})
    book.put_error("BatchNorm1d", lambda: nn.BatchNorm1d(c + 1)(torch.zeros(4, c)),
                   layer="BatchNorm1d", note="wrong number of channels",
                   args={"num_features": c + 1}, inputs={"input": torch.zeros(4, c)})
    image = torch.zeros(2, c, 2, 2)
    book.put_error("BatchNorm1d", lambda: nn.BatchNorm1d(c)(image), layer="BatchNorm1d",
                   note="four dimensions", args={"num_features": c}, inputs={"input": image})
    book.put_error("BatchNorm2d", lambda: nn.BatchNorm2d(c)(one), layer="BatchNorm2d",
                   note="two dimensions", args={"num_features": c}, inputs={"input": one})

    n, d, e = s.int(3, 2, 5), s.int(5, 3, 7), s.int(2, 2, 4)
    for shape, normalized in [((n, d), [d]), ((2, n, d), [d]), ((2, d, e), [d, e]),
                              ((1, d), [d])]:
        base = {"normalized_shape": normalized}
        add("LayerNorm", base, [("train", s.normal(*shape, scale=2.0))])
        add("LayerNorm", {**base, "eps": s.num(0.1, 0.01, 0.5)}, [("train", s.normal(*shape))])
        add("LayerNorm", {**base, "elementwise_affine": False}, [("train", s.normal(*shape))])
    add("LayerNorm", {"normalized_shape": [d]}, [("train", torch.full((n, d), 1.5, dtype=F64))],
        "constant input, variance 0", ["extreme"])
    book.put_error("LayerNorm", lambda: nn.LayerNorm([d + 1])(torch.zeros(n, d)),
                   layer="LayerNorm", note="wrong shape", args={"normalized_shape": [d + 1]},
                   inputs={"input": torch.zeros(n, d)})

    shape = (2, c, s.int(3, 2, 4), s.int(2, 2, 4))
    base = {"num_features": c}
    add("InstanceNorm2d", base, [("train", s.normal(*shape)), ("eval", s.normal(*shape))])
    add("InstanceNorm2d", {**base, "affine": True, "eps": s.num(0.01, 0.001, 0.1)},
        [("train", s.normal(*shape))])
    add("InstanceNorm2d", {**base, "affine": True, "track_running_stats": True,
                           "momentum": s.num(0.2, 0.05, 0.9)}, series(*shape),
        "running statistics, used by eval")
    single = torch.zeros(2, c, 1, 1)
    book.put_error("InstanceNorm2d", lambda: nn.InstanceNorm2d(c)(single), layer="InstanceNorm2d",
                   note="one value per channel in training", args=base, inputs={"input": single})

    groups = s.int(2, 2, 3)
    c = groups * s.int(3, 2, 3)
    for g in (1, groups, c):
        for shape in [(2, c, 2, s.int(3, 2, 4)), (n, c, 2)]:
            add("GroupNorm", {"num_groups": g, "num_channels": c}, [("train", s.normal(*shape))])
        add("GroupNorm", {"num_groups": g, "num_channels": c, "affine": False,
                          "eps": s.num(0.01, 0.001, 0.1)}, [("train", s.normal(2, c, 2, 2))])
    add("GroupNorm", {"num_groups": groups, "num_channels": c}, [("train", s.normal(n, c))],
        "no spatial dimensions")
    book.put_error("GroupNorm", lambda: nn.GroupNorm(groups, c + 1)(torch.zeros(2, c + 1, 2)),
                   layer="GroupNorm", note="channels not divisible by groups",
                   args={"num_groups": groups, "num_channels": c + 1},
                   inputs={"input": torch.zeros(2, c + 1, 2)})
    return book
