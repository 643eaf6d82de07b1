"""What PyTorch computes with networks whose examples are numbers and categories, in float64.

Each case has the state_dict, an input [examples, numbers and then categories], an upstream gradient,
the output and the gradients by the parameters. `Network` is what a file of Lockstep's weights fits.
"""
import torch
from torch import nn


class Input(nn.Sequential):
    """Some numbers and columns of categories; with layers they become one vector, without they go on by themselves."""

    def __init__(self, numbers, columns, layers=(), embeddings=None, shape=None):
        super().__init__()
        self.numbers, self.columns, self.shape = numbers, columns, shape
        if embeddings:
            self.embeddings = nn.ModuleDict(embeddings)
        for i, layer in enumerate(layers):
            self.add_module(str(i), layer)
        self.count = len(layers)

    def vectors(self, numbers, categories, shared):
        table = self.embeddings if hasattr(self, "embeddings") else shared
        parts = [numbers[:, self.numbers].reshape(-1, *(self.shape or [len(self.numbers)]))] if self.numbers else []
        parts += [table[name](categories[name]) for name in self.columns]
        if not self.count:
            return parts
        x = torch.cat(parts, 1)
        for i in range(self.count):
            x = self._modules[str(i)](x)
        return [x]


class Network(nn.Sequential):
    """embeddings.city.weight, inputs.deep.0.weight, then 0.weight."""

    def __init__(self, numbers, columns, embeddings, inputs, meet, layers=()):
        super().__init__()
        if embeddings:
            self.embeddings = nn.ModuleDict(embeddings)
        if inputs and any(True for each in inputs.values() for _ in each.parameters()):
            self.inputs = nn.ModuleDict(inputs)
        self.all, self.meet, self.n, self.columns = [inputs], meet, numbers, columns
        for i, layer in enumerate(layers):
            self.add_module(str(i), layer)
        self.count = len(layers)

    def forward(self, x):
        numbers = x[:, :self.n]
        categories = {name: x[:, self.n + i].long() for i, name in enumerate(self.columns)}
        shared = self._modules.get("embeddings")
        y = self.meet({name: each.vectors(numbers, categories, shared) for name, each in self.all[0].items()})
        for i in range(self.count):
            y = self._modules[str(i)](y)
        return y


def flat(vectors):
    return [vector for each in vectors.values() for vector in each]


def concat(vectors):
    return torch.cat(flat(vectors), 1)


def total(vectors):
    return sum(flat(vectors))


def dot(*keep):
    def meet(vectors):
        t = torch.stack(flat(vectors), 1)
        z = torch.bmm(t, t.transpose(1, 2))
        i, j = torch.tril_indices(t.shape[1], t.shape[1], -1)
        return torch.cat([vector for name in keep for vector in vectors[name]] + [z[:, i, j]], 1)
    return meet


def networks():
    table = nn.Embedding
    yield "side by side", 2, {"city": 5, "device": 3}, Network(
        2, ["city", "device"], {"city": table(5, 3), "device": table(3, 2)},
        {"all": Input([0, 1], ["city", "device"])}, concat, [nn.Linear(7, 4), nn.Tanh(), nn.Linear(4, 2)])
    yield "categories alone", 0, {"city": 5, "device": 3}, Network(
        0, ["city", "device"], {"city": table(5, 3), "device": table(3, 2)},
        {"all": Input([], ["city", "device"])}, concat, [nn.Linear(5, 1)])
    yield "wide and deep", 3, {"city": 5, "device": 3}, Network(
        3, ["city", "device"], {"city": table(5, 3), "device": table(3, 2)},
        {"wide": Input([], ["city", "device"], embeddings={"city": table(5, 1), "device": table(3, 1)}),
         "deep": Input([0, 2], ["city", "device"], [nn.Linear(7, 4), nn.Tanh(), nn.Linear(4, 1)])}, total)
    yield "dlrm", 3, {"c0": 4, "c1": 5, "c2": 2}, Network(
        3, ["c0", "c1", "c2"], {name: table(rows, 3) for name, rows in (("c0", 4), ("c1", 5), ("c2", 2))},
        {"dense": Input([0, 1, 2], [], [nn.Linear(3, 3), nn.Tanh()]), "sparse": Input([], ["c0", "c1", "c2"])},
        dot("dense"), [nn.Linear(9, 2)])
    yield "factors", 0, {"user": 6, "item": 4}, Network(
        0, ["user", "item"], {"user": table(6, 3), "item": table(4, 3)}, {"all": Input([], ["user", "item"])}, dot())
    yield "an image and a category", 16, {"place": 3}, Network(
        16, ["place"], {"place": table(3, 2)},
        {"image": Input(list(range(16)), [], [nn.Conv2d(1, 2, 3), nn.Flatten()], shape=[1, 4, 4]),
         "place": Input([], ["place"])}, concat, [nn.Linear(10, 2)])


def tensor(values):
    return {"shape": list(values.shape), "data": values.detach().flatten().tolist()}


def all_cases(seed):
    torch.manual_seed(seed)
    for name, numbers, columns, network in networks():
        network.double()
        codes = [torch.randint(rows, (6, 1)).double() for rows in columns.values()]
        x = torch.cat([torch.randn(6, numbers).double()] + codes, 1)
        y = network(x)
        upstream = torch.randn_like(y)
        y.backward(upstream)
        yield {
            "id": name,
            "state": {key: tensor(value) for key, value in network.state_dict().items()},
            "input": tensor(x), "upstream": tensor(upstream), "output": tensor(y),
            "grads": {key: tensor(p.grad) for key, p in network.named_parameters()}}
