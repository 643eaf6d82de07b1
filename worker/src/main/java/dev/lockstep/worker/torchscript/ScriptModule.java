package dev.lockstep.worker.torchscript;

import dev.lockstep.worker.Placement;
import dev.lockstep.worker.TorchModule;
import dev.lockstep.worker.layer.BatchReducer;
import dev.lockstep.worker.layer.LayerObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A TorchScript as a module: its own tensors are given the flat vectors' memory. */
final class ScriptModule implements TorchModule {
    /** A program draws from libtorch's default generator, which the whole process shares. */
    private static final Object DEFAULT_GENERATOR = new Object();

    private final Script script;
    private final Feed feed;
    private final List<Mirror> mirrors = new ArrayList<>();
    private LayerObserver observer;

    /** A tensor that is not float32 and therefore cannot lie in the flat vector. */
    private record Mirror(Tensor own, Tensor flat) {}

    ScriptModule(Script script, Feed feed, Placement place) {
        this.script = script;
        this.feed = feed;
        if (!place.isOnHost()) {
            script.module().to(place.torch());
        }
    }

    @Override
    public Tensor[] attach(Tensor[] parameters, Tensor[] buffers) {
        Tensor[] leaves = script.trainedTensors();
        for (int i = 0; i < leaves.length; i++) {
            leaves[i].set_data(parameters[i]);
        }

        Tensor[] kept = script.keptTensors();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i].scalar_type().intern() == ScalarType.Float) {
                kept[i].set_data(buffers[i]);
            } else {
                mirrors.add(new Mirror(kept[i], buffers[i]));
            }
        }
        return leaves;
    }

    @Override
    public <T> T seeded(long seed, Supplier<T> passes) {
        if (!script.random()) {
            return passes.get();
        }

        synchronized (DEFAULT_GENERATOR) {
            torch.manual_seed(seed);
            return passes.get();
        }
    }

    @Override
    public boolean isReducing() {
        return false;
    }

    @Override
    public void join(BatchReducer reducer) {}

    @Override
    public Tensor forward(Tensor input, boolean training) {
        mirrors.forEach(mirror -> mirror.own().copy_(mirror.flat()));
        Tensor output = script.forward(feed.of(input), training);
        if (training) {
            mirrors.forEach(mirror -> mirror.flat().copy_(mirror.own()));
            if (observer != null) {
                observer.saw(/* layer */ 0, output);
            }
        }
        return output;
    }

    /** Its inner layers cannot be seen: the whole program counts as one. */
    @Override
    public void observe(LayerObserver by) {
        observer = by;
    }

    @Override
    public void close() {
        script.close();
    }
}
