package dev.lockstep.losses;

/**
 * What losses with a sigmoid need of many scores, with one exponential each.
 *
 * <pre>
 *   σ(z) = exp z / (1 + exp z),  σ(−z) = 1 / (1 + exp z)
 *   softplus(z) = log(1 + exp z) = max(z, 0) + log(1 + exp(−|z|))
 * </pre>
 *
 * Nothing overflows, and small results keep their digits.
 */
final class Logistic {
    /** Beyond this σ is 1; its exponential is still finite. */
    private static final double MOST = 700;

    private final Exponentials exponential;

    /** σ(z). */
    final double[] sigmoid;

    /** σ(−z). */
    final double[] opposite;

    /** log(1 + exp(−|z|)). */
    final double[] log;

    Logistic(int size) {
        this.exponential = new Exponentials(size);
        this.sigmoid = new double[size];
        this.opposite = new double[size];
        this.log = new double[size];
    }

    /** In several loops, because the compiler makes vector instructions of small ones only. */
    void compute(double[] z, int count) {
        for (int i = 0; i < count; i++) {
            sigmoid[i] = Math.min(z[i], MOST);
        }
        exponential.compute(sigmoid, count);
        double[] exps = exponential.exps;
        for (int i = 0; i < count; i++) {
            double share = 1 / (1 + exps[i]);
            sigmoid[i] = exps[i] * share;
            opposite[i] = share;
        }
        for (int i = 0; i < count; i++) {
            log[i] = Math.min(exps[i], 1 / exps[i]);
        }
        for (int i = 0; i < count; i++) {
            log[i] = Logarithms.ofOnePlus(log[i]);
        }
    }
}
