package dev.lockstep.worker;

import dev.lockstep.worker.layer.Exchange;
import dev.lockstep.worker.layer.Forward;
import dev.lockstep.worker.layer.LayerObserver;
import dev.lockstep.worker.layer.Pass;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Layers of a job file as a body: functions over the flat vectors' own views. */
final class LayeredBody implements Body {
    private final Forward forward;
    private final boolean exchanging;
    /** Of this replica alone: libtorch's default one is shared by all threads of the process. */
    private final Generator random = torch.make_generator_cpu();

    private Pass training;
    private Pass evaluation;

    LayeredBody(Forward forward, boolean exchanging) {
        this.forward = forward;
        this.exchanging = exchanging;
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
        random.set_current_seed(seed);
        return passes.get();
    }

    @Override
    public boolean isExchanging() {
        return exchanging;
    }

    @Override
    public void join(Exchange exchange) {
        training.join(exchange);
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
    public void close() {
        random.close();
    }
}
