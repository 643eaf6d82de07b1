package dev.lockstep.driver.check;

import dev.lockstep.driver.signal.Verdict;

/** The colours of a picture; those of the verdicts differ in lightness too. */
final class Palette {
    static final String INK = "#263238";
    static final String FAINT = "#78909c";
    static final String GRID = "#e3e8eb";
    static final String BAND = "#e6f4ef";
    static final String CURVE = "#b0bec5";

    private Palette() {}

    static String of(Verdict verdict) {
        return switch (verdict) {
            case SOUND -> "#1b9e77";
            case SATURATED -> "#e6a117";
            case VANISHING -> "#5e7fd0";
            case DEAD -> "#4a4a4a";
            case EXPLODING -> "#c62839";
        };
    }
}
