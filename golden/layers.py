"""What PyTorch computes with single layers, in float64.

Each case has the state of a torch.nn.Sequential of one layer (names, shapes and values, buffers
included), an input, an upstream gradient, and in training mode the output, the gradients by the
input (absent for whole numbers) and by the parameters.
"""
import torch
from torch import nn

cases = []


def tensor(t):
    return {"shape": list(t.shape), "data": t.detach().double().flatten().tolist()}


class Last(nn.Module):
    """A recurrent layer's states after the last step, directions side by side, or its whole output."""

    def __init__(self, layer, last):
        super().__init__()
        self.layer, self.last = layer, last

    def forward(self, x):
        output, state = self.layer(x)
        if not self.last:
            return output
        state = state[0] if isinstance(state, tuple) else state
        directions = 2 if self.layer.bidirectional else 1
        return torch.cat(list(state[-directions:]), dim=1)


class Shortcut(nn.Sequential):
    def __init__(self, layers, projection):
        super().__init__(*layers)
        self.projection = nn.Sequential(*projection)

    def forward(self, x):
        y = x
        for name, layer in self._modules.items():
            if name != "projection":
                y = layer(y)
        return y + self.projection(x)


class Dense(nn.Sequential):
    def forward(self, x):
        for layer in self:
            x = torch.cat([x, layer(x)], dim=1)
        return x


class Branches(nn.Sequential):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self], dim=1)


def case(name, layer, x):
    network = nn.Sequential(layer).double()
    with torch.no_grad():
        for p in network.parameters():
            if p.dim() == 1:
                p.copy_(torch.randn_like(p))
    state = {n.replace(".layer.", "."): tensor(t) for n, t in network.state_dict().items()}
    floating = x.is_floating_point()
    x.requires_grad_(floating)
    network.train()
    output = network(x)
    upstream = torch.randn_like(output)
    output.backward(upstream)
    grads = {n.replace(".layer.", "."): tensor(p.grad) for n, p in network.named_parameters()}
    result = {"id": name, "state": state, "input": tensor(x), "upstream": tensor(upstream),
              "output": tensor(output), "grads": grads}
    if floating:
        result["grads"]["input"] = tensor(x.grad)
    cases.append(result)


def all_cases(seed):
    """The cases of a seed; a new one goes last, for all draw from one generator."""
    torch.manual_seed(seed)
    torch.set_default_dtype(torch.float64)
    try:
        draw_all()
    finally:
        torch.set_default_dtype(torch.float32)
    return cases


def draw_all():
    r = torch.randn
    case("linear", nn.Linear(3, 4), r(5, 3))
    case("linear without bias on steps", nn.Linear(3, 4, bias=False), r(2, 6, 3))
    case("conv1d", nn.Conv1d(2, 4, 3, stride=2, padding=1, dilation=2, groups=2), r(3, 2, 11))
    case("conv1d same", nn.Conv1d(2, 3, 4, padding="same"), r(3, 2, 7))
    case("conv1d circular", nn.Conv1d(2, 3, 3, padding=2, padding_mode="circular"), r(2, 2, 7))
    case("conv2d",
         nn.Conv2d(2, 3, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2)), r(2, 2, 7, 6))
    case("conv2d without bias in groups", nn.Conv2d(4, 6, 3, groups=2, bias=False), r(2, 4, 5, 5))
    case("conv2d same", nn.Conv2d(2, 3, (2, 4), padding="same"), r(2, 2, 5, 6))
    case("conv2d reflect",
         nn.Conv2d(2, 3, 3, padding=(1, 2), padding_mode="reflect"), r(2, 2, 5, 6))
    case("conv2d replicate", nn.Conv2d(2, 3, 3, padding=1, padding_mode="replicate"), r(2, 2, 5, 6))
    case("max_pool2d", nn.MaxPool2d(2), r(2, 3, 7, 6))
    case("max_pool2d ceil", nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), r(2, 3, 6, 8))
    case("max_pool2d dilated", nn.MaxPool2d((2, 3), stride=1, dilation=2), r(2, 3, 6, 8))
    case("avg_pool2d", nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True), r(2, 3, 6, 8))
    case("avg_pool2d without padding",
         nn.AvgPool2d((2, 3), padding=1, count_include_pad=False), r(2, 3, 6, 8))
    case("avg_pool2d divisor", nn.AvgPool2d(2, divisor_override=3), r(2, 3, 6, 8))
    case("adaptive_avg_pool2d", nn.AdaptiveAvgPool2d((3, 2)), r(2, 3, 7, 5))
    case("flatten", nn.Flatten(), r(2, 3, 4, 5))
    case("flatten some", nn.Flatten(2, 3), r(2, 3, 4, 5, 2))
    case("embedding", nn.Embedding(6, 3), torch.tensor([[0, 5, 2, 2], [1, 1, 1, 3]]))
    case("embedding with padding, by frequency",
         nn.Embedding(6, 3, padding_idx=2, scale_grad_by_freq=True),
         torch.tensor([[0, 5, 2, 2], [1, 1, 1, 3]]))
    case("lstm", Last(nn.LSTM(3, 4, batch_first=True), False), r(2, 5, 3))
    case("lstm last, two layers and directions",
         Last(nn.LSTM(3, 4, num_layers=2, batch_first=True, bidirectional=True), True), r(2, 5, 3))
    case("lstm projected without bias",
         Last(nn.LSTM(3, 4, num_layers=2, bias=False, batch_first=True, proj_size=2), False),
         r(2, 5, 3))
    case("gru", Last(nn.GRU(3, 4, batch_first=True), False), r(2, 5, 3))
    case("gru last, two layers and directions",
         Last(nn.GRU(3, 4, num_layers=2, batch_first=True, bidirectional=True), True), r(2, 5, 3))
    case("local_response_norm", nn.LocalResponseNorm(4, alpha=0.5, beta=0.6, k=2.0), r(2, 5, 3, 4))
    case("local_response_norm of a sequence", nn.LocalResponseNorm(3), r(2, 5, 4))
    case("batch_norm2d", nn.BatchNorm2d(3), r(2, 3, 3, 2))
    case("layer_norm", nn.LayerNorm([4]), r(2, 3, 4))
    case("group_norm", nn.GroupNorm(2, 4), r(2, 4, 3))
    case("instance_norm", nn.InstanceNorm1d(3, affine=True, track_running_stats=True), r(2, 3, 5))
    case("prelu", nn.PReLU(3), r(2, 3, 4))
    case("residual", Shortcut([nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 3)], []), r(5, 3))
    case("residual with projection",
         Shortcut([nn.Conv2d(2, 3, 3, stride=2, padding=1), nn.BatchNorm2d(3)],
         [nn.Conv2d(2, 3, 1, stride=2)]), r(2, 2, 5, 5))
    case("dense_block",
         Dense(nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.Tanh()),
         nn.Sequential(nn.Conv2d(5, 3, 3, padding=1), nn.Tanh())), r(2, 2, 4, 4))
    case("concat",
         Branches(nn.Sequential(nn.Linear(3, 2)), nn.Sequential(nn.Linear(3, 1), nn.Softplus()),
         nn.Sequential()), r(5, 3))
