package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.Address;

/** What a stranger who knows the protocol says first, at a socket of its own. */
public final class StrangersHello {
    private StrangersHello() {}

    public static byte[] to(Address inbox, byte[] credential) {
        return new Hello(inbox.process(), inbox.stream(), credential).bytes().array();
    }
}
