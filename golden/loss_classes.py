"""torch.nn's losses of classes."""
import torch
import torch.nn.functional as F

from cases import F64, INF, exact


def loss_classes(s, add, bad):
    """CrossEntropyLoss and NLLLoss."""
    both = ("input", "target")
    for name in ("CrossEntropyLoss", "NLLLoss"):
        cross = name == "CrossEntropyLoss"
        n, c = s.int(4, 3, 6), s.int(5, 4, 7)

        def logits(*shape, scale=1.5):
            x = s.normal(*shape, scale=scale)
            return x if cross else exact(x.log_softmax(1 if len(shape) > 1 else 0))

        def weights():
            return s.uniform(c, lo=0.25, hi=2.0)

        smoothings = [0.0, s.num(0.1, 0.05, 0.4)] if cross else [0.0]
        spatial = [(), (s.int(3, 2, 4),), (2, s.int(2, 1, 3))]
        for extent in spatial:
            for weighted in (False, True):
                for ignored in (None, s.int(1, 0, 3), s.pick(-100, -1, -7)):
                    for smoothing in smoothings:
                        target = s.ints(n, *extent, lo=0, hi=c)
                        args = {"weight": weights()} if weighted else {}
                        if ignored is not None:
                            args["ignore_index"] = ignored
                            target[0] = ignored
                            target[-1] = (ignored + 1) % c  # at least one target counts
                        if smoothing:
                            args["label_smoothing"] = smoothing
                        add(name, {"input": logits(n, c, *extent), "target": target}, **args)

        def case(x, t, note, tags=(), **args):
            add(name, {"input": x, "target": torch.as_tensor(t)}, note=note, tags=tags, **args)

        case(logits(1, c), [s.int(2, 0, 3)], "batch of one")
        case(logits(c), s.int(1, 0, 3), "one sample without batch dimension")
        case(logits(c), s.int(1, 0, 3), "one weighted sample without batch dimension",
             weight=weights())
        case(logits(n, 1), [0] * n, "a single class")
        skip = s.int(2, 0, 3)
        case(logits(n, c), [skip] * n, "all targets ignored", ["all_ignored"], ignore_index=skip)
        case(logits(n, c, 2), [[skip] * 2] * n, "all targets ignored, weighted",
             ["all_ignored"], ignore_index=skip, weight=weights())
        case(logits(n, c), [-100] * n, "all targets -100, the default ignore_index",
             ["all_ignored"])
        zero = weights()
        zero[1] = 0
        case(logits(2, c), [1, 1], "class weight 0 for every target", ["all_ignored"],
             weight=zero)
        case(logits(3, c), [1, 0, 2], "class weight 0 for one target", weight=zero)
        far = s.num(1e4, 5e3, 5e4)
        rows = exact([[far, -far, 0.0, 100.0], [-far, -far, -far, -far + 1],
                      [100.0, -100.0, 99.0, 100.0], [far, far, far, far]])
        if not cross:
            rows = exact(rows.log_softmax(1))
        case(rows, [1, 3, 0, 2], "extreme logits", ["extreme"])
        case(rows, [0, 0, 1, 3], "extreme logits, weighted", ["extreme"],
             weight=s.uniform(4, lo=0.25, hi=2.0))
        case(torch.zeros(3, c, dtype=F64) if cross else torch.zeros(3, c, dtype=F64) - 1,
             [0, c - 1, 1], "equal inputs")
        masked = logits(n, c)
        masked[:, 1] = -INF
        case(masked, [0, 2, c - 1] + [0] * (n - 3), "a class masked by -Infinity", ["extreme"])
        case(masked, [1] * n, "the masked class is the target", ["nonfinite"])
        case(logits(0, c), torch.zeros(0, dtype=torch.int64), "empty batch", ["empty"])
        if cross:
            case(logits(n, c), s.ints(n, lo=0, hi=c), "label smoothing 1", label_smoothing=1.0)
            case(rows, [1, 3, 0, 2], "extreme logits, label smoothing", ["extreme"],
                 label_smoothing=s.num(0.2, 0.05, 0.4))
            case(logits(n, c), [skip] * n, "all targets ignored, label smoothing",
                 ["all_ignored"], ignore_index=skip, label_smoothing=0.125)
            for extent in spatial:
                for weighted in (False, True):
                    for smoothing in smoothings:
                        args = {"weight": weights()} if weighted else {}
                        args.update({"label_smoothing": smoothing} if smoothing else {})
                        add(name, {"input": logits(n, c, *extent),
                                   "target": s.probabilities(n, c, *extent, dim=1)},
                            both, "class probabilities", ["probabilities"], **args)

            def soft(x, t, note, tags=(), **args):
                add(name, {"input": x, "target": exact(t)}, both, note,
                    ["probabilities", *tags], **args)

            soft(logits(c), s.probabilities(c), "class probabilities without batch dimension")
            soft(logits(1, c), s.probabilities(1, c), "class probabilities, batch of one")
            hot = F.one_hot(s.ints(n, lo=0, hi=c), c)
            soft(logits(n, c), hot, "one-hot probabilities")
            soft(logits(n, c), s.uniform(n, c, hi=2.0), "targets that do not sum to 1")
            soft(rows, F.one_hot(torch.tensor([1, 3, 0, 2]), 4), "extreme logits", ["extreme"])

        x, t = logits(n, c), s.ints(n, lo=0, hi=c)
        for wrong, note in [(c, "class index equal to the number of classes"),
                            (-1, "negative class index"), (c + 7, "class index too large")]:
            wrong_t = t.clone()
            wrong_t[-1] = wrong
            bad(name, {"input": x, "target": wrong_t}, note)
        bad(name, {"input": x, "target": t[1:]}, "batch sizes differ")
        bad(name, {"input": logits(n, c, 3), "target": s.ints(n, 4, lo=0, hi=c)},
            "spatial shapes differ")
        bad(name, {"input": logits(n, c, 3), "target": t}, "target lacks a dimension")
        for size in (c - 1, c + 1):
            bad(name, {"input": x, "target": t}, "wrong number of class weights",
                weight=s.uniform(size, lo=0.25, hi=2.0))
        bad(name, {"input": x, "target": t}, "unknown reduction", reduction="batchmean")
        bad(name, {"input": x, "target": t.to(F64)}, "class indices as floating-point numbers")
        if cross:
            bad(name, {"input": x, "target": t}, "label smoothing above 1", label_smoothing=1.5)
            p = s.probabilities(n, c)
            bad(name, {"input": x, "target": p}, "ignore_index with probabilities",
                ignore_index=1)
            bad(name, {"input": x, "target": s.probabilities(n, c + 1)},
                "probabilities of another shape")
