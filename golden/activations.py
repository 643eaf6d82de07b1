"""Activations."""
import torch
import torch.nn.functional as F

from cases import F32, F64, INF, NAN, Book, exact, gradients


def activations(s):
    book = Book()
    simple = {
        "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": F.relu, "leaky_relu": F.leaky_relu,
        "elu": F.elu, "selu": F.selu, "gelu": F.gelu, "softplus": F.softplus,
        "hardtanh": F.hardtanh, "hardsigmoid": F.hardsigmoid, "silu": F.silu, "mish": F.mish,
        "softsign": F.softsign, "logsigmoid": F.logsigmoid, "softmax": F.softmax,
        "log_softmax": F.log_softmax, "prelu": F.prelu,
        "scaled_sigmoid": lambda x: 4 * torch.sigmoid(x) - 2,
        "maxout": lambda x, pieces: x.unflatten(-1, (-1, pieces)).max(-1).values,
        "maxout_linear": lambda x, weight, bias:
            (torch.einsum("ni,koi->nok", x, weight) + bias.T).max(-1).values,
    }

    def add(name, inputs, upstream=None, note="", tags=(), **args):
        def run(dtype):
            return gradients(lambda **v: simple[name](*v.values(), **args), inputs, list(inputs),
                             upstream, dtype)
        x64 = run(F64)
        fields = {} if upstream is None else {"upstream": upstream}
        book.put_float32(name, x64, run(F32), tags, note=note, activation=name, args=args,
                         inputs=inputs, **fields, **x64)

    low, high = s.dyadic(-2.0, -3, -1.125), s.dyadic(1.5, 1.125, 3)
    ends = [1e4, 1e3, 100.0, 50.0, 20.0, 10.0, 8.0, 5.0, 4.0, 3.5, 3.0, 2.5, 2.0, 1.5, 1.25, 1.0,
            0.75, 0.5, 0.25, 0.1, 1e-2, 1e-4, 1e-8, 1e-30]
    if s.held_out:
        ends = [v * float(s.rng.uniform(0.8, 1.2)) for v in ends] + [20.0, 3.0, 1.0]
    x = exact(sorted([-v for v in ends] + [0.0, low, high] + ends))
    listed = [("sigmoid", {}), ("tanh", {}), ("relu", {}), ("silu", {}), ("mish", {}),
              ("selu", {}), ("softsign", {}), ("logsigmoid", {}), ("hardsigmoid", {}),
              ("scaled_sigmoid", {}),
              ("leaky_relu", {"negative_slope": 0.01}),
              ("leaky_relu", {"negative_slope": s.num(0.2, 0.05, 0.5)}),
              ("elu", {"alpha": 1.0}), ("elu", {"alpha": s.num(0.5, 0.2, 1.9)}),
              ("gelu", {"approximate": "none"}), ("gelu", {"approximate": "tanh"}),
              ("softplus", {"beta": 1.0, "threshold": 20.0}),
              ("softplus", {"beta": s.pick(2.0, 0.5, 4.0), "threshold": s.dyadic(5.0, 2, 8)}),
              ("hardtanh", {"min_val": -1.0, "max_val": 1.0}),
              ("hardtanh", {"min_val": low, "max_val": high})]
    for name, args in listed:
        add(name, {"input": x}, **args)
        add(name, {"input": exact([INF, -INF, NAN])}, note="non-finite inputs",
            tags=["nonfinite"], **args)
        shape = (s.int(3, 2, 5), s.int(4, 2, 5))
        add(name, {"input": s.normal(*shape, scale=2.0)}, s.normal(*shape),
            "random upstream gradient", **args)
    n, c = s.int(3, 2, 5), s.int(4, 2, 6)
    add("prelu", {"input": x, "weight": exact([s.num(0.25, 0.05, 0.9)])}, s.normal(len(x)))
    add("prelu", {"input": s.normal(n, c), "weight": s.uniform(c)}, s.normal(n, c),
        "a slope of every channel")
    add("prelu", {"input": s.normal(2, c, 2, 3), "weight": s.uniform(c)}, s.normal(2, c, 2, 3),
        "a slope of every channel of an image")
    for name in ("softmax", "log_softmax"):
        for dim in (0, 1, 2):
            shape = (2, n, c)
            add(name, {"input": s.normal(*shape)}, s.normal(*shape), dim=dim)
        add(name, {"input": s.normal(c)}, s.normal(c), dim=0)
        far = s.num(1e4, 5e3, 5e4)
        rows = exact([[far, -far, 0.0], [far, far, far], [-far, -far, -far - 1],
                      [100.0, 99.0, -100.0]])
        add(name, {"input": rows}, s.normal(4, 3), "extreme inputs", ["extreme"], dim=1)
        add(name, {"input": exact([[-INF, 0.0, 1.0]])}, s.normal(1, 3), "one input -Infinity",
            ["nonfinite"], dim=1)
        add(name, {"input": s.normal(n, 1)}, s.normal(n, 1), "a single class", dim=1)
    for k in (2, s.int(3, 4, 5)):
        add("maxout", {"input": s.normal(n, c * k)}, s.normal(n, c), pieces=k)
        inputs = {"input": s.normal(n, 3), "weight": s.normal(k, c, 3), "bias": s.normal(k, c)}
        add("maxout_linear", inputs, s.normal(n, c), f"{k} pieces")
    add("maxout", {"input": exact([[1.0, 1.0, 0.0, -2.0, 0.5, 0.5]])}, exact([[1.0, -0.5]]),
        "equal pieces: the gradient goes to the first", ["tie"], pieces=3)
    return book
