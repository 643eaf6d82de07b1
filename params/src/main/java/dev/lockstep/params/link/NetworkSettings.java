package dev.lockstep.params.link;

import java.io.Serializable;

/**
 * How a process is reached from other machines.
 *
 * @param host name or number under which others reach this one; never a loopback address unless everybody is on this
 *     machine
 * @param within which of this machine's addresses is announced in the host's place: a network as {@code 10.1.0.0/16}
 *     or an interface's name; empty for the host's own
 * @param bind address that sockets are bound to; empty for the announced one
 * @param protocol of frames; Aeron's UDP takes memory for whoever asks, so that AUTO means TCP where frames are sealed
 * @param firstPort of the ports to try; 0 for any free one, {@link #NO_PORT} where everybody is on this machine
 * @param lastPort of the ports to try
 * @param mtu bytes of a UDP packet; 1408 passes everywhere
 * @param security of frames
 */
public record NetworkSettings(
        String host,
        String within,
        String bind,
        Protocol protocol,
        int firstPort,
        int lastPort,
        int mtu,
        Security security)
        implements Serializable {
    /** As first and last port: everybody is on this machine, and nothing is bound. */
    public static final int NO_PORT = -1;

    public NetworkSettings {
        protocol = protocol == Protocol.AUTO && security != Security.NONE ? Protocol.TCP : protocol;
        boolean none = firstPort == NO_PORT && lastPort == NO_PORT;
        if (!none && (firstPort < 0 || lastPort > 0xFFFF || firstPort > lastPort)) {
            throw new IllegalArgumentException(
                    "Ports must be a range within 0..65535: firstPort=" + firstPort + ", lastPort=" + lastPort);
        }
        if (mtu < 512 || mtu > 65504 || mtu % 32 != 0) {
            throw new IllegalArgumentException("mtu must be a multiple of 32 in 512..65504: mtu=" + mtu);
        }
    }

    /** Any free port, packets of 1408 bytes. */
    public static NetworkSettings of(String host) {
        return new NetworkSettings(host, "", "", Protocol.AUTO, 0, 0, 1408, Security.NONE);
    }

    /** The same for a process that others reach under another name, and that binds what it announces. */
    public NetworkSettings withHost(String other) {
        return new NetworkSettings(other, within, bind, protocol, firstPort, lastPort, mtu, security);
    }

    public NetworkSettings withWithin(String other) {
        return new NetworkSettings(host, other, bind, protocol, firstPort, lastPort, mtu, security);
    }

    public NetworkSettings withBind(String other) {
        return new NetworkSettings(host, within, other, protocol, firstPort, lastPort, mtu, security);
    }

    public NetworkSettings withProtocol(Protocol other) {
        return new NetworkSettings(host, within, bind, other, firstPort, lastPort, mtu, security);
    }

    public NetworkSettings withPorts(int first, int last) {
        return new NetworkSettings(host, within, bind, protocol, first, last, mtu, security);
    }

    public NetworkSettings withMtu(int other) {
        return new NetworkSettings(host, within, bind, protocol, firstPort, lastPort, other, security);
    }

    public NetworkSettings withSecurity(Security other) {
        return new NetworkSettings(host, within, bind, protocol, firstPort, lastPort, mtu, other);
    }

    /** Whether others may be on other machines. */
    public boolean leavesMachine() {
        return firstPort != NO_PORT;
    }
}
