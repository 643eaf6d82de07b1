package dev.lockstep.driver.history;

import java.util.Locale;

/** How it stands with a run. */
public enum RunState {
    /** Nothing has been written yet. */
    WAITING,
    RUNNING,
    DONE,
    STOPPED_EARLY,
    INTERRUPTED,
    FAILED,
    /** It has written no end, and no run holds its folder: its process was killed. */
    LOST;

    /**
     * @param held whether a run holds the folder
     */
    static RunState of(Facts facts, boolean held) {
        if (!facts.end().isMissingNode()) {
            return ended(facts.end().path("status").asText());
        }
        if (held) {
            return RUNNING;
        }
        return facts.hasBegun() ? LOST : WAITING;
    }

    private static RunState ended(String status) {
        return switch (status) {
            case "done" -> DONE;
            case "stopped_early" -> STOPPED_EARLY;
            case "interrupted" -> INTERRUPTED;
            default -> FAILED;
        };
    }

    /** Whether more may come without anybody starting it again. */
    public boolean isOpen() {
        return this == WAITING || this == RUNNING;
    }

    /** As it is written for people and programs. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
