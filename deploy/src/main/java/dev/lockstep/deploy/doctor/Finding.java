package dev.lockstep.deploy.doctor;

import java.io.Serializable;
import java.util.Locale;

/**
 * What is known about one need: met or not, what was found and what to do. A task's result, so no record: Spark's Kryo
 * cannot write one.
 */
public final class Finding implements Serializable {
    private static final long serialVersionUID = 1;

    /** How much the finding matters: a warning costs speed or a feature, a failure stops a training. */
    public enum Verdict {
        OK,
        WARN,
        FAIL
    }

    private final Verdict verdict;
    private final String subject;
    private final String found;
    private final String fix;

    private Finding(Verdict verdict, String subject, String found, String fix) {
        this.verdict = verdict;
        this.subject = subject;
        this.found = found;
        this.fix = fix;
    }

    static Finding ok(String subject, String found) {
        return new Finding(Verdict.OK, subject, found, "");
    }

    static Finding warn(String subject, String found, String fix) {
        return new Finding(Verdict.WARN, subject, found, fix);
    }

    public static Finding fail(String subject, String found, String fix) {
        return new Finding(Verdict.FAIL, subject, found, fix);
    }

    public Verdict verdict() {
        return verdict;
    }

    /** What was looked at. */
    public String subject() {
        return subject;
    }

    public String found() {
        return found;
    }

    /** What mends it; empty where nothing has to be mended. */
    public String fix() {
        return fix;
    }

    /** One line: {@code fail  shared memory   64 MiB free. Start the container with --shm-size=1g}. */
    @Override
    public String toString() {
        String line = String.format(
                Locale.ROOT, "%-5s %-16s %s", verdict.name().toLowerCase(java.util.Locale.ROOT), subject, found);
        return fix.isEmpty() ? line : line + ". " + fix;
    }
}
