package dev.lockstep.worker;

import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.LayerObserver;
import dev.lockstep.worker.layerstats.LayerFigures;
import dev.lockstep.worker.layerstats.LayerTally;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Looks into one training step: takes the figures of what every layer hands on and of the gradient by it. One thread.
 *
 * <p>libtorch calls during the backward pass, and an exception must not pass through its frames.
 */
final class LayerWatch implements LayerObserver {
    private final List<LayerTally> tallies = new ArrayList<>();
    /** Native code calls these; they live as long as this. */
    private final List<VoidTensorHook> hooks = new ArrayList<>();

    private RuntimeException failure;

    LayerWatch(List<LayerInfo> layers) {
        for (LayerInfo layer : layers) {
            tallies.add(new LayerTally(layer.bounds() == null ? null : layer.bounds()::isEnd));
        }
    }

    @Override
    public void saw(int layer, Tensor output) {
        LayerTally tally = tallies.get(layer);
        dev.lockstep.losses.Tensor values = Tensors.doubles(output);
        tally.handedOn(values.data(), values.shape(), output.requires_grad());
        if (output.requires_grad()) {
            Hook hook = new Hook(tally);
            hooks.add(hook);
            output.register_hook(hook);
        }
    }

    /** One entry per layer, when the step is over. */
    List<LayerFigures> figures() {
        if (failure != null) {
            throw failure;
        }
        return tallies.stream().map(LayerTally::figures).toList();
    }

    private final class Hook extends VoidTensorHook {
        private final LayerTally tally;

        Hook(LayerTally tally) {
            this.tally = tally;
        }

        @Override
        public void call(TensorBase gradient) {
            try (Tensor whole = new Tensor(gradient)) {
                tally.gotBack(Tensors.doubles(whole).data());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }
}
