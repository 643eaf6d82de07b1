package dev.lockstep.worker.layer;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.init.Constant;
import dev.lockstep.params.init.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the layers of a network write down what they keep, each under its own prefix, in the order of
 * {@code state_dict}. Not thread-safe.
 */
public final class Scope {
    /** The key of a parameter that the settings leave out. */
    public static final int NONE = -1;

    /** What the scopes of one network write into together. */
    private static final class Notes {
        private final List<ParameterInit> parameters = new ArrayList<>();
        private final List<BufferInit> buffers = new ArrayList<>();
        private final List<LayerInfo> layers = new ArrayList<>();
        private boolean reducing;
        private long values;
        private String severalOfShare;
        private String severalOfBatch;
    }

    private final String path;
    private final String layer;
    private final Notes notes;

    private Scope(String path, String layer, Notes notes) {
        this.path = path;
        this.layer = layer;
        this.notes = notes;
    }

    /** The scope of a whole network, with nothing in it. */
    public static Scope root() {
        return new Scope("", "network", new Notes());
    }

    /**
     * The scope of a layer within this one.
     *
     * @param name one step of the path in {@code state_dict}: a position or a word
     */
    public Scope within(String name, Layer nested) {
        return new Scope(path + name + ".", Layers.nameOf(nested), notes);
    }

    /** A step of the path that is no layer itself. */
    public Scope within(String name) {
        return new Scope(path + name + ".", layer, notes);
    }

    /** Declares something trained and returns its key in a {@link Pass}. */
    public int parameter(String name, List<Integer> shape, Initializer byDefault) {
        return parameter(new Parameter(path + name, shape), byDefault);
    }

    /** As {@link #parameter(String, List, Initializer)}, for one whose gradient is a list of rows. */
    public int sparseParameter(String name, List<Integer> shape, Initializer byDefault) {
        return parameter(new Parameter(path + name, shape, /* sparse */ true), byDefault);
    }

    private int parameter(Parameter declared, Initializer byDefault) {
        notes.values += declared.size();
        if (notes.values > Layout.MOST_VALUES) {
            throw new IllegalArgumentException("Network has too many parameters: layer=" + this + ", parameters="
                    + notes.values + ", limit=" + Layout.MOST_VALUES);
        }
        notes.parameters.add(new ParameterInit(declared, byDefault));
        return notes.parameters.size() - 1;
    }

    /** Declares something kept but not trained and returns its key in a {@link Pass}. */
    public int buffer(String name, List<Integer> shape, double first) {
        notes.buffers.add(new BufferInit(new Parameter(path + name, shape), new Constant(first)));
        return notes.buffers.size() - 1;
    }

    /** Writes down that this scope's layer is fitted, and returns its key for {@link Pass#handOn}. */
    int fitted(Layer fitted, Unit unit) {
        boolean weighted =
                notes.parameters.stream().map(ParameterInit::parameter).anyMatch(this::isOwnWeight);
        notes.layers.add(new LayerInfo(toString(), unit.output(), weighted, fitted.bounds()));
        return notes.layers.size() - 1;
    }

    /** Those of nested layers have one more step in their path. */
    private boolean isOwnWeight(Parameter parameter) {
        String name = parameter.name();
        return name.startsWith(path)
                && name.indexOf('.', path.length()) < 0
                && parameter.shape().size() > 1;
    }

    /** Says that the layer adds up over the workers in training. */
    public void reduces() {
        notes.reducing = true;
    }

    /** Whether a layer of the network does. */
    public boolean isReducing() {
        return notes.reducing;
    }

    /** Says that training needs more than one example in each worker's share of a batch. */
    void needsSeveralInShare() {
        notes.severalOfShare = notes.severalOfShare == null ? toString() : notes.severalOfShare;
    }

    /** Says that training needs more than one example in each batch. */
    void needsSeveralInBatch() {
        notes.severalOfBatch = notes.severalOfBatch == null ? toString() : notes.severalOfBatch;
    }

    /** The first layer that needs more than one example in a share; null if none does. */
    public String severalOfShare() {
        return notes.severalOfShare;
    }

    /** The first layer that needs more than one example in a batch over all workers; null if none does. */
    public String severalOfBatch() {
        return notes.severalOfBatch;
    }

    /** The error for an input that the layer cannot take; it names the layer and both shapes. */
    public IllegalArgumentException refuse(List<Integer> input, String wanted) {
        return new IllegalArgumentException(
                "Layer does not fit its input: layer=" + this + ", input=" + input + ", wanted=" + wanted);
    }

    public List<ParameterInit> parameters() {
        return List.copyOf(notes.parameters);
    }

    public List<BufferInit> buffers() {
        return List.copyOf(notes.buffers);
    }

    /** In the order in which they hand on what they computed. */
    public List<LayerInfo> layers() {
        return List.copyOf(notes.layers);
    }

    /** The layer's position and name, as in {@code 3.0 (conv2d)}. */
    @Override
    public String toString() {
        return path.isEmpty() ? layer : path.substring(0, path.length() - 1) + " (" + layer + ")";
    }
}
