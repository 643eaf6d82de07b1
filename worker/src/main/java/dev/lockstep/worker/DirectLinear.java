package dev.lockstep.worker;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.mm_outf;
import static org.bytedeco.pytorch.global.torch.sum_out;

import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.WeightedSum;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Weighted sums whose parameters' gradients libtorch writes where they are wanted. Autograd would compute each into
 * memory of its own, and a hook copy it from there; here it knows nothing of the parameters, and its gradient by the
 * sum is where these calls, the same as its own, come in.
 *
 * <pre>
 *   y = x Wᵀ + b        ∂W = ∂yᵀ x        ∂b = Σ ∂y over the examples
 * </pre>
 */
final class DirectLinear implements WeightedSum, AutoCloseable {
    private final GradientHooks hooks;
    private final Tensor[] parameters;
    private final Map<Integer, Layer> layers = new HashMap<>();

    /** @param parameters views on their values, which autograd must not know; closed with this */
    DirectLinear(GradientHooks hooks, Tensor[] parameters) {
        this.hooks = hooks;
        this.parameters = parameters;
    }

    @Override
    public Tensor of(Tensor x, int weight, int bias) {
        // Outlives the step in which it is made.
        return layers.computeIfAbsent(weight, key -> new Layer(weight, bias).retainReference())
                .of(x);
    }

    @Override
    public void close() {
        layers.values().forEach(Layer::end);
        for (Tensor parameter : parameters) {
            parameter.close();
        }
    }

    /** Native code calls it; it lives as long as this. */
    private final class Layer extends VoidTensorHook {
        private final int weight;
        private final int bias;
        private final TensorOptional b;
        private Tensor x;

        Layer(int weight, int bias) {
            this.weight = weight;
            this.bias = bias;
            TensorOptional made = bias == Scope.NONE ? new TensorOptional() : new TensorOptional(parameters[bias]);
            this.b = made.retainReference();
        }

        Tensor of(Tensor input) {
            this.x = input;
            Tensor y = linear(input, parameters[weight], b);
            // Of a first layer's sum autograd would want no gradient.
            y.set_requires_grad(true);
            y.register_hook(this);
            return y;
        }

        @Override
        public void call(TensorBase gradient) {
            // This layer's parameters are still to be read, for the gradient by x: theirs wait for the next call.
            hooks.handOnWritten();
            // The preset hands over a reference that would keep the gradient's memory until the step is over.
            try (gradient;
                    Tensor dy = new Tensor(gradient);
                    Tensor dyT = dy.t()) {
                hooks.write(weight, place -> mm_outf(dyT, x, place));
                if (bias != Scope.NONE) {
                    hooks.write(bias, place -> sum_out(place, dy, 0));
                }
            }
        }

        void end() {
            b.close();
            close();
        }
    }
}
