package dev.lockstep.deploy.doctor;

/**
 * What a protocol did on the way to a station.
 *
 * @param trouble null if a MiB got there
 * @param ns how long that took
 * @param again datagrams that had to be sent more than once
 */
record PathResult(String protocol, String trouble, long ns, int again) {
    static PathResult of(String protocol, long ns, int again) {
        return new PathResult(protocol, null, ns, again);
    }

    static PathResult closed(String protocol, String trouble) {
        return new PathResult(protocol, trouble, 0, 0);
    }

    boolean isOpen() {
        return trouble == null;
    }

    long ms() {
        return Math.max(1, ns / 1_000_000);
    }

    @Override
    public String toString() {
        return protocol + " " + (isOpen() ? "1 MiB in " + ms() + " ms" : trouble)
                + (again > 0 ? ", " + again + " datagrams sent again" : "");
    }
}
