"""Runs of one trainer, watched from outside: when it reached a step, what that cost the processors and the network."""

import os
import pathlib
import re
import signal
import subprocess
import time

POLL = 0.05
START = 120
TICKS = os.sysconf("SC_CLK_TCK")


def median(values):
    values = sorted(values)
    return (values[len(values) // 2] + values[(len(values) - 1) // 2]) / 2 if values else float("nan")


class Mark:
    """A moment at which a step was known to be done."""

    def __init__(self, steps, processes, hosts):
        self.at, self.steps, self.crossed = time.monotonic(), steps, sum(host.bytes() for host in hosts)
        self.cpu = sum(map(cpu, processes))


class Figures:
    """What the later half of a run shows, a step."""

    def __init__(self, marks, batch, hosts):
        first, last = marks
        self.steps, seconds = last.steps - first.steps, last.at - first.at
        self.rate = self.steps * batch / seconds
        self.cpu_ms = (last.cpu - first.cpu) * 1e3 / self.steps / len(hosts)
        # Each byte is seen twice: by its sender and by its receiver.
        self.megabytes = (last.crossed - first.crossed) / 2e6 / self.steps


def cpu(process):
    try:
        fields = pathlib.Path("/proc/%d/stat" % process).read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    except OSError:
        return 0.0


def watch(steps, program, seconds, batch, hosts, running):
    """Figures of the later half of `seconds` that begin with the first step; None where the run ends or hangs before.

    `steps()` tells the newest step. A trainer tells its steps now and then, so only moments at which it has just done
    so count. The processor time is that of the processes of `program`.
    """
    started, seen, first, middle, last, processes = time.monotonic(), 0, None, None, None, []
    while running():
        now, done = time.monotonic(), steps()
        if done > seen:
            seen, first = done, first or now
            if now - first >= seconds / 2:
                processes = processes or [process for host in hosts for process in host.processes(program)]
                last = Mark(done, processes, hosts)
                middle = middle or last
        if first is None and now - started > START:
            return None
        if first is not None and now - first > seconds and (middle is not last or now - first > 3 * seconds):
            break
        time.sleep(POLL)
    return Figures((middle, last), batch, hosts) if middle is not last else None


class Newest:
    """The newest step that a growing file tells, by a pattern."""

    def __init__(self, path, pattern):
        self.path, self.pattern, self.offset, self.step = path, re.compile(pattern), 0, 0

    def __call__(self):
        try:
            with open(self.path) as file:
                file.seek(self.offset)
                text = file.read()
        except FileNotFoundError:
            return self.step
        whole = text.rfind("\n") + 1
        self.offset += len(text[:whole].encode())
        found = self.pattern.findall(text[:whole])
        if found:
            self.step = int(found[-1])
        return self.step


def until(true, patience):
    """Whether it came true within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def start(command, log, environment=None):
    with open(log, "w") as out:
        return subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, **(environment or {})})


def end(process):
    """Ends a process and what it has started in its session."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
