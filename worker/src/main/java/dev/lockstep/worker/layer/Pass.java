package dev.lockstep.worker.layer;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** What one forward pass computes with. Belongs to one replica and one thread; the tensors are live views on its flat vectors. */
public final class Pass {
    private final Tensor[] parameters;
    private final Tensor[] buffers;
    private final Generator random;
    private final boolean training;

    public Pass(Tensor[] parameters, Tensor[] buffers, Generator random, boolean training) {
        this.parameters = parameters;
        this.buffers = buffers;
        this.random = random;
        this.training = training;
    }

    /** What {@link Scope#parameter} gave this key for. */
    public Tensor parameter(int key) {
        return parameters[key];
    }

    /** As libtorch wants what may be missing; {@link Scope#NONE} gives nothing. */
    public TensorOptional optional(int key) {
        return key == Scope.NONE ? new TensorOptional() : new TensorOptional(parameters[key]);
    }

    /** What {@link Scope#buffer} gave this key for. */
    public Tensor buffer(int key) {
        return buffers[key];
    }

    /** Whether dropout drops and batch statistics are those of the batch. */
    public boolean training() {
        return training;
    }

    /** The replica's own source of random numbers, seeded for this step; the process-wide one is shared by all threads. */
    public Generator random() {
        return random;
    }
}
