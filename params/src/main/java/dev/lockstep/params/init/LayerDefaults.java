package dev.lockstep.params.init;

/** What {@code torch.nn}'s layers hold when they are made: the initialisers that a job file need not name. */
public final class LayerDefaults {
    private LayerDefaults() {}

    /** Weight of linear and convolution: kaiming_uniform with a = √5, which is U(±1/√fan_in). */
    public static Initializer weight() {
        return new KaimingUniform(Math.sqrt(5), FanMode.FAN_IN, Nonlinearity.LEAKY_RELU);
    }

    /**
     * Bias of linear and convolution: U(±1/√fan_in).
     *
     * @param fanIn of the weight beside it, see {@link Fans}
     */
    public static Initializer bias(long fanIn) {
        return Uniform.within(1 / Math.sqrt(fanIn));
    }

    /** Every tensor of a recurrent layer: U(±1/√hidden). */
    public static Initializer recurrent(int hidden) {
        return Uniform.within(1 / Math.sqrt(hidden));
    }

    /** Embedding: N(0, 1). */
    public static Initializer embedding() {
        return new Normal();
    }

    /** Scale of a normalisation. */
    public static Initializer scale() {
        return new Ones();
    }

    /** Shift of a normalisation. */
    public static Initializer shift() {
        return new Zeros();
    }
}
