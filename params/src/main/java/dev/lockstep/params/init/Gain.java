package dev.lockstep.params.init;

/**
 * How much larger than 1/√fan the weights must be for the values to keep their size through a nonlinearity: {@code
 * torch.nn.init.calculate_gain}.
 *
 * <pre>
 *   linear, conv*, sigmoid   1
 *   tanh                     5/3
 *   relu                     √2
 *   leaky_relu               √(2 / (1 + slope²))
 *   selu                     3/4
 * </pre>
 */
public final class Gain {
    /** The negative slope of a leaky ReLU that names none. */
    public static final double DEFAULT_SLOPE = 0.01;

    private Gain() {}

    public static double of(Nonlinearity nonlinearity) {
        return of(nonlinearity, DEFAULT_SLOPE);
    }

    /**
     * @param slope of the negative side of {@code leaky_relu}; the others do not look at it
     */
    public static double of(Nonlinearity nonlinearity, double slope) {
        return switch (nonlinearity) {
            case LINEAR, CONV1D, CONV2D, CONV3D, CONV_TRANSPOSE1D, CONV_TRANSPOSE2D, CONV_TRANSPOSE3D, SIGMOID -> 1;
            case TANH -> 5.0 / 3;
            case RELU -> Math.sqrt(2);
            case LEAKY_RELU -> Math.sqrt(2 / (1 + slope * slope));
            case SELU -> 0.75;
        };
    }
}
