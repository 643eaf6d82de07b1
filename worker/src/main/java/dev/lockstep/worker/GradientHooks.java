package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;
import dev.lockstep.params.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Takes each parameter's gradient during the backward pass, the moment it is finished: copies it to the flat vector and
 * says so. A small network's are taken after the pass, because a call out of libtorch costs more than it could hide.
 *
 * <p>libtorch calls in the thread that runs the backward pass. An exception must not pass through its frames, so the
 * first one is kept and thrown when the pass is over.
 */
final class GradientHooks {
    private static final int NONE = -1;
    /** Values of a network whose gradient goes out in one piece, at the end of the pass. */
    private static final long SMALL = 1 << 16;

    private final Tensor[] leaves;
    private final Tensor[] gradients;
    /** Null where a gradient has all its values. */
    private final RowGradient[] rows;

    private final boolean[] reported;
    private final boolean isSmall;
    /** Native code calls these; they live as long as this. */
    private final List<VoidTensorHook> hooks = new ArrayList<>();

    private GradientSink sink;
    private int last = NONE;
    private RuntimeException failure;
    private float factor = 1;

    /**
     * @param leaves the parameters that autograd knows
     * @param gradients where the gradient of each is wanted
     * @param parameters what they are
     */
    GradientHooks(Tensor[] leaves, Tensor[] gradients, List<Parameter> parameters) {
        this.leaves = leaves;
        this.gradients = gradients;
        this.rows = new RowGradient[leaves.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = parameters.get(i).sparse() ? new RowGradient(gradients[i]) : null;
        }
        this.reported = new boolean[leaves.length];
        this.isSmall = parameters.stream().mapToLong(Parameter::size).sum() <= SMALL;
    }

    void register() {
        if (isSmall) {
            return;
        }

        for (int i = 0; i < leaves.length; i++) {
            Hook hook = new Hook(i);
            leaves[i].register_hook(hook);
            hooks.add(hook);
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
        requireSound();
        if (isSmall) {
            takeAll();
            requireSound();
        }

        for (int i = leaves.length - 1; i >= 0; i--) {
            if (!reported[i]) {
                reportNothing(i);
            }
        }
    }

    private void takeAll() {
        for (int i = leaves.length - 1; i >= 0; i--) {
            try (Tensor kept = leaves[i].mutable_grad()) {
                if (kept.defined()) {
                    hand(i, kept);
                    // Libtorch would add the next step's to it.
                    kept.reset();
                }
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
        last = parameter;
        try (Tensor finished = new Tensor(gradient)) {
            hand(parameter, finished);
        }
    }

    private void hand(int parameter, Tensor finished) {
        if (failure != null) {
            return;
        }

        try {
            reported[parameter] = true;
            report(parameter, finished);
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

        unscale(gradients[parameter]);
        sink.ready(parameter);
    }

    private void unscale(Tensor gradient) {
        if (factor != 1) {
            try (Scalar by = new Scalar(factor)) {
                gradient.mul_(by);
            }
        }
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
