package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;
import dev.lockstep.params.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Takes each parameter's gradient during the backward pass, the moment it is finished: copies it to the flat vector and
 * says so. Those of a small network libtorch adds up in their places, and they are handed on after the pass, because a
 * call out of libtorch costs more than it could hide.
 *
 * <p>libtorch calls in the thread that runs the backward pass. An exception must not pass through its frames, so the
 * first one is kept and thrown when the pass is over.
 */
final class GradientHooks {
    private static final int NONE = -1;
    /** Values of a network whose gradient is handed on at the end of the pass. */
    private static final long SMALL = 1 << 16;

    private final Tensor[] leaves;
    private final FlatVector whole;
    private final Tensor[] gradients;
    /** Null where a gradient has all its values. */
    private final RowGradient[] rows;

    private final boolean[] reported;
    private final boolean inPlace;
    /** Native code calls these; they live as long as this. */
    private final List<VoidTensorHook> hooks = new ArrayList<>();

    /** Whose gradients are in their places, and not handed on yet. */
    private final List<Integer> written = new ArrayList<>();

    private GradientSink sink;
    private int last = NONE;
    private RuntimeException failure;
    private float factor = 1;

    /**
     * @param leaves the parameters that autograd knows
     * @param whole where the gradients of all are wanted, on the host
     * @param parameters what they are
     * @param place of the leaves
     */
    GradientHooks(Tensor[] leaves, FlatVector whole, List<Parameter> parameters, Placement place) {
        this.leaves = leaves;
        this.whole = whole;
        this.gradients = whole.views();
        this.rows = new RowGradient[leaves.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = parameters.get(i).sparse() ? new RowGradient(gradients[i]) : null;
        }
        this.reported = new boolean[leaves.length];
        boolean isSmall = parameters.stream().mapToLong(Parameter::size).sum() <= SMALL;
        this.inPlace = isSmall && place.isOnHost() && parameters.stream().noneMatch(Parameter::sparse);
    }

    /** Whether each gradient is taken when it is finished. */
    boolean takesEach() {
        return !inPlace;
    }

    void register() {
        for (int i = 0; i < leaves.length; i++) {
            if (inPlace) {
                leaves[i].mutable_grad().put(gradients[i]);
            } else {
                Hook hook = new Hook(i);
                leaves[i].register_hook(hook);
                hooks.add(hook);
            }
        }
    }

    /** Multiplies every gradient from now on. */
    void unscale(double by) {
        factor = (float) by;
    }

    /** A backward pass follows. */
    void start(GradientSink to, LossSum loss) {
        sink = to;
        failure = null;
        Arrays.fill(reported, false);
        written.clear();
        if (inPlace) {
            whole.clear();
        }
        to.started(loss);
    }

    /** Nothing more is handed on; {@link #finish} throws it. */
    void failed(RuntimeException cause) {
        failure = failure == null ? cause : failure;
    }

    void requireSound() {
        if (failure != null) {
            throw failure;
        }
    }

    /** The backward pass is over: what it did not reach has a gradient of 0. */
    void finish() {
        forgetLast();
        handOnWritten();
        requireSound();
        for (int i = leaves.length - 1; i >= 0; i--) {
            if (inPlace) {
                handOn(i);
            } else if (!reported[i]) {
                reportNothing(i);
            }
        }
    }

    private void reportNothing(int parameter) {
        if (rows[parameter] == null) {
            gradients[parameter].zero_();
            sink.ready(parameter);
        } else {
            rows[parameter].clear();
            sink.ready(parameter, new int[0]);
        }
    }

    private void take(int parameter, TensorBase gradient) {
        forgetLast();
        handOnWritten();
        last = parameter;
        try (Tensor finished = new Tensor(gradient)) {
            during(parameter, () -> report(parameter, finished));
        }
    }

    /** A parameter's gradient is finished, and its place is all that it needs. {@link #handOnWritten} hands it on. */
    void write(int parameter, Consumer<Tensor> toPlace) {
        during(parameter, () -> {
            toPlace.accept(gradients[parameter]);
            written.add(parameter);
        });
    }

    /**
     * Nothing reads those parameters any more in this pass. Whoever has all gradients of a parameter may replace it at
     * once.
     */
    void handOnWritten() {
        for (int parameter : written) {
            during(parameter, () -> handOn(parameter));
        }
        written.clear();
    }

    private void during(int parameter, Runnable report) {
        if (failure != null) {
            return;
        }

        try {
            reported[parameter] = true;
            report.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void report(int parameter, Tensor finished) {
        if (rows[parameter] != null) {
            sink.ready(parameter, rows[parameter].put(finished, factor));
            return;
        }
        if (finished.is_sparse()) {
            // A TorchScript's embedding: its program alone knows that it is sparse.
            Natives.freeing(() -> gradients[parameter].copy_(finished.to_dense()));
        } else {
            gradients[parameter].copy_(finished);
        }

        handOn(parameter);
    }

    private void handOn(int parameter) {
        if (factor != 1) {
            try (Scalar by = new Scalar(factor)) {
                gradients[parameter].mul_(by);
            }
        }
        sink.ready(parameter);
    }

    /**
     * After a hook libtorch keeps the gradient with the leaf. The next hook is the first chance to free that memory.
     */
    private void forgetLast() {
        if (last != NONE) {
            try (Tensor kept = leaves[last].mutable_grad()) {
                kept.reset();
            }
            last = NONE;
        }
    }

    private final class Hook extends VoidTensorHook {
        private final int parameter;

        Hook(int parameter) {
            this.parameter = parameter;
        }

        @Override
        public void call(TensorBase gradient) {
            // The preset hands over a reference that would keep the gradient's memory until the step is over.
            try (gradient) {
                take(parameter, gradient);
            }
        }
    }
}
