"""Writes runs of torch.optim.LBFGS in the form of the other trajectories.

Usage: lbfgs.py --data digits.csv --out DIR --seed N          (made with torch 1.13, seed 5)

start.safetensors, job.yaml, losses.csv (what optimizer.step(closure) returned), end.safetensors; losses64.csv and end64.safetensors are
the same run in float64.
"""
import argparse, csv, json, os, struct
import numpy as np, torch
import torch.nn as nn

RUNS = [
    ("mlp-lbfgs", dict(max_iter=5, history_size=4, line_search_fn="strong_wolfe"), 900, 2),
    ("mlp-lbfgs-fixed", dict(lr=0.2, max_iter=4), 1797, 2),
]

def save(path, state):
    header, blobs, at = {}, [], 0
    for name, tensor in state.items():
        b = np.ascontiguousarray(tensor.detach().numpy().astype("<f4")).tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(b)]}
        blobs.append(b); at += len(b)
    h = json.dumps(header).encode(); h += b" " * (-len(h) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(h)) + h + b"".join(blobs))

def make():
    return nn.Sequential(nn.Linear(64, 24), nn.Tanh(), nn.Linear(24, 10))

def train(start, x, y, args, batch, epochs, dtype):
    net = make().to(dtype)
    net.load_state_dict({k: v.to(dtype) for k, v in start.items()})
    optimizer, loss_of, losses = torch.optim.LBFGS(net.parameters(), **args), nn.CrossEntropyLoss(), []
    xs = torch.tensor(x, dtype=dtype)
    for _ in range(epochs):
        for i in range(0, len(x), batch):
            def closure():
                optimizer.zero_grad()
                loss = loss_of(net(xs[i:i + batch]), y[i:i + batch])
                loss.backward()
                return loss
            losses.append(float(optimizer.step(closure)))
    return net.state_dict(), losses

def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True); p.add_argument("--out", required=True); p.add_argument("--seed", type=int, required=True)
    a = p.parse_args()
    torch.set_num_threads(1); torch.manual_seed(a.seed)
    rows = np.array(list(csv.reader(open(a.data)))[1:], dtype=np.float64)
    x, y = rows[:, :64], torch.tensor(rows[:, 64].astype(np.int64))
    for name, args, batch, epochs in RUNS:
        start = {k: v.clone() for k, v in make().state_dict().items()}
        folder = os.path.join(a.out, name); os.makedirs(folder, exist_ok=True)
        save(os.path.join(folder, "start.safetensors"), start)
        for dtype, tag in ((torch.float32, ""), (torch.float64, "64")):
            end, losses = train(start, x, y, args, batch, epochs, dtype)
            save(os.path.join(folder, f"end{tag}.safetensors"), end)
            open(os.path.join(folder, f"losses{tag}.csv"), "w").writelines("%d,%.9g\n" % (i + 1, l) for i, l in enumerate(losses))
        settings = ", ".join(f"{k}: {v}" for k, v in args.items())
        open(os.path.join(folder, "job.yaml"), "w").write(f"""name: {name}
data:
  train: {{path: digits.csv, format: csv, options: {{header: true}}}}
  features: x0..x63
  label: label
  shape: [64]
  shuffle: false
model:
  layers: [linear: 24, tanh, linear: 10]
  weights: start.safetensors
loss: cross_entropy
optimizer: {{lbfgs: {{{settings}}}}}
train: {{epochs: {epochs}, batch: {batch}, workers: 2, threads: 1, seed: 1}}
output: out
""")

main()
