"""torch.optim's optimizers, step by step."""
import importlib
import inspect

import torch

from cases import F32, F64, Book, cast
from optimizer_lbfgs import optimizer_lbfgs


HIDDEN = ("lr", "foreach", "capturable", "differentiable", "fused")


def repair_nadam():
    """Make NAdam follow its documented formula.

    PyTorch before 2.0 multiplies mu_product_next by mu twice; later versions do not.
    """
    module = importlib.import_module("torch.optim.nadam")
    source = inspect.getsource(module._single_tensor_nadam)
    exec(source.replace("mu_product * mu * mu_next", "mu_product * mu_next"), module.__dict__)


def optimizers(s):
    repair_nadam()
    book = Book()
    steps = s.int(12, 10, 14)
    rates = {"SGD": (0.1, 0.02), "Adagrad": (0.1, 0.03), "RMSprop": (0.02, 0.005),
             "Adadelta": (1.0, 0.5), "Adam": (0.05, 0.004), "AdamW": (0.05, 0.004),
             "NAdam": (0.05, 0.004), "RAdam": (0.05, 0.004), "Adamax": (0.05, 0.004),
             "SparseAdam": (0.05, 0.004), "ASGD": (0.1, 0.02), "Rprop": (0.05, 0.01)}

    def dense():
        """Two parameters and their gradients: varying scale, zero entries, one zero step."""
        shapes = [(s.int(2, 2, 4), s.int(3, 2, 4)), (s.int(4, 2, 6),)]
        params = [s.normal(*shape) for shape in shapes]
        scales = s.rng.choice([0.25, 0.5, 1.0, 1.0, 2.0], steps)
        scales[0] = 2.0
        zero = s.int(4, 3, 8)
        grads = [[s.normal(*shape, scale=scales[k]) for shape in shapes] for k in range(steps)]
        for g in grads[zero]:
            g.zero_()
        grads[0][0].view(-1)[0] = 0.0
        grads[2][1].view(-1)[-1] = 0.0
        return params, grads

    def sparse():
        """Two tables; every step touches some rows, once with a row named twice."""
        shapes = [(s.int(5, 4, 7), 2), (s.int(4, 3, 6), s.int(3, 1, 4))]
        params = [s.normal(*shape) for shape in shapes]
        grads = []
        for k in range(steps):
            rows = [torch.from_numpy(s.rng.permutation(shape[0])[:s.rng.integers(1, shape[0])])
                    for shape in shapes]
            if k == 5:
                rows = [torch.cat([r, r[:1]]) for r in rows]
            grads.append([{"rows": r, "values": s.normal(len(r), shape[1])}
                          for r, shape in zip(rows, shapes)])
        return params, grads

    def add(name, note="", missing=False, factors=None, **args):
        params, grads = sparse() if name == "SparseAdam" else dense()
        if missing:
            grads[1][1] = grads[6][0] = None
        base = [s.num(r, r / 3, r * 2) for r in rates[name]]
        lrs = [[r * f for r in base] for f in (factors or [1.0] * steps)]

        def run(dtype):
            torch.set_default_dtype(dtype)
            ps = [cast(p, dtype).requires_grad_() for p in params]
            opt = getattr(torch.optim, name)([{"params": [p], "lr": r}
                                              for p, r in zip(ps, base)], **args)
            result = {"params": []}
            if name == "ASGD":
                result["ax"] = []
            for g, lr in zip(cast(grads, dtype), lrs):
                for p, gp, group, r in zip(ps, g, opt.param_groups, lr):
                    group["lr"] = r
                    if isinstance(gp, dict):
                        gp = torch.sparse_coo_tensor(gp["rows"][None], gp["values"], p.shape)
                    p.grad = gp
                opt.step()
                result["params"].append([p.detach().clone() for p in ps])
                if name == "ASGD":
                    result["ax"].append([opt.state[p]["ax"].clone() for p in ps])
            result["state"] = [{k: v.item() if isinstance(v, torch.Tensor) and v.dim() == 0 else v
                                for k, v in opt.state[p].items()} for p in ps]
            torch.set_default_dtype(F32)
            return result, {k: v for k, v in opt.defaults.items() if k not in HIDDEN}

        (x64, all_args), (x32, _) = run(F64), run(F32)
        book.put_float32(name, x64, x32, note=note, optimizer=name, args=all_args, params=params,
                         lrs=lrs, grads=grads, float64=x64, float32=x32)

    decay = s.num(0.1, 0.01, 0.3)
    m, alpha = s.num(0.9, 0.5, 0.95), s.num(0.9, 0.8, 0.98)
    betas = (s.num(0.8, 0.5, 0.95), s.num(0.95, 0.9, 0.995))
    eps = s.num(1e-3, 1e-4, 1e-2)
    ramp = [s.num(1.0, 0.1, 1.0) / (1 + k) for k in range(steps)]

    for args in ({}, {"momentum": m}, {"momentum": m, "dampening": s.num(0.3, 0.1, 0.7)},
                 {"momentum": m, "nesterov": True}, {"weight_decay": decay}, {"maximize": True},
                 {"momentum": m, "nesterov": True, "weight_decay": decay},
                 {"momentum": m, "dampening": 0.5, "weight_decay": decay, "maximize": True}):
        add("SGD", **args)
    for args in ({}, {"lr_decay": s.num(0.1, 0.02, 0.3)}, {"weight_decay": decay}, {"eps": eps},
                 {"initial_accumulator_value": s.num(0.5, 0.1, 1)}, {"maximize": True},
                 {"lr_decay": 0.05, "weight_decay": decay, "initial_accumulator_value": 0.25}):
        add("Adagrad", **args)
    for args in ({}, {"alpha": alpha}, {"alpha": alpha, "momentum": m}, {"centered": True},
                 {"weight_decay": decay}, {"eps": eps}, {"maximize": True},
                 {"alpha": alpha, "momentum": m, "centered": True, "weight_decay": decay}):
        add("RMSprop", **args)
    for args in ({}, {"rho": s.num(0.8, 0.6, 0.95)}, {"eps": eps}, {"weight_decay": decay},
                 {"rho": 0.75, "eps": eps, "weight_decay": decay}):
        add("Adadelta", **args)
    for name in ("Adam", "AdamW"):
        for args in ({}, {"betas": betas}, {"eps": eps}, {"weight_decay": decay},
                     {"amsgrad": True, "betas": betas}, {"maximize": True},
                     {"betas": betas, "weight_decay": decay, "amsgrad": True, "maximize": True}):
            add(name, **args)
    for name in ("NAdam", "RAdam", "Adamax"):
        for args in ({}, {"betas": betas}, {"eps": eps}, {"weight_decay": decay},
                     {"betas": betas, "weight_decay": decay, "eps": eps}):
            add(name, **args)
    add("NAdam", momentum_decay=s.num(0.05, 0.01, 0.2))
    add("RAdam", "beta2 so small that no step is rectified", betas=(0.9, s.num(0.5, 0.3, 0.59)))
    for args in ({}, {"betas": betas}, {"eps": eps}, {"maximize": True}):
        add("SparseAdam", **args)
    averaging = {"t0": s.pick(3.0, 2.0, 4.0, 5.0), "lambd": s.num(0.05, 0.01, 0.1)}
    for args in ({}, averaging, {"weight_decay": decay, "t0": 1.0}, {"maximize": True},
                 {**averaging, "alpha": s.num(0.5, 0.3, 0.9), "weight_decay": decay}):
        add("ASGD", **args)
    for args in ({}, {"etas": (s.num(0.4, 0.2, 0.7), s.num(1.5, 1.1, 1.9))}, {"maximize": True},
                 {"step_sizes": (s.num(0.02, 0.01, 0.03), s.num(0.06, 0.055, 0.09))}):
        add("Rprop", **args)
    for name, args in [("SGD", {"momentum": m}), ("Adam", {}), ("AdamW", {"weight_decay": decay}),
                       ("ASGD", averaging)]:
        add(name, "learning rates change", factors=ramp, **args)
    for name, args in [("SGD", {"momentum": m}), ("Adam", {}), ("RMSprop", {"momentum": m})]:
        add(name, "null: a parameter without gradient is skipped", missing=True, **args)
    optimizer_lbfgs(s, book)

    def bad(name, note, **args):
        p = [torch.zeros(2, requires_grad=True), torch.zeros(3, requires_grad=True)]
        groups = [{"params": p[:1]}, {"params": p[1:]}] if args.pop("groups", False) else p
        book.put_error(name, lambda: getattr(torch.optim, name)(groups, **args), note=note,
                       optimizer=name, args=args, groups=len(groups) if groups is not p else 1)

    for name in rates:
        bad(name, "negative learning rate", lr=-0.1)
    for name in ("SGD", "Adagrad", "RMSprop", "Adadelta", "Adam", "AdamW", "NAdam", "RAdam",
                 "Adamax", "ASGD"):
        bad(name, "negative weight decay", weight_decay=-0.1, lr=0.1)
    for name in ("Adam", "AdamW", "NAdam", "RAdam", "Adamax", "SparseAdam"):
        bad(name, "first beta out of range", betas=(1.0, 0.9))
        bad(name, "second beta out of range", betas=(0.9, -0.1))
        bad(name, "negative eps", eps=-1e-8)
    bad("SGD", "negative momentum", lr=0.1, momentum=-0.5)
    bad("SGD", "nesterov without momentum", lr=0.1, nesterov=True)
    bad("SGD", "nesterov with dampening", lr=0.1, momentum=0.9, dampening=0.1, nesterov=True)
    bad("SGD", "learning rate missing")
    bad("Adagrad", "negative lr_decay", lr_decay=-0.1)
    bad("Adagrad", "negative initial accumulator", initial_accumulator_value=-1.0)
    bad("RMSprop", "negative momentum", momentum=-0.5)
    bad("RMSprop", "negative alpha", alpha=-0.5)
    bad("Adadelta", "rho above 1", rho=1.5)
    bad("Rprop", "etas out of range", etas=(1.1, 1.2))
    bad("Rprop", "etas out of range", etas=(0.5, 0.9))
    bad("NAdam", "negative momentum decay", momentum_decay=-0.1)
    bad("LBFGS", "more than one parameter group", groups=True)
    return book
