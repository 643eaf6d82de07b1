package dev.lockstep.driver.signal;

/** Between which standard deviations a signal is of use: 10⁻⁶ to 10³. */
public final class Band {
    public static final double LOW = 1e-6;
    public static final double HIGH = 1e3;

    private Band() {}

    static Verdict verdict(double deviation) {
        if (deviation == 0) {
            return Verdict.DEAD;
        }
        if (deviation < LOW) {
            return Verdict.VANISHING;
        }
        return deviation <= HIGH ? Verdict.SOUND : Verdict.EXPLODING;
    }
}
