package dev.lockstep.params.member;

import java.io.Serializable;
import java.time.Duration;

/**
 * Who belongs to a job, and how long anybody waits for anybody.
 *
 * @param job a random number that keeps the frames of two jobs apart
 * @param workers how many take part in every step
 * @param gang how long the coordinator waits until all workers have joined
 * @param silence after how long without a sign of life a member is lost
 * @param patience how long a worker waits for the end of a step; other workers compute in that time
 * @param resend after how long without an answer a request is repeated
 */
public record ClusterSettings(int job, int workers, Duration gang, Duration silence, Duration patience, Duration resend)
        implements Serializable {
    public ClusterSettings {
        if (workers < 1 || workers > 0xFFFF) {
            throw new IllegalArgumentException("workers must be in 1..65535: workers=" + workers);
        }
    }

    /** How often a member says that it lives: ten times within the silence that makes it lost. */
    public Duration heartbeat() {
        return silence.dividedBy(10);
    }

    /** How long a new link may take to connect. */
    Duration connect() {
        return silence.dividedBy(3);
    }

    /** How long a member may be silent before somebody else is believed in its place: three signs of life. */
    Duration doubt() {
        return heartbeat().multipliedBy(3);
    }

    /** With the deadlines that suit a cluster: 120 s to join, 30 s of silence, 10 minutes for a step, 1 s to repeat. */
    public static ClusterSettings of(int job, int workers) {
        return new ClusterSettings(
                job,
                workers,
                Duration.ofSeconds(120),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1));
    }
}
