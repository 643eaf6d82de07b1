"""torch.optim.lr_scheduler's schedules."""
import numpy as np
import torch
from torch.optim import lr_scheduler

from cases import INF, NAN, Book, resolved


def schedules(s):
    book = Book()
    total = 60

    def optimizer(base):
        groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": r} for r in base]
        return torch.optim.SGD(groups, lr=0.5, momentum=0.9)

    def complete(name, args):
        if name == "SequentialLR":
            parts = [{**x, "args": complete(x["scheduler"], x["args"])}
                     for x in args["schedulers"]]
            return {**args, "schedulers": parts}
        return resolved(getattr(lr_scheduler, name), args)

    def build(opt, name, args):
        args = dict(args)
        if name == "SequentialLR":
            args["schedulers"] = [build(opt, x["scheduler"], x["args"])
                                  for x in args["schedulers"]]
        return getattr(lr_scheduler, name)(opt, **args)

    def add(name, note="", steps=total, metrics=None, at=None, **args):
        base = [s.num(0.1, 0.05, 0.5), s.num(0.02, 0.01, 0.04)]
        opt = optimizer(base)
        scheduler = build(opt, name, args)
        lrs, momenta = [[g["lr"] for g in opt.param_groups]], [opt.param_groups[0]["momentum"]]
        for k in range(steps):
            opt.step()
            scheduler.step(*([metrics[k]] if metrics else [at[k]] if at else []))
            lrs.append([g["lr"] for g in opt.param_groups])
            momenta.append(opt.param_groups[0]["momentum"])
        extra = {"metrics": metrics} if metrics else {"epoch_values": at} if at else {}
        if args.get("cycle_momentum"):
            extra["momentum"] = momenta
        book.put(name, note=note, scheduler=name, args=complete(name, args), base_lr=base,
                 **extra, lrs=lrs)

    def bad(name, note, **args):
        book.put_error(name, lambda: build(optimizer([0.1, 0.02]), name, args), note=note,
                       scheduler=name, args=args)

    gamma = s.num(0.5, 0.3, 0.9)
    for size in (s.int(10, 4, 17), 1, total + 20):
        add("StepLR", step_size=size, gamma=gamma)
    marks = sorted(int(i) for i in s.rng.choice(np.arange(3, 58), 4, replace=False))
    add("MultiStepLR", milestones=marks if s.held_out else [8, 20, 21, 45], gamma=gamma)
    add("MultiStepLR", "a milestone named twice", milestones=[marks[0], marks[0], marks[2]],
        gamma=gamma)
    add("MultiStepLR", "milestones out of order", milestones=[marks[3], marks[1]])
    add("ExponentialLR", gamma=s.num(0.9, 0.8, 0.99))
    add("ExponentialLR", "growing", gamma=s.num(1.05, 1.01, 1.1))
    add("ConstantLR")
    add("ConstantLR", factor=s.num(0.25, 0.1, 0.9), total_iters=s.int(10, 4, 30))
    add("ConstantLR", factor=0.5, total_iters=total + 10)
    add("LinearLR")
    add("LinearLR", start_factor=s.num(0.1, 0.05, 0.4), end_factor=s.num(0.8, 0.5, 1.0),
        total_iters=s.int(20, 8, 40))
    add("LinearLR", "falling", start_factor=1.0, end_factor=s.num(0.1, 0.02, 0.5),
        total_iters=s.int(30, 15, 50))
    add("LinearLR", "to zero", start_factor=1.0, end_factor=0.0, total_iters=s.int(30, 15, 50))
    add("PolynomialLR")
    add("PolynomialLR", total_iters=s.int(30, 15, 50), power=s.num(2.0, 1.5, 3))
    add("PolynomialLR", total_iters=s.int(40, 15, 59), power=s.num(0.5, 0.3, 0.9))
    for period in (s.int(15, 7, 22), s.int(30, 23, 40), total):
        add("CosineAnnealingLR", T_max=period, eta_min=s.num(0.001, 0.0005, 0.005))
    add("CosineAnnealingLR", T_max=s.int(25, 10, 50))
    add("CosineAnnealingWarmRestarts", T_0=s.int(10, 4, 20))
    add("CosineAnnealingWarmRestarts", T_0=s.int(6, 3, 9), T_mult=2, eta_min=0.002)
    add("CosineAnnealingWarmRestarts", T_0=s.int(4, 2, 5), T_mult=3, eta_min=0.001)
    add("CosineAnnealingWarmRestarts", "step called with fractional epochs", T_0=s.int(3, 2, 4),
        T_mult=2, at=[k / 4 for k in range(1, total + 1)])
    for mode in ("triangular", "triangular2", "exp_range"):
        cycle = {"base_lr": s.num(0.01, 0.005, 0.05), "max_lr": s.num(0.1, 0.08, 0.3)}
        args = {"mode": mode, "cycle_momentum": False}
        if mode == "exp_range":
            args["gamma"] = s.num(0.97, 0.9, 0.995)
        add("CyclicLR", step_size_up=s.int(8, 4, 15), **cycle, **args)
        add("CyclicLR", "uneven halves", step_size_up=s.int(5, 2, 7), **cycle, **args,
            step_size_down=s.int(11, 8, 14))
        args.update(cycle_momentum=True, base_momentum=s.num(0.8, 0.6, 0.85),
                    max_momentum=s.num(0.9, 0.86, 0.99))
        add("CyclicLR", "momentum cycles inversely", step_size_up=s.int(10, 4, 15), **cycle, **args)
        add("CyclicLR", "limits of every group", step_size_up=s.int(7, 4, 12),
            base_lr=[0.01, s.num(0.002, 0.001, 0.008)], max_lr=[0.2, s.num(0.05, 0.02, 0.1)],
            mode=mode, gamma=args.get("gamma", 1.0), cycle_momentum=False)
    for strategy in ("cos", "linear"):
        for three in (False, True):
            peak = s.num(0.3, 0.1, 0.9)
            args = {"anneal_strategy": strategy, "three_phase": three}
            add("OneCycleLR", steps=total - 1, max_lr=peak, total_steps=total,
                cycle_momentum=False, **args)
            add("OneCycleLR", "other arguments", steps=total - 1, max_lr=peak, total_steps=total,
                pct_start=s.num(0.4, 0.1, 0.45), div_factor=s.num(10.0, 5, 40),
                final_div_factor=s.num(100.0, 20, 1000), cycle_momentum=True,
                base_momentum=s.num(0.8, 0.6, 0.85), max_momentum=s.num(0.95, 0.9, 0.99), **args)
            add("OneCycleLR", "epochs and steps per epoch, a limit of every group", steps=total - 1,
                max_lr=[peak, peak / 4], epochs=5, steps_per_epoch=12, cycle_momentum=False, **args)
    schedule_plateau(s, add, total)
    warm = {"scheduler": "LinearLR", "args": {"start_factor": s.num(0.1, 0.05, 0.5),
                                              "total_iters": s.int(10, 5, 15)}}
    flat = {"scheduler": "ConstantLR", "args": {"factor": s.num(0.2, 0.1, 0.6), "total_iters": 8}}
    fall = {"scheduler": "ExponentialLR", "args": {"gamma": s.num(0.9, 0.8, 0.98)}}
    wave = {"scheduler": "CosineAnnealingLR", "args": {"T_max": s.int(50, 20, 49)}}
    stairs = {"scheduler": "StepLR", "args": {"step_size": s.int(7, 3, 12), "gamma": gamma}}
    cut = s.int(10, 5, 18)
    add("SequentialLR", "warm-up, then exponential", schedulers=[warm, fall], milestones=[cut])
    add("SequentialLR", "constant, then exponential", schedulers=[flat, fall], milestones=[cut])
    add("SequentialLR", "warm-up, then cosine", schedulers=[warm, wave], milestones=[cut])
    add("SequentialLR", "three schedules", schedulers=[flat, wave, stairs],
        milestones=[cut, cut + s.int(20, 10, 30)])

    bad("OneCycleLR", "length missing", max_lr=0.1)
    bad("OneCycleLR", "unknown strategy", max_lr=0.1, total_steps=10, anneal_strategy="cubic")
    bad("OneCycleLR", "pct_start above 1", max_lr=0.1, total_steps=10, pct_start=1.5)
    bad("OneCycleLR", "length 0", max_lr=0.1, total_steps=0)
    bad("CyclicLR", "unknown mode", base_lr=0.01, max_lr=0.1, mode="square")
    bad("CyclicLR", "wrong number of limits", base_lr=[0.01], max_lr=0.1)
    bad("ConstantLR", "factor above 1", factor=1.5)
    bad("ConstantLR", "negative factor", factor=-0.5)
    bad("LinearLR", "start factor above 1", start_factor=1.5)
    bad("LinearLR", "end factor above 1", end_factor=1.5)
    bad("CosineAnnealingWarmRestarts", "period 0", T_0=0)
    bad("CosineAnnealingWarmRestarts", "T_mult below 1", T_0=5, T_mult=0)
    bad("ReduceLROnPlateau", "factor of 1", factor=1.0)
    bad("ReduceLROnPlateau", "unknown mode", mode="least")
    bad("ReduceLROnPlateau", "unknown threshold mode", threshold_mode="ratio")
    bad("SequentialLR", "wrong number of milestones", schedulers=[warm, fall], milestones=[5, 9])
    return book


def schedule_plateau(s, add, total):
    def metrics(up):
        """A curve that improves, stays flat and improves again, with noise for the worse."""
        x = np.concatenate([np.linspace(3, 1, 15), np.full(25, 1.0), np.linspace(1, 0.5, 20)])
        x = x + np.where(s.rng.random(total) < 0.5, np.abs(0.02 * s.rng.normal(size=total)), 0)
        return [float(v) for v in np.round(4 - x if up else x, 4)]

    for mode in ("min", "max"):
        for threshold_mode in ("rel", "abs"):
            args = {"mode": mode, "threshold_mode": threshold_mode, "patience": s.int(3, 1, 5),
                    "factor": s.num(0.5, 0.2, 0.8)}
            up = mode == "max"
            add("ReduceLROnPlateau", metrics=metrics(up), **args)
            add("ReduceLROnPlateau", metrics=metrics(up), threshold=s.num(0.05, 0.02, 0.1), **args)
            add("ReduceLROnPlateau", metrics=metrics(up), cooldown=s.int(4, 2, 6), **args)
            add("ReduceLROnPlateau", metrics=metrics(up), min_lr=[0.03, 0.004], **args)
    add("ReduceLROnPlateau", "default arguments", metrics=metrics(False))
    add("ReduceLROnPlateau", "changes below eps are not made", metrics=[1.0] * total, patience=0,
        factor=0.5, eps=s.num(1e-3, 5e-4, 3e-3))
    odd = metrics(False)
    odd[10] = odd[11] = NAN
    odd[30] = INF
    add("ReduceLROnPlateau", "NaN and Infinity count as no improvement", metrics=odd, patience=2)
