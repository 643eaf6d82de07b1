"""Small networks under torch.autocast on the CPU, in bfloat16: what they predict and their gradients."""
import torch
from torch import nn

from cases import Book


def autocast(s):
    book = Book()

    def add(id_, network, *shape):
        """The loss is the sum of squared distances to the target, in float32; so are the parameters."""
        net = network.float()
        net.load_state_dict({k: s.normal(*v.shape, scale=0.4).float() if v.is_floating_point() else v
                             for k, v in net.state_dict().items() if "running" not in k}, strict=False)
        x = s.normal(*shape).float()
        before = {k: v.clone() for k, v in net.state_dict().items()}
        results = []
        for narrow in (True, False):
            net.load_state_dict(before)
            net.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=narrow):
                y = net(x)
            target = torch.zeros_like(y, dtype=torch.float32)
            ((y.float() - target) ** 2).sum().backward()
            results.append((y.detach().float().double(),
                            {k: v.grad.double() for k, v in net.named_parameters()}))
        (value, grads), (wide, wide_grads) = results
        state = {k: v.double() for k, v in before.items() if v.is_floating_point() and "running" not in k}
        book.put(id_, input=x.double(), state=state, value=value, grads=grads,
                 float32_value=wide, float32_grads=wide_grads)

    add("mlp", nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 8), nn.Tanh(), nn.Linear(8, 3)), 5, 6)
    add("cnn", nn.Sequential(nn.Conv2d(2, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16, 3)),
        4, 2, 6, 6)
    add("gelu", nn.Sequential(nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 3)), 5, 6)
    add("batch norm", nn.Sequential(nn.Conv2d(2, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(),
                                    nn.Linear(64, 3)), 6, 2, 6, 6)
    return book
