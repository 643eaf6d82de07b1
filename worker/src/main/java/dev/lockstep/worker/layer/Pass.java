package dev.lockstep.worker.layer;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What one forward pass computes with. Belongs to one replica and one thread; the tensors are live views on its flat
 * vectors.
 */
public final class Pass implements AutoCloseable {
    private final Tensor[] parameters;
    /** Made when first asked for: making one in every step costs as much as a small layer. */
    private final TensorOptional[] optionals;

    private final Tensor[] buffers;
    private final Generator random;
    private final boolean training;
    private BatchReducer reducer = BatchReducer.ALONE;
    private LayerObserver observer;
    private WeightedSum direct;
    private long seed;
    private boolean isUnseeded;

    public Pass(Tensor[] parameters, Tensor[] buffers, Generator random, boolean training) {
        this.parameters = parameters;
        this.optionals = new TensorOptional[parameters.length];
        this.buffers = buffers;
        this.random = random;
        this.training = training;
    }

    /** Adds up over these workers from now on. */
    public void join(BatchReducer with) {
        reducer = with;
    }

    BatchReducer reducer() {
        return reducer;
    }

    /** See {@link BatchReducer#isGhost}. */
    boolean isGhost() {
        return reducer.isGhost();
    }

    /** Shows every layer's results to somebody from now on; null for nobody. */
    public void observe(LayerObserver by) {
        observer = by;
    }

    /** Lets somebody compute the weighted sums from now on, where it can; null for autograd. */
    public void sumBy(WeightedSum with) {
        direct = with;
    }

    /** {@code x Wᵀ + b}, over the last dimension; a bias may be {@link Scope#NONE}. */
    Tensor weightedSum(Tensor x, int weight, int bias) {
        return direct != null && x.dim() == 2
                ? direct.of(x, weight, bias)
                : torch.linear(x, parameter(weight), optional(bias));
    }

    /** A layer's result, shown to the observer. */
    Tensor handOn(int layer, Tensor output) {
        if (observer != null) {
            observer.saw(layer, output);
        }
        return output;
    }

    /** What {@link Scope#parameter} gave this key for. */
    public Tensor parameter(int key) {
        return parameters[key];
    }

    /** As libtorch wants what may be missing; {@link Scope#NONE} gives nothing. */
    public TensorOptional optional(int key) {
        if (key == Scope.NONE) {
            return new TensorOptional();
        }
        if (optionals[key] == null) {
            // Outlives the step in which it is made.
            optionals[key] = new TensorOptional(parameters[key]).retainReference();
        }
        return optionals[key];
    }

    /** What {@link Scope#buffer} gave this key for. */
    public Tensor buffer(int key) {
        return buffers[key];
    }

    /** Whether dropout drops and batch statistics are those of the batch. */
    public boolean training() {
        return training;
    }

    /** What is drawn from now on follows from this number. */
    public void seed(long from) {
        seed = from;
        isUnseeded = true;
    }

    /**
     * The replica's own source of random numbers, seeded for this step; the process-wide one is shared by all threads.
     */
    public Generator random() {
        if (isUnseeded) {
            // Only now: most networks draw nothing, and seeding fills 624 words.
            random.set_current_seed(seed);
            isUnseeded = false;
        }
        return random;
    }

    /** Values with some of them dropped in training. */
    Tensor dropped(Tensor input, double p) {
        return training && p > 0 ? input.mul(mask(input, p, input.sizes().vec().get())) : input;
    }

    /** Values with some of their channels dropped in training. */
    Tensor droppedChannels(Tensor input, double p) {
        return training && p > 0 ? input.mul(mask(input, p, input.size(0), input.size(1), 1, 1)) : input;
    }

    /**
     * Zeros with probability p, else 1 / (1 − p). Drawn on the CPU whatever the device, so that all devices draw alike.
     */
    private Tensor mask(Tensor like, double p, long... shape) {
        Tensor mask = torch.empty(shape, new TensorOptions(like.scalar_type()), new MemoryFormatOptional());
        mask.bernoulli_(1 - p, new GeneratorOptional(random()));
        return (p < 1 ? mask.div_(new Scalar(1 - p)) : mask).to(like.device(), like.scalar_type());
    }

    @Override
    public void close() {
        for (TensorOptional optional : optionals) {
            if (optional != null) {
                optional.close();
            }
        }
    }
}
