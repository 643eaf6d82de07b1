package dev.lockstep.deploy.doctor;

/**
 * What was measured on the way to a station.
 *
 * @param interfaceMtu bytes of a packet as this end's interface sends it; 0 if that is not known
 * @param carriesMtu whether such a packet got there, if it was tried
 */
record Way(Station to, PathResult tcp, PathResult udp, int interfaceMtu, boolean carriesMtu) {
    boolean isOpen() {
        return tcp.isOpen() && udp.isOpen();
    }
}
