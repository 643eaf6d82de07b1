package dev.lockstep.worker;

import dev.lockstep.worker.layer.BatchReducer;
import dev.lockstep.worker.layer.Forward;
import dev.lockstep.worker.layer.LayerObserver;
import dev.lockstep.worker.layer.Pass;
import dev.lockstep.worker.layer.WeightedSum;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Layers of a job file as a module: functions over the flat vectors' own views. */
final class LayeredModule implements TorchModule {
    private final Forward forward;
    private final boolean reducing;
    /** Of this replica alone: libtorch's default one is shared by all threads of the process. */
    private final Generator random = torch.make_generator_cpu();

    private Pass training;
    private Pass evaluation;

    LayeredModule(Forward forward, boolean reducing) {
        this.forward = forward;
        this.reducing = reducing;
    }

    @Override
    public Tensor[] attach(Tensor[] parameters, Tensor[] buffers) {
        for (Tensor parameter : parameters) {
            parameter.set_requires_grad(true);
        }
        training = new Pass(parameters, buffers, random, true);
        evaluation = new Pass(parameters, buffers, random, false);
        return parameters;
    }

    @Override
    public <T> T seeded(long seed, Supplier<T> passes) {
        training.seed(seed);
        return passes.get();
    }

    @Override
    public boolean isReducing() {
        return reducing;
    }

    @Override
    public void join(BatchReducer reducer) {
        training.join(reducer);
    }

    @Override
    public Tensor forward(Tensor input, boolean train) {
        return forward.forward(input, train ? training : evaluation);
    }

    @Override
    public void observe(LayerObserver observer) {
        training.observe(observer);
    }

    @Override
    public void sumBy(WeightedSum sums) {
        training.sumBy(sums);
    }

    @Override
    public void close() {
        training.close();
        evaluation.close();
        random.close();
    }
}
