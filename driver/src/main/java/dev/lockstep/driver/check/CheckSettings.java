package dev.lockstep.driver.check;

/**
 * How thoroughly gradients are checked. Each value that is tried takes two or more forward passes of these examples.
 *
 * @param examples of the first batch, at most
 * @param values of each parameter tensor, at most
 * @param tolerance for the relative error
 */
public record CheckSettings(int examples, int values, double tolerance) {
    public static final CheckSettings DEFAULTS = new CheckSettings(16, 10, 1e-5);

    public CheckSettings {
        if (examples < 1) {
            throw new IllegalArgumentException("examples must be at least 1: examples=" + examples);
        }
        if (values < 1) {
            throw new IllegalArgumentException("values must be at least 1: values=" + values);
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be between 0 and 1: tolerance=" + tolerance);
        }
    }
}
