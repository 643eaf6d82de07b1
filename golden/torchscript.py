"""TorchScript files, and for each what PyTorch computes with it.

For every NAME.pt there is NAME.json: input, upstream gradient, output and the parameters'
gradients in training mode, and the output in evaluation mode afterwards. The last ones have no
such file: they are for `lockstep check` to find fault with.
"""
import json
import os

import torch
from torch import nn


class Lenet(nn.Module):
    """Convolutions, a batch norm, and a `view` as people write it."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, 3, padding=1)
        self.norm = nn.BatchNorm2d(3)
        self.out = nn.Linear(3 * 3 * 3, 4)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        x = nn.functional.max_pool2d(x, 2)
        return self.out(x.view(x.size(0), -1))


class Words(nn.Module):
    """An embedding wants whole numbers; half of it is frozen; it drops values at random."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(7, 5)
        self.words.weight.requires_grad_(False)
        self.lstm = nn.LSTM(5, 4, batch_first=True)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        y, _ = self.lstm(self.words(x))
        return self.out(self.drop(y[:, -1]))


class Rounded(nn.Module):
    """A straight-through estimator: the backward pass takes the rounding for the identity, so that
    no gradient before it is a slope."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(3, 4)
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        y = torch.tanh(self.inner(x))
        y = y + (torch.round(y * 4) / 4 - y).detach()
        return self.out(y)


class Narrow(nn.Module):
    """Insists on float32."""

    def __init__(self):
        super().__init__()
        self.out = nn.Linear(3, 2)

    def forward(self, x):
        return self.out(x).float()


def tensor(t):
    return {"shape": list(t.shape), "data": t.detach().double().flatten().tolist()}


def make(folder, name, network, x, compare):
    torch.jit.save(torch.jit.script(network), os.path.join(folder, name + ".pt"))
    result = {"torch": torch.__version__, "input": tensor(x)}
    if compare:
        network.train()
        output = network(x)
        upstream = torch.randn_like(output)
        output.backward(upstream)
        result["upstream"] = tensor(upstream)
        result["output"] = tensor(output)
        result["grads"] = {n: tensor(p.grad) for n, p in network.named_parameters()
                           if p.requires_grad}
    network.eval()
    result["evaluation"] = tensor(network(x))
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(result, file)


def write(folder, seed):
    torch.manual_seed(seed)
    make(folder, "images", Lenet(), torch.randn(5, 2, 6, 6), compare=True)
    make(folder, "words", Words(), torch.randint(0, 7, (5, 6)), compare=False)
    for name, network in {"rounded": Rounded(), "narrow": Narrow()}.items():
        torch.jit.save(torch.jit.script(network), os.path.join(folder, name + ".pt"))
