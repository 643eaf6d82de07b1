package dev.lockstep.params.sim;

import java.nio.FloatBuffer;

/**
 * A loss that is steeper in some directions than in others: for each example Σ c(w − p)²/2 + (w − p)⁴/4. Slopes are
 * multiples of 2⁻⁸ and losses of 2⁻²⁰, so that their sums are exact, whoever adds them.
 */
final class Bowl {
    private Bowl() {}

    /** Overwrites the gradient of the sum over one worker's examples with that at these values; returns the sum. */
    static double evaluate(int worker, int workers, int batch, FloatBuffer values, FloatBuffer gradient) {
        double loss = 0;
        for (int i = 0; i < gradient.capacity(); i++) {
            float slope = 0;
            for (int position = worker; position < batch; position += workers) {
                double d = values.get(i) - Math.sin(position * 7 + i);
                double c = 1 + i % 7;
                slope += (float) (Math.rint((c * d + d * d * d) * 256) / 256);
                loss += Math.rint((c * d * d / 2 + d * d * d * d / 4) * (1 << 20)) / (1 << 20);
            }

            gradient.put(i, slope);
        }

        return loss;
    }

    static int examples(int worker, int workers, int batch) {
        return (batch - worker + workers - 1) / workers;
    }
}
