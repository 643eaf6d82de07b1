package dev.lockstep.params.link;

import java.io.Serializable;

/**
 * How a process reaches others.
 *
 * @param host under which others reach this one; never a loopback address unless everybody is on this machine
 * @param firstPort of the UDP ports to try; 0 for any free one, {@link #NO_PORT} where everybody is on this machine
 * @param lastPort of the UDP ports to try
 * @param peers how many inboxes of other processes this one will speak with; decides how much shared memory is planned
 * @param directory parent of the media driver's own folder; empty for /dev/shm, or the temporary folder where there is
 *     none
 * @param mtu bytes of a UDP packet; 1408 passes everywhere
 * @param shortcuts false forces UDP even within a host or process, for tests
 */
public record TransportSettings(
        String host, int firstPort, int lastPort, int peers, String directory, int mtu, boolean shortcuts)
        implements Serializable {
    /** As first and last port: everybody is on this machine, and nothing is bound. */
    public static final int NO_PORT = -1;

    public TransportSettings {
        boolean none = firstPort == NO_PORT && lastPort == NO_PORT;
        if (!none && (firstPort < 0 || lastPort > 0xFFFF || firstPort > lastPort)) {
            throw new IllegalArgumentException(
                    "Ports must be a range within 0..65535: firstPort=" + firstPort + ", lastPort=" + lastPort);
        }
        if (peers < 0) {
            throw new IllegalArgumentException("peers must not be negative: peers=" + peers);
        }
        if (mtu < 512 || mtu > 65504 || mtu % 32 != 0) {
            throw new IllegalArgumentException("mtu must be a multiple of 32 in 512..65504: mtu=" + mtu);
        }
    }

    /** The same for a process that others reach under another name. */
    public TransportSettings withHost(String other) {
        return new TransportSettings(other, firstPort, lastPort, peers, directory, mtu, shortcuts);
    }

    /** Whether others may be on other machines. */
    boolean leavesMachine() {
        return firstPort != NO_PORT;
    }

    /** Any free port, shared memory in /dev/shm, packets of 1408 bytes. */
    public static TransportSettings of(String host, int peers) {
        return new TransportSettings(host, 0, 0, peers, "", 1408, true);
    }
}
