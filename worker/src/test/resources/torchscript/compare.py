"""Loads the TorchScript files of a list and compares what they predict: compare.py LIST TOLERANCE, one JSON object a line in LIST."""
import json
import sys

import torch

failed = 0
for line in open(sys.argv[1]):
    case = json.loads(line)
    network = torch.jit.load(case["file"])
    with torch.no_grad():
        output = network(torch.tensor(case["input"], dtype=torch.float32).reshape(case["shape"])).flatten().double()
    expected = torch.tensor(case["output"], dtype=torch.float64)
    off = ((output - expected).abs() / expected.abs().clamp(min=1)).max().item()
    if network.training or output.shape != expected.shape or not off <= float(sys.argv[2]):
        print(case["file"], "is off by", off, file=sys.stderr)
        failed += 1
sys.exit(min(failed, 1))
