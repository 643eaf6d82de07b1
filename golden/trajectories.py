"""Whole training runs of real PyTorch, for the law that N workers compute what one process would.

Each run is a folder: start.safetensors (initial parameters and buffers), job.yaml (a job file that
repeats the run: no shuffling, batches are consecutive rows, the last one of an epoch smaller),
end.safetensors (after the last step), losses.csv (mean loss of each global batch; for LBFGS what
step(closure) returned). float32 on one thread; losses64.csv and end64.safetensors are the same run
in float64. Batch-norm runs keep the batch on one worker, since statistics are of the share.
"""
import csv
import json
import os
import struct

import numpy as np
import torch
from torch import nn

RUNS = [
    ("sgd", dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=1e-3), torch.optim.SGD),
    ("adam", dict(lr=0.002, betas=(0.9, 0.99), weight_decay=1e-3), torch.optim.Adam),
    ("adamw", dict(lr=0.003, weight_decay=0.05), torch.optim.AdamW),
    ("rmsprop", dict(lr=0.001, alpha=0.95, momentum=0.5), torch.optim.RMSprop),
]
LBFGS_RUNS = [
    ("mlp-lbfgs", dict(max_iter=5, history_size=4, line_search_fn="strong_wolfe"), 900),
    ("mlp-lbfgs-fixed", dict(lr=0.2, max_iter=4), 1797),
]
EPOCHS = 2


def networks(width):
    """Per kind: what makes it, the shape of an example, its layers in a job file."""
    half = width // 2
    return {
        "mlp": (
            lambda: nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, width), nn.Tanh(),
                                  nn.Linear(width, 10)),
            [64], f"[linear: {width}, relu, linear: {width}, tanh, linear: 10]"),
        "cnn": (
            lambda: nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                                  nn.Conv2d(8, half, 3), nn.ReLU(), nn.Flatten(),
                                  nn.Linear(half * 4, 10)),
            [1, 8, 8], f"[conv2d: {{out: 8, kernel: 3, padding: 1}}, relu, max_pool2d: 2, "
                       f"conv2d: {{out: {half}, kernel: 3}}, relu, flatten, linear: 10]"),
        "bn": (
            lambda: nn.Sequential(nn.Linear(64, width), nn.BatchNorm1d(width), nn.ReLU(),
                                  nn.Linear(width, 10)),
            [64], f"[linear: {width}, batch_norm1d, relu, linear: 10]"),
    }


def save(path, state):
    header, blobs, at = {}, [], 0
    for name, tensor in state.items():
        values = tensor.detach().cpu().numpy()
        whole = values.dtype.kind == "i"
        blob = np.ascontiguousarray(values.astype("<i8" if whole else "<f4")).tobytes()
        header[name] = {"dtype": "I64" if whole else "F32", "shape": list(tensor.shape),
                        "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(blobs))


def train(make, start, data, optimizer, loss_of, batch, clip, dtype):
    """State after the last step, and the loss of every step."""
    x, y = data
    x = x.to(dtype)
    network = make().to(dtype)
    network.load_state_dict({k: v.to(dtype) if v.is_floating_point() else v
                             for k, v in start.items()})
    step, losses = optimizer(network.parameters()), []
    for _ in range(EPOCHS):
        for i in range(0, len(x), batch):
            def closure():
                step.zero_grad()
                loss = loss_of(network(x[i:i + batch]), y[i:i + batch])
                loss.backward()
                if clip:
                    nn.utils.clip_grad_norm_(network.parameters(), clip)
                return loss
            losses.append(float(step.step(closure)))
    return network.state_dict(), losses


def write_run(folder, make, start, data, optimizer, loss_of, batch, clip, job):
    os.makedirs(folder, exist_ok=True)
    save(os.path.join(folder, "start.safetensors"), start)
    for dtype, tag in ((torch.float32, ""), (torch.float64, "64")):
        end, losses = train(make, start, data, optimizer, loss_of, batch, clip, dtype)
        save(os.path.join(folder, f"end{tag}.safetensors"), end)
        with open(os.path.join(folder, f"losses{tag}.csv"), "w", encoding="utf-8") as file:
            file.writelines("%d,%.9g\n" % (i + 1, loss) for i, loss in enumerate(losses))
    with open(os.path.join(folder, "job.yaml"), "w", encoding="utf-8") as file:
        file.write(job)


def job_file(name, shape, layers, loss, optimizer, clip, batch, workers):
    return f"""name: {name}
data:
  train: {{path: digits.csv, format: csv, options: {{header: true}}}}
  features: x0..x63
  label: label
  shape: {shape}
  shuffle: false
model:
  layers: {layers}
  weights: start.safetensors
loss: {loss}
optimizer: {optimizer}
{clip}train: {{epochs: {EPOCHS}, batch: {batch}, workers: {workers}, threads: 1, seed: 1}}
output: out
"""


def first_order(out, x, y, seed, held_out):
    rng = np.random.default_rng(seed)
    for kind in ("mlp", "cnn", "bn"):
        for name, args, optimizer in RUNS:
            if kind != "mlp" and name not in ("adam", "sgd"):
                continue
            width = int(rng.choice([20, 28, 36, 44])) if held_out else 32
            batch = int(rng.integers(40, 300)) if held_out else 100
            clip = float(rng.choice([0, 0.5, 1.0])) if held_out else (1.0 if name == "sgd" else 0)
            args = dict(args)
            if held_out:
                args["lr"] = args["lr"] * float(rng.uniform(0.5, 1.5))
            torch.manual_seed(int(rng.integers(1 << 30)))
            make, shape, layers = networks(width)[kind]
            start = {k: v.clone() for k, v in make().state_dict().items()}
            settings = ", ".join(f"{k}: {list(v) if isinstance(v, tuple) else json.dumps(v)}"
                                 for k, v in args.items())
            job = job_file(f"{kind}-{name}", shape, layers, "{cross_entropy: {label_smoothing: 0.1}}",
                           f"{{{name}: {{{settings}}}}}",
                           "clip: {norm: %s}\n" % clip if clip else "\n", batch,
                           1 if kind == "bn" else 2)
            write_run(os.path.join(out, f"{kind}-{name}"), make, start,
                      (x.reshape(len(x), *shape), y),
                      lambda p, optimizer=optimizer, args=args: optimizer(p, **args),
                      nn.CrossEntropyLoss(label_smoothing=0.1), batch, clip, job)


def second_order(out, x, y, seed):
    torch.manual_seed(seed)
    for name, args, batch in LBFGS_RUNS:
        def make():
            return nn.Sequential(nn.Linear(64, 24), nn.Tanh(), nn.Linear(24, 10))
        start = {k: v.clone() for k, v in make().state_dict().items()}
        settings = ", ".join(f"{k}: {v}" for k, v in args.items())
        job = job_file(name, [64], "[linear: 24, tanh, linear: 10]", "cross_entropy",
                       f"{{lbfgs: {{{settings}}}}}", "", batch, 2)
        write_run(os.path.join(out, name), make, start, (x, y),
                  lambda p, args=args: torch.optim.LBFGS(p, **args), nn.CrossEntropyLoss(), batch,
                  0, job)


def write(out, digits, seed, held_out):
    with open(digits, encoding="utf-8") as file:
        rows = np.array(list(csv.reader(file))[1:], dtype=np.float64)
    x, y = torch.tensor(rows[:, :64]), torch.tensor(rows[:, 64].astype(np.int64))
    first_order(out, x, y, seed, held_out)
    second_order(out, x, y, seed + 4)
