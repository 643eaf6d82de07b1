"""A switch between network namespaces that hands every frame on DELAY_MS later, for kernels without tc's netem.

delay.py DELAY_MS NAMESPACE...: each gets an eth0 (a tap whose other end is read here). TCP's large segments pass whole,
as between two ends of a veth, so that the switch costs a read and a write a segment and not a packet.
"""
import collections, fcntl, os, select, struct, subprocess, sys, time

TUNSETIFF, TUNSETOFFLOAD = 0x400454CA, 0x400454D0
TAP, NO_PACKET_INFORMATION, VIRTIO_HEADER = 0x0002, 0x1000, 0x4000
CHECKSUM, TCP4, TCP6 = 1, 2, 4
HEADER = 10
QUEUED = 10_000
LONGEST = HEADER + 18 + 65_536


def tap(namespace, number):
    name = f"lockstep-tap{number}"
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    flags = TAP | NO_PACKET_INFORMATION | VIRTIO_HEADER
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode(), flags))
    fcntl.ioctl(fd, TUNSETOFFLOAD, CHECKSUM | TCP4 | TCP6)
    move = ["ip", "link", "set", name, "txqueuelen", str(QUEUED), "netns", namespace, "name", "eth0"]
    subprocess.run(move, check=True)
    return fd


def read(fd):
    try:
        return os.read(fd, LONGEST)
    except BlockingIOError:
        return None


def write(fd, frame):
    try:
        os.write(fd, frame)
    except OSError:
        pass  # as a cable that nobody listens to


def run(delay, taps):
    places, waiting = {}, collections.deque()
    while True:
        patience = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        ready, _, _ = select.select(taps, [], [], patience)
        now = time.monotonic()
        for fd in ready:
            while (frame := read(fd)) is not None:
                places[frame[HEADER + 6 : HEADER + 12]] = fd
                waiting.append((now + delay, fd, frame))
        while waiting and waiting[0][0] <= now:
            _, source, frame = waiting.popleft()
            place = places.get(frame[HEADER : HEADER + 6])
            for fd in taps if place is None else [place]:
                if fd != source:
                    write(fd, frame)


if __name__ == "__main__":
    opened = [tap(namespace, number) for number, namespace in enumerate(sys.argv[2:], 1)]
    print("ready", flush=True)
    run(float(sys.argv[1]) / 1e3, opened)
