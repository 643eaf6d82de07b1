"""PyTorch DDP over gloo, one process a worker."""

import functools
import pathlib
import re
import shutil
import subprocess

import runs

PROGRAM = pathlib.Path(__file__).parent.parent / "peers/pytorch_ddp.py"
STEPS = {"mlp": 16, "small": 256, "lenet": 16, "vgg": 2}  # an epoch's, after which it says so
FOREVER = 1000000


@functools.lru_cache
def python():
    """A Python that has torch, or none."""
    for candidate in ("/usr/bin/python3", "python3"):
        path = shutil.which(candidate)
        if path and subprocess.run([path, "-c", "import torch.distributed"], capture_output=True).returncode == 0:
            return path
    return None


def started(out, name, hosts, *arguments):
    """One process in each host; the first is rank 0."""
    here = {"MASTER_ADDR": hosts[0].address, "MASTER_PORT": "29511", "GLOO_SOCKET_IFNAME": "eth0",
            "OMP_NUM_THREADS": "1"}
    logs = [out / ("ddp-%s-%d.log" % (name, rank)) for rank in range(len(hosts))]
    processes = [runs.start(host.command(python(), PROGRAM, *arguments), log, {**here, "RANK": str(rank)})
                 for rank, (host, log) in enumerate(zip(hosts, logs))]
    return processes, logs[0]


def train(out, net, hosts, batch, seconds):
    """Figures of training with `batch` examples a step and worker."""
    if not python():
        return None
    world = len(hosts)
    processes, log = started(out, net, hosts, net, world, STEPS[net] * batch * world, FOREVER, batch)
    epochs = runs.Newest(log, r"epoch (\d+):")
    try:
        return runs.watch(
            lambda: epochs() * STEPS[net], PROGRAM.name, seconds, batch * world, hosts,
            lambda: all(process.poll() is None for process in processes))
    finally:
        for process in processes:
            runs.end(process)


def all_reduce(out, hosts, megabytes):
    """Median time in ms."""
    if not python():
        return None
    processes, log = started(out, "ar", hosts, "ar", len(hosts), megabytes)
    try:
        processes[0].wait(170)
        found = re.search(r"median ([\d.]+) ms", log.read_text())
        return float(found[1]) if found else None
    except subprocess.TimeoutExpired:
        return None
    finally:
        for process in processes:
            runs.end(process)
