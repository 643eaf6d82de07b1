package dev.lockstep.params.link;

import java.io.Serializable;

/**
 * How a process reaches others.
 *
 * @param network how those on other machines do
 * @param peers how many inboxes of other processes this one will speak with; decides how much shared memory is planned
 * @param directory parent of the media driver's own folder; empty for /dev/shm, or the temporary folder where there is
 *     none
 * @param shortcuts false forces the network even within a host or process, for tests
 */
public record TransportSettings(NetworkSettings network, int peers, String directory, boolean shortcuts)
        implements Serializable {
    public TransportSettings {
        if (peers < 0) {
            throw new IllegalArgumentException("peers must not be negative: peers=" + peers);
        }
    }

    /** Any free port, shared memory in /dev/shm. */
    public static TransportSettings of(String host, int peers) {
        return new TransportSettings(NetworkSettings.of(host), peers, "", true);
    }

    public TransportSettings withNetwork(NetworkSettings other) {
        return new TransportSettings(other, peers, directory, shortcuts);
    }

    public TransportSettings withDirectory(String other) {
        return new TransportSettings(network, peers, other, shortcuts);
    }

    public TransportSettings withoutShortcuts() {
        return new TransportSettings(network, peers, directory, false);
    }
}
