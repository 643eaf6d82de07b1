package dev.lockstep.deploy.doctor;

import java.util.Locale;

/**
 * What a protocol did on the way to a station.
 *
 * @param trouble null if all bytes got there
 * @param bytes that were sent
 * @param ns how long that took
 * @param roundTripNs of a few bytes, the shortest seen
 * @param lost share of packets that were not answered
 * @param aheadMs how far the other end's clock is ahead of this one's; 0 where it was not asked
 */
record PathResult(String protocol, String trouble, long bytes, long ns, long roundTripNs, double lost, long aheadMs) {
    static PathResult closed(String protocol, String trouble) {
        return new PathResult(protocol, trouble, 0, 0, 0, 0, 0);
    }

    boolean isOpen() {
        return trouble == null;
    }

    double mebibytesPerSecond() {
        return bytes * 1e9 / Math.max(1, ns) / (1 << 20);
    }

    double roundTripMs() {
        return roundTripNs / 1e6;
    }

    @Override
    public String toString() {
        if (!isOpen()) {
            return protocol + " " + trouble;
        }
        String rate = String.format(
                Locale.ROOT, "%s %.0f MiB/s, round trip %.2f ms", protocol, mebibytesPerSecond(), roundTripMs());
        return lost > 0 ? rate + String.format(Locale.ROOT, ", %.1f %% lost", 100 * lost) : rate;
    }
}
