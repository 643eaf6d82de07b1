"""torch.nn.utils' clipping of gradients."""
import torch
from torch import nn

from cases import F32, F64, INF, NAN, Book, cast, exact, resolved


def clipping(s):
    book = Book()

    def parameters(grads, dtype):
        ps = [torch.zeros_like(cast(g, dtype)).requires_grad_() for g in grads]
        for p, g in zip(ps, grads):
            p.grad = cast(g, dtype)
        return ps

    def norm(grads, note="", tags=(), **args):
        def run(dtype):
            ps = parameters(grads, dtype)
            total = nn.utils.clip_grad_norm_(ps, **args)
            return {"total_norm": float(total), "clipped": [p.grad for p in ps]}
        x64 = run(F64)
        book.put_float32("clip_grad_norm", x64, run(F32), tags, note=note,
                         function="clip_grad_norm",
                         args=resolved(nn.utils.clip_grad_norm_, args), grads=grads, **x64)

    def value(grads, note="", clip=1.0):
        def run(dtype):
            ps = parameters(grads, dtype)
            nn.utils.clip_grad_value_(ps, clip)
            return {"clipped": [p.grad for p in ps]}
        x64 = run(F64)
        book.put_float32("clip_grad_value", x64, run(F32), note=note, function="clip_grad_value",
                         args={"clip_value": clip}, grads=grads, **x64)

    shapes = [(s.int(2, 2, 4), s.int(3, 2, 5)), (s.int(4, 2, 6),), (2, 1, s.int(2, 3, 4))]

    def grads(scale=1.0):
        return [s.normal(*shape, scale=scale) for shape in shapes]

    # norms round p to float32 inside PyTorch, so p must be exact there
    for p in (2.0, 1.0, INF, s.dyadic(3.0, 2.5, 5), 0.5):
        norm(grads(), max_norm=s.num(0.5, 0.2, 0.9), norm_type=p)
        norm(grads(), "norm below the limit, nothing changes", max_norm=1e6, norm_type=p)
        norm(grads(1e3), "large gradients", max_norm=s.num(1.0, 0.5, 2), norm_type=p)
        norm([torch.zeros(*shape, dtype=F64) for shape in shapes], "zero gradients", max_norm=1.0,
             norm_type=p)
        norm([s.normal(s.int(5, 2, 8))], "one tensor", max_norm=0.25, norm_type=p)
    norm([exact([3.0, 4.0])], "norm equal to the limit: 1e-6 in the denominator still scales",
         max_norm=5.0, norm_type=2.0)
    norm(grads(), "limit 0", max_norm=0.0, norm_type=2.0)
    for odd in (NAN, INF):
        g = grads()
        g[1][0] = odd
        for p in (2.0, INF):
            norm(g, "non-finite gradient", ["nonfinite"], max_norm=1.0, norm_type=p)
            args = {"max_norm": 1.0, "norm_type": p, "error_if_nonfinite": True}
            book.put_error("clip_grad_norm",
                           lambda: nn.utils.clip_grad_norm_(parameters(g, F64), **args),
                           note="non-finite norm", function="clip_grad_norm", args=args, grads=g)
    for clip in (s.dyadic(0.5, 0.125, 1.5), 0.0, 1e6):
        value(grads(2.0), clip=clip)
    value([exact([0.5, -0.5, 0.25, -2.0, 2.0, 0.0])], "entries equal to the limit", clip=0.5)
    return book
