"""What all families share: data that is exact in float32, cases as JSON, and float32 against float64."""
import inspect
import math
import zlib
from collections import Counter

import numpy as np
import torch

F64, F32 = torch.float64, torch.float32
INF, NAN = math.inf, math.nan
FLOAT32_LIMIT = 2e-4  # largest float32 error accepted without the tag float64_only
REDUCTIONS = ("none", "mean", "sum")


class Source:
    """Data and hyper-parameters of one family.

    num, int, pick and dyadic return the first argument in the main set and another,
    random value in the held-out set.  All data are exact in float32, most of them
    multiples of 2^-12, so that float32 and float64 runs see identical numbers and kinks
    are hit exactly.
    """

    def __init__(self, family, seed, held_out):
        self.rng = np.random.default_rng([seed, int(held_out), zlib.crc32(family.encode())])
        self.held_out = held_out

    def num(self, main, lo, hi):
        return float(f"{self.rng.uniform(lo, hi):.3g}") if self.held_out else main

    def int(self, main, lo, hi):
        if not self.held_out:
            return main
        return int(self.rng.choice([i for i in range(lo, hi + 1) if i != main]))

    def dyadic(self, main, lo, hi, unit=0.125):
        if not self.held_out:
            return main
        return unit * int(self.rng.integers(round(lo / unit), round(hi / unit) + 1))

    def pick(self, main, *others):
        return others[self.rng.integers(len(others))] if self.held_out else main

    def coin(self):
        return bool(self.rng.integers(2))

    def normal(self, *shape, scale=1.0, mean=0.0):
        return grid(self.rng.normal(mean, scale, shape))

    def uniform(self, *shape, lo=0.0, hi=1.0):
        return grid(self.rng.uniform(lo, hi, shape))

    def inside(self, *shape):
        """Numbers strictly between 0 and 1."""
        return self.uniform(*shape).clamp(2.0 ** -12, 1 - 2.0 ** -12)

    def ints(self, *shape, lo, hi):
        """Integers in lo..hi-1."""
        return torch.from_numpy(np.asarray(self.rng.integers(lo, hi, shape)))

    def signs(self, *shape):
        return self.ints(*shape, lo=0, hi=2).to(F64) * 2 - 1

    def probabilities(self, *shape, dim=-1):
        return exact(self.normal(*shape, scale=1.5).softmax(dim))


def exact(x):
    """float64 tensor of x rounded to float32."""
    return torch.as_tensor(x, dtype=F64).to(F32).to(F64)


def grid(x):
    return torch.as_tensor(np.round(np.asarray(x) * 4096) / 4096, dtype=F64)


def encode(x):
    """Plain JSON value of x: tensors as {shape, data}, non-finite numbers as strings."""
    if isinstance(x, np.ndarray):
        x = torch.from_numpy(np.ascontiguousarray(x))
    if isinstance(x, torch.Tensor):
        x = x.detach()
        if x.is_floating_point():
            return {"shape": list(x.shape), "data": encode(x.double().flatten().tolist())}
        return {"shape": list(x.shape), "dtype": "int64", "data": x.flatten().tolist()}
    if isinstance(x, dict):
        return {k: encode(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [encode(v) for v in x]
    if isinstance(x, np.generic):
        x = x.item()
    if isinstance(x, float) and not math.isfinite(x):
        return "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"
    return x


def cast(x, dtype):
    """Copy of x, tensor or container, with floating-point tensors converted to dtype."""
    if isinstance(x, torch.Tensor):
        return x.detach().to(dtype).clone() if x.is_floating_point() else x
    if isinstance(x, dict):
        return {k: cast(v, dtype) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(cast(v, dtype) for v in x)
    return x


def resolved(function, args):
    """args together with the default arguments of function."""
    skip = ("size_average", "reduce", "device", "dtype", "generator", "last_epoch", "verbose",
            "scale_fn", "scale_mode")
    known = inspect.signature(function).parameters.values()
    defaults = {p.name: p.default for p in known
                if p.default is not p.empty and p.name not in skip}
    return {**defaults, **args}


def tensors(x):
    """The floating-point tensors and numbers in a nested value, in order."""
    if isinstance(x, torch.Tensor):
        return [x.detach().double()] if x.is_floating_point() else []
    if isinstance(x, float):
        return [torch.tensor(x, dtype=F64)]
    parts = x.values() if isinstance(x, dict) else x if isinstance(x, (list, tuple)) else ()
    return [t for part in parts for t in tensors(part)]


def float32_error(x64, x32):
    """Largest |float32 - float64| / max(1, |float64|) over two nested results."""
    worst = 0.0
    for a, b in zip(tensors(x64), tensors(x32)):
        if a.numel():
            same = (a == b) | (a.isnan() & b.isnan())
            gap = ((a - b).abs() / a.abs().clamp(min=1)).masked_fill(same, 0)
            worst = max(worst, gap.nan_to_num(nan=INF, posinf=INF).max().item())
    return float(f"{worst:.2g}")


def gradients(function, inputs, wrt, upstream, dtype):
    """Value of function(**inputs) and its gradients; inputs and upstream are cast first."""
    inputs = cast(inputs, dtype)
    for name in wrt:
        inputs[name].requires_grad_()
    value = function(**inputs)
    seed = torch.ones_like(value) if upstream is None else cast(upstream, dtype)
    found = torch.autograd.grad(value, [inputs[n] for n in wrt], seed, allow_unused=True)
    found = [torch.zeros_like(inputs[n]) if g is None else g for n, g in zip(wrt, found)]
    return {"value": value.detach(), "grads": dict(zip(wrt, found))}


class Book(list):
    """The cases of one family."""

    def __init__(self):
        super().__init__()
        self.counts = Counter()

    def put(self, label, kind="value", tags=(), note="", **fields):
        self.counts[label] += 1
        case = {"id": f"{label}-{self.counts[label]:03d}", "kind": kind}
        case.update({"tags": list(tags)} if tags else {})
        case.update({"note": note} if note else {})
        case.update(fields)
        self.append(encode(case))

    def put_float32(self, label, x64, x32, tags=(), strict=True, **fields):
        """Add a case after comparing the float64 result with the float32 one."""
        error = float32_error(x64, x32)
        differs = not error <= FLOAT32_LIMIT
        if strict and differs and "float64_only" not in tags:
            raise AssertionError(f"{label}: float32 error {error}, tags {tags}, {fields}")
        if "float64_only" not in tags:
            fields["float32_error"] = error
        self.put(label, tags=tags, **fields)

    def put_error(self, label, call, **fields):
        """Add a case whose call must raise an exception."""
        try:
            call()
        except Exception as e:
            error = {"type": type(e).__name__, "message": str(e).splitlines()[0]}
            self.put(label, kind="error", **fields, error=error)
        else:
            raise AssertionError(f"{label}: no error for {fields}")
