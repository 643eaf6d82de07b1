package dev.lockstep.driver.train.progress;

/** The time that an epoch takes: that of its segments, and not what the driver does between them. One thread. */
final class EpochClock {
    private long beforeNs;
    private long sinceNs;
    private boolean goes;

    /** A segment begins; if the one before has not ended, it failed, and nothing before counts. */
    void go() {
        this.beforeNs = goes ? 0 : beforeNs;
        this.sinceNs = System.nanoTime();
        this.goes = true;
    }

    /** It is over. */
    void stop() {
        this.beforeNs = elapsedNs();
        this.goes = false;
    }

    /** What the epoch took that is over now; the next one begins. */
    double lapSeconds() {
        double seconds = elapsedNs() / 1e9;
        this.beforeNs = 0;
        this.sinceNs = System.nanoTime();
        return seconds;
    }

    private long elapsedNs() {
        return beforeNs + (goes ? System.nanoTime() - sinceNs : 0);
    }
}
