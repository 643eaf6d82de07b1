package dev.lockstep.params.link;

/** How frames get to other hosts. */
public enum Protocol {
    /** Values over TCP and messages over UDP; what does not connect takes the other. */
    AUTO,
    /** Aeron's UDP alone. */
    UDP,
    /** TCP alone: no UDP port is bound. */
    TCP;

    public boolean hasTcp() {
        return this != UDP;
    }

    public boolean hasUdp() {
        return this != TCP;
    }
}
