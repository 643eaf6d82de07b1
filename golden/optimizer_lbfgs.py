"""torch.optim.LBFGS on functions whose minimum is known."""
import torch

from cases import F32, F64, cast, exact, float32_error


def optimizer_lbfgs(s, book):
    def objective(spec, x):
        if spec["function"] == "rosenbrock":
            return (spec["b"] * (x[1:] - x[:-1] ** 2) ** 2 + (spec["a"] - x[:-1]) ** 2).sum()
        A, b = (spec[k].to(x.dtype) for k in ("A", "b"))
        return 0.5 * x @ A @ x - b @ x

    def run(spec, params, args, dtype, steps, scale=1.0):
        ps = [(cast(p, dtype) * scale).requires_grad_() for p in params]
        opt = torch.optim.LBFGS(ps, **args)
        result = {"params": [], "loss": [], "n_iter": [], "func_evals": []}

        def closure():
            opt.zero_grad()
            value = objective(spec, torch.cat([p.reshape(-1) for p in ps]))
            value.backward()
            return value

        for _ in range(steps):
            result["loss"].append(float(opt.step(closure)))
            state = opt.state[ps[0]]
            result["params"].append([p.detach().clone() for p in ps])
            result["n_iter"].append(state["n_iter"])
            result["func_evals"].append(state["func_evals"])
        return result, opt.defaults

    def add(note, spec, params, steps, **args):
        x64, defaults = run(spec, params, args, F64, steps)
        x32, _ = run(spec, params, args, F32, steps)
        shifted, _ = run(spec, params, args, F64, steps, 1 + 1e-10)
        sensitivity = float32_error(x64["params"], shifted["params"]) / 1e-10
        if sensitivity > 1e5:
            raise AssertionError(f"LBFGS {note}: ill-conditioned, {sensitivity}")
        book.put_float32("LBFGS", x64, x32, note=note, strict=False, optimizer="LBFGS",
                         args=defaults, objective=spec, params=params, float64=x64, float32=x32,
                         sensitivity=float(f"{sensitivity:.2g}"))

    start = [exact([s.dyadic(-1.25, -2, -0.5), s.dyadic(1.0, 0.5, 2)])]
    valley = {"function": "rosenbrock", "a": 1.0, "b": s.pick(100.0, 10.0, 20.0, 50.0)}
    wolfe = {"line_search_fn": "strong_wolfe"}
    add("Rosenbrock, one iteration per step", valley, start, 12, max_iter=1, **wolfe)
    add("Rosenbrock, several iterations per step", valley, start, 5, max_iter=4, **wolfe)
    add("Rosenbrock, down to the minimum", valley, start, 4, max_iter=25, **wolfe)
    add("Rosenbrock, short history", valley, start, 6, max_iter=3, history_size=2, **wolfe)
    add("Rosenbrock, few evaluations", valley, start, 6, max_iter=10, max_eval=6, **wolfe)
    add("Rosenbrock without line search", valley, start, 10, max_iter=1, lr=s.num(0.1, 0.05, 0.2))
    add("Rosenbrock in more dimensions", {"function": "rosenbrock", "a": 1.0, "b": 4.0},
        [s.uniform(2, lo=-1.5, hi=-0.5), s.uniform(1, 2, lo=0.5, hi=1.5)], 6, max_iter=3, **wolfe)
    size = s.int(4, 3, 5)
    q = s.normal(size, size)
    quadratic = {"function": "quadratic", "A": exact(q @ q.T + torch.eye(size)),
                 "b": s.normal(size)}
    start = [s.normal(size)]
    add("quadratic", quadratic, start, 5, max_iter=2, **wolfe)
    add("quadratic, default arguments but fewer iterations", quadratic, start, 4, max_iter=5,
        lr=1.0)
    add("quadratic, smaller steps", quadratic, start, 6, max_iter=2, lr=s.num(0.5, 0.3, 0.8))
    add("quadratic in two tensors", quadratic, [s.normal(1), s.normal(size - 1)], 5, max_iter=2,
        history_size=3, **wolfe)
    add("quadratic, stopped by tolerance_change", quadratic, start, 3, max_iter=20,
        tolerance_change=s.num(0.05, 0.02, 0.1), lr=0.5)
    add("quadratic, stopped by tolerance_grad", quadratic, start, 3, max_iter=20,
        tolerance_grad=s.num(0.1, 0.05, 0.3), lr=0.5)
