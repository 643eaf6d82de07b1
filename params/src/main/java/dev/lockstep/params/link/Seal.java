package dev.lockstep.params.link;

/** What a sender adds to the frames of one link. One thread at a time. */
public interface Seal {
    /** Bytes of a {@link #credential}. */
    int CREDENTIAL = 48;

    /** Adds nothing. */
    Seal NONE = new Seal() {
        @Override
        public byte[] credential() {
            return new byte[CREDENTIAL];
        }

        @Override
        public Link over(Link link) {
            return link;
        }
    };

    /** Proves to the inbox that a connection is of its job; good for one connection. */
    byte[] credential();

    /** The same link for whoever sends plain frames. */
    Link over(Link link);
}
