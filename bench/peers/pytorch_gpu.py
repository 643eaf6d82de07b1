"""PyTorch on one card with Adam: pytorch_gpu.py NET EXAMPLES EPOCHS BATCH. Prints examples per second, an epoch a line."""
import sys, time

import torch, torch.nn as nn

from pytorch_ddp import net

name, examples, epochs, batch = sys.argv[1], *map(int, sys.argv[2:])
torch.manual_seed(1)
model, shape = net(name)
model, loss = model.cuda(), nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
# On the host, as Lockstep's examples are.
x, y = torch.rand(examples, *shape).pin_memory(), torch.randint(0, 10, (examples,)).pin_memory()
for _ in range(epochs):
    began = time.time()
    for i in range(0, examples, batch):
        optimizer.zero_grad()
        loss(model(x[i : i + batch].cuda(non_blocking=True)), y[i : i + batch].cuda(non_blocking=True)).backward()
        optimizer.step()
    torch.cuda.synchronize()
    print(f"{examples / (time.time() - began):.1f}", flush=True)
