"""Carries frames between network interfaces and holds each back for a time: relay.py MILLISECONDS INTERFACE...

Frames keep the kernel's own header (PACKET_VNET_HDR): what it sends as one, such as 64 KB of a stream, passes as one.
"""

import collections
import select
import socket
import sys
import time

SOL_PACKET, PACKET_VNET_HDR, PACKET_IGNORE_OUTGOING, EVERY_PROTOCOL = 263, 15, 23, 0x0003
SO_SNDBUFFORCE, SO_RCVBUFFORCE = 32, 33
LONGEST = 1 << 17
SOCKET_BYTES = 16 << 20
MOST_AT_ONCE = 64


def port(name):
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
    opened.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    opened.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    for option in (SO_RCVBUFFORCE, SO_SNDBUFFORCE):
        opened.setsockopt(socket.SOL_SOCKET, option, SOCKET_BYTES)
    opened.bind((name, 0))
    opened.setblocking(False)
    return opened


def relay(delay, ports):
    others = {one: [other for other in ports if other is not one] for one in ports}
    held = collections.deque()
    while True:
        wait = None if not held else max(0.0, held[0][0] - time.monotonic())
        for one in select.select(ports, [], [], wait)[0]:
            for _ in range(MOST_AT_ONCE):
                try:
                    held.append((time.monotonic() + delay, one, one.recv(LONGEST)))
                except OSError:  # no more for now, or its host has ended
                    break
        now = time.monotonic()
        while held and held[0][0] <= now:
            _, one, frame = held.popleft()
            for other in others[one]:
                try:
                    other.send(frame)
                except OSError:
                    pass  # as a switch does with a frame for which there is no room


if __name__ == "__main__":
    relay(float(sys.argv[1]) / 1e3, [port(name) for name in sys.argv[2:]])
