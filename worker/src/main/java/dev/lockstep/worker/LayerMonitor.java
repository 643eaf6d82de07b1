package dev.lockstep.worker;

import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.LayerObserver;
import dev.lockstep.worker.layerstats.LayerAccumulator;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Monitors one training step: takes the figures of what every layer hands on and of the gradient by it. One thread.
 *
 * <p>libtorch calls during the backward pass, and an exception must not pass through its frames.
 */
final class LayerMonitor implements LayerObserver {
    private final List<LayerAccumulator> accumulators = new ArrayList<>();
    /** Native code calls these; they live as long as this. */
    private final List<VoidTensorHook> hooks = new ArrayList<>();

    private final double lossScale;
    private RuntimeException failure;

    /** @param lossScale by which the loss is multiplied, and so every gradient that comes */
    LayerMonitor(List<LayerInfo> layers, double lossScale) {
        this.lossScale = lossScale;
        for (LayerInfo layer : layers) {
            accumulators.add(new LayerAccumulator(layer.bounds() == null ? null : layer.bounds()::isEnd));
        }
    }

    @Override
    public void saw(int layer, Tensor output) {
        LayerAccumulator accumulator = accumulators.get(layer);
        dev.lockstep.losses.Tensor values = Tensors.doubles(output);
        accumulator.handedOn(values.data(), values.shape(), output.requires_grad());
        if (output.requires_grad()) {
            Hook hook = new Hook(accumulator);
            hooks.add(hook);
            output.register_hook(hook);
        }
    }

    /** One entry per layer, when the step is over. */
    List<LayerFigures> figures() {
        if (failure != null) {
            throw failure;
        }
        return accumulators.stream().map(LayerAccumulator::figures).toList();
    }

    private final class Hook extends VoidTensorHook {
        private final LayerAccumulator accumulator;

        Hook(LayerAccumulator accumulator) {
            this.accumulator = accumulator;
        }

        @Override
        public void call(TensorBase gradient) {
            try (Tensor whole = new Tensor(gradient)) {
                accumulator.gotBack(Tensors.doubles(whole).data(), lossScale);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }
}
