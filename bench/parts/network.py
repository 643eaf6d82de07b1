"""Hosts on one machine (root): network, mount, process and UTS namespaces, joined by a switch, at MTU 1500.

None has a name outside: they end with the processes that hold them, and those with this one, however it ends.
"""

import ctypes
import fcntl
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys

PREFIX = "10.77.0."
RELAY = pathlib.Path(__file__).with_name("relay.py")
READY = "ip link set lo up; echo ready; exec cat"
NEEDED = ("ip", "tc", "nft", "unshare", "nsenter")
NAMESPACES = ("--mount", "--uts", "--ipc", "--net", "--pid")
SIOCETHTOOL, SET_TSO, SET_GSO, SET_GRO = 0x8946, 0x1F, 0x24, 0x2C


def require():
    """Ends with a sentence where hosts cannot be made."""
    if os.geteuid() != 0:
        sys.exit("hosts: Namespaces need root: uid=%d. Run it as root; bench/compare needs none." % os.geteuid())
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        sys.exit("hosts: Commands are missing: missing=%s. On Debian: apt install iproute2 nftables util-linux."
                 % " ".join(missing))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit("hosts: A command failed: command=%s, error=%s" % (" ".join(command), done.stderr.strip()))


class Host:
    """One host; its first process is a `cat` that reads from this script and so ends with it."""

    def __init__(self, number, script):
        self.number, self.address = number, PREFIX + str(number)
        self.holder = subprocess.Popen(
            ["unshare", *NAMESPACES, "--fork", "--kill-child", "--mount-proc", "sh", "-c", script],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        if self.holder.stdout.readline() != b"ready\n":
            sys.exit("hosts: A host could not be made: host=%d. A container needs --privileged." % number)
        self.pid = int(pathlib.Path("/proc/%d/task/%d/children" % ((self.holder.pid,) * 2)).read_text().split()[0])

    def command(self, *command):
        """The same command, in this host."""
        return ["nsenter", "-t", str(self.pid), *NAMESPACES, "--wd=" + os.getcwd(), *map(str, command)]

    def run(self, *command):
        run(*self.command(*command))

    def processes(self, *words):
        """The numbers, as this script sees them, of the host's processes whose command has all words."""
        mine, found = os.readlink("/proc/%d/ns/pid" % self.pid), []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
                if all(any(word in part for part in command) for word in words) and "nsenter" not in command[0] \
                        and os.readlink(folder / "ns/pid") == mine:
                    found.append(int(folder.name))
            except OSError:
                pass
        return found

    def bytes(self):
        """What has crossed this host's interface, both ways."""
        lines = pathlib.Path("/proc/%d/net/dev" % self.pid).read_text().splitlines()
        fields = next(line.split(":")[1].split() for line in lines if line.strip().startswith("eth0:"))
        return int(fields[0]) + int(fields[8])

    def close(self):
        self.holder.stdin.close()
        self.holder.wait()


class Network:
    """Hosts h1 to hN behind one switch; delay in ms and loss in percent each way, rate in tc's words."""

    def __init__(self, count, delay=0.0, loss=0.0, rate=""):
        self.closed = []
        self.switch = Host(0, READY)
        self.closed.append(self.switch.close)
        self.hosts = []
        for k in range(1, count + 1):
            self.hosts.append(Host(k, "hostname h%d; mount -t tmpfs -o size=4g tmpfs /dev/shm; %s" % (k, READY)))
            self.closed.append(self.hosts[-1].close)
        self.join(delay)
        for host in self.hosts:
            if loss:
                self.lose(host, loss)
            if rate:
                host.run(*"tc qdisc replace dev eth0 root tbf burst 256kb latency 20ms rate".split(), rate)

    def join(self, delay):
        for host in self.hosts:
            run("ip", "link", "add", "p%d" % host.number, "netns", str(self.switch.pid), "type", "veth",
                "peer", "name", "eth0", "netns", str(host.pid))
            host.run("ip", "addr", "add", host.address + "/24", "dev", "eth0")
            host.run("ip", "link", "set", "eth0", "mtu", "1500", "up")
        ports = ["p%d" % host.number for host in self.hosts]
        if not delay:
            self.switch.run("ip", "link", "add", "br0", "type", "bridge")
            self.switch.run("ip", "link", "set", "br0", "up")
        for port in ports:
            self.switch.run("ip", "link", "set", port, *([] if delay else ["master", "br0"]), "up")
        if delay:
            # Many kernels of virtual machines have no netem; a relay meets both peers alike.
            relay = subprocess.Popen(
                self.switch.command(sys.executable, RELAY, str(delay), *ports), start_new_session=True)
            self.closed.append(relay.wait)

    def lose(self, host, percent):
        # A lost frame must be one packet of the wire and not 64 KB of them that the kernel carries as one.
        for command in (SET_TSO, SET_GSO, SET_GRO):
            host.run(sys.executable, __file__, str(command))
        host.run("nft", "add table inet loss; add chain inet loss drops { type filter hook input priority 0 ; }; "
                 "add rule inet loss drops iif eth0 numgen random mod 100000 < %d drop" % round(percent * 1000))

    def link(self, host, state):
        self.switch.run("ip", "link", "set", "p%d" % host.number, state)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for close in self.closed:
            close()


def without_offload(command):
    value = ctypes.create_string_buffer(struct.pack("II", command, 0))
    request = struct.pack("16sP", b"eth0", ctypes.addressof(value)).ljust(40, b"\0")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCETHTOOL, request)


if __name__ == "__main__":
    without_offload(int(sys.argv[1]))
