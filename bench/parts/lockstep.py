"""Lockstep's distribution: a Spark cluster of its own over hosts, and training runs on any master."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import runs

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "bench/target/runs"
HOME = ROOT / "deploy/target/lockstep"
BATCH = {"mlp": 128, "small": 32, "lenet": 128, "vgg": 64}  # examples a step and worker
EXECUTOR = "CoarseGrainedExecutorBackend"
DRIVER = "dev.lockstep.deploy.Lockstep"
FOREVER = 100000
# From one host there is no way into another: what is to run there is written to a file, for this script to start it.
HAND_OVER = 'asked=$0; ended=$1; shift; printf "%s\\0" "$@" >"$asked.new"; mv "$asked.new" "$asked"; ' \
    'while [ ! -e "$ended" ]; do sleep 0.1; done'
JVM_OPTIONS = "@%s" % (ROOT / "deploy/src/main/dist/conf/jvm.options")


def prepare(dist):
    """Builds the distribution and bench's own classes, or takes a distribution as it is."""
    global HOME
    OUT.mkdir(parents=True, exist_ok=True)
    if dist:
        HOME = pathlib.Path(dist).resolve()
        return
    with open(OUT / "build.log", "w") as log:
        done = subprocess.run(
            ["./mvnw", "-B", "-q", "package", "-pl", "bench", "-am", "-Dmaven.test.skip=true", "-Dshade.skip=true",
             "-Dspotless.check.skip=true"], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit("bench: The build failed: log=%s" % (OUT / "build.log"))


class Cluster:
    """A standalone master on the first host, and a worker daemon of some cores on each."""

    def __init__(self, hosts, cores):
        self.hosts, self.daemons = hosts, []
        self.master = "spark://%s:7077" % hosts[0].address
        environment = {"SPARK_HOME": str(HOME), "SPARK_SCALA_VERSION": "2.12", "SPARK_ENV_LOADED": "1"}
        self.daemon(hosts[0], "master", environment, "master.Master",
                    "--host", hosts[0].address, "--port", 7077, "--webui-port", 0)
        self.wait(OUT / "master.log", "New state: ALIVE")
        for host in hosts:
            name = "worker-%d" % host.number
            self.daemon(host, name, environment, "worker.Worker",
                        "--host", host.address, "--port", 0, "--webui-port", 0, "--cores", cores, "--memory", "6g",
                        "--work-dir", OUT / "work" / name, self.master)
        for host in hosts:
            self.wait(OUT / ("worker-%d.log" % host.number), "Successfully registered with master")

    def daemon(self, host, name, environment, program, *arguments):
        command = host.command("java", JVM_OPTIONS, "-Xmx300m", "-cp", "%s/conf:%s/jars/*" % (HOME, HOME),
                               "org.apache.spark.deploy." + program, *arguments)
        self.daemons.append(runs.start(command, OUT / (name + ".log"), {**environment, "SPARK_LOCAL_IP": host.address}))

    @staticmethod
    def wait(log, text):
        deadline = time.monotonic() + 60
        while text not in log.read_text():
            if time.monotonic() > deadline:
                sys.exit("bench: Spark's daemon did not start: log=%s" % log)
            time.sleep(0.1)

    def close(self):
        for daemon in self.daemons:
            runs.end(daemon)


class Trainer:
    """Runs on one master; `settings` are Spark's, such as spark.lockstep.transport=udp."""

    def __init__(self, master, hosts, workers, settings=()):
        self.master, self.hosts, self.workers, self.settings = master, hosts, workers, settings

    def start(self, name, net, batch, epochs, changes):
        """The process, and its output."""
        output = OUT / name
        shutil.rmtree(output, ignore_errors=True)
        host = self.hosts[0]
        settings = ["spark.driver.host=" + host.address, "spark.executor.memory=2g", *self.settings]
        environment = {"LOCKSTEP_LOG_DIR": str(OUT / (name + "-logs")), "SPARK_LOCAL_IP": host.address,
                       "LOCKSTEP_JAVA_OPTS": " ".join("-D" + setting for setting in settings)}
        changes = {"output": output, "train.epochs": epochs, "train.batch": batch * self.workers,
                   "train.workers": self.workers, **changes}
        sets = [word for key, value in changes.items() for word in ("--set", "%s=%s" % (key, value))]
        job = ROOT / "bench/jobs" / (net + ".yaml")
        command = host.command(HOME / "bin/lockstep", "train", job, "--master", self.master, *sets)
        return runs.start(command, OUT / (name + ".log"), environment), output

    def stop(self, process):
        for driver in self.hosts[0].processes(DRIVER, "train"):
            os.kill(driver, signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            runs.end(process)
        deadline = time.monotonic() + 30
        while any(host.processes(EXECUTOR) for host in self.hosts) and time.monotonic() < deadline:
            time.sleep(0.1)

    def train(self, name, net, seconds, batch=None, changes=None):
        """Figures of the later half of `seconds` of training; `batch` is one worker's."""
        batch = batch or BATCH[net]
        process, output = self.start(name, net, batch, FOREVER, changes or {})
        steps = runs.Newest(output / "metrics.jsonl", r'"kind":"step","epoch":\d+,"step":(\d+)')
        try:
            return runs.watch(
                steps, EXECUTOR, seconds, batch * self.workers, self.hosts, lambda: process.poll() is None)
        finally:
            self.stop(process)

    def whole(self, name, net, epochs, during=lambda process, output: None, changes=None):
        """Seconds of training and the sum of the weights' file, of a run to its end; `during` may disturb it."""
        process, output = self.start(name, net, BATCH[net], epochs, changes or {})
        try:
            during(process, output)
            process.wait(600)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self.stop(process)
        if process.returncode:
            return None
        last = json.loads((output / "metrics.jsonl").read_text().splitlines()[-1])
        return last["seconds"], hashlib.sha256((output / "model/weights.safetensors").read_bytes()).hexdigest()


def phases(name):
    """Mean ms of each part of a step, by worker, over the later half of a run's steps."""
    lines = [json.loads(line) for line in (OUT / name / "metrics.jsonl").read_text().splitlines() if line.endswith("}")]
    steps = [line["workers"] for line in lines if line["kind"] == "step" and line.get("workers")]
    later = steps[len(steps) // 2:]
    return [{part: sum(step[worker][part] for step in later) / len(later) for part in later[0][worker]}
            for worker in range(len(later[0]))] if later else []


def round_trip(hosts, megabytes, steps):
    """Median ms of push, apply and broadcast of a vector between two hosts, and of a loop that copies it."""
    asked, ended = OUT / "round-trip.command", OUT / "round-trip.ended"
    for file in (asked, ended):
        file.unlink(missing_ok=True)
    command = hosts[0].command(
        "java", JVM_OPTIONS, "-Xmx4g", "-cp", "%s:%s/lib/*:%s/jars/*" % (ROOT / "bench/target/classes", HOME, HOME),
        "dev.lockstep.bench.RoundTrip", round(megabytes * 250000), steps, "sgd", "auto",
        hosts[0].address, hosts[1].address, "sh", "-c", HAND_OVER, asked, ended)
    logs = [OUT / ("round-trip-%g-%d.log" % (megabytes, host.number)) for host in hosts[:2]]
    processes = [runs.start(command, logs[0])]
    try:
        if not runs.until(lambda: asked.exists() or processes[0].poll() is not None, 60) or not asked.exists():
            return None
        words = asked.read_text().split("\0")[:-1]
        processes.append(runs.start(hosts[1].command(*words), logs[1]))
        if not runs.until(lambda: processes[1].poll() is not None, 170):
            return None
        ended.touch()
        if not runs.until(lambda: processes[0].poll() is not None, 60):
            return None
    finally:
        for process in processes:
            runs.end(process)
    text = "".join(log.read_text() for log in logs)
    took, copied = re.findall(r"median ([\d.]+) ms", text), re.search(r"copy: .* best ([\d.]+) ms", text)
    return (runs.median(map(float, took)), float(copied[1])) if took and copied else None
