package dev.lockstep.deploy.doctor;

import java.util.List;

/** How far clocks of other machines are from this one's. */
final class ClockProbe {
    /** Runs on other hosts take an output's lease for given up after a minute without a sign of life. */
    private static final long MOST_MS = 5_000;

    private ClockProbe() {}

    /** @param answered ways on which the other end has told its time */
    static Finding examine(List<Way> answered) {
        List<String> off = answered.stream()
                .filter(way -> Math.abs(way.tcp().aheadMs()) > MOST_MS)
                .map(way -> way.to() + ": " + way.tcp().aheadMs() / 1000 + " s")
                .toList();
        if (!off.isEmpty()) {
            return Finding.warn(
                    "clock",
                    "ahead of this machine's: " + String.join(", ", off),
                    "Let NTP set the clocks (chronyc makestep): leases of outputs, logs and metrics compare times");
        }
        long most = answered.stream()
                .mapToLong(way -> Math.abs(way.tcp().aheadMs()))
                .max()
                .orElse(0);
        return Finding.ok(
                "clock",
                answered.isEmpty() ? "nobody at another address has told its time" : "at most " + most + " ms apart");
    }
}
