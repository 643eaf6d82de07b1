package dev.lockstep.params.client;

import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.optim.lbfgs.LbfgsMemory;
import dev.lockstep.optim.lbfgs.LbfgsRun;
import dev.lockstep.params.cargo.LookNumber;
import java.util.Arrays;
import java.util.List;

/**
 * L-BFGS over shards: one worker decides where the loss is looked at, everybody computes the gradient there, and the
 * shards hold all vectors.
 *
 * <pre>
 *   guide                                  all other workers
 *   step(t, lr, look)                      do
 *     look.at(0)                             look at the loss, push
 *     show, await, look.at(1), ...           await
 *   await                                  while client.goesOn()
 * </pre>
 *
 * <p>Looks are numbered through: {@link #look} of step and count. One thread.
 */
public final class GuidedSteps {
    private final WorkerClient client;
    private final Lbfgs settings;
    private LbfgsMemory<Integer> memory;

    /** @param layoutRange any trained range, which knows what was kept */
    public GuidedSteps(WorkerClient client, Lbfgs settings, int layoutRange) {
        this.client = client;
        this.settings = settings;
        double[] kept = client.pullScalars(layoutRange);
        if (kept.length > 0) {
            List<Double> numbers = Arrays.stream(kept).boxed().toList();
            this.memory = ShardVectors.memory(numbers, LbfgsMemory.vectors(kept.length));
        }
    }

    /** What a look at the loss is. */
    @FunctionalInterface
    public interface Look {
        /**
         * Computes the gradient at the parameters that this worker has, pushes it and returns the loss of all workers.
         *
         * @param look its number
         */
        double at(long look);
    }

    /** The number of a look in the numbering that all workers share. */
    public static long look(long step, int count) {
        return LookNumber.of(step, count);
    }

    /** Guides one step; returns once every shard has ended it. The last {@link WorkerClient#await} is the caller's. */
    public void step(long step, double lr, Look look) {
        ShardVectors vectors =
                new ShardVectors(client, memory == null ? 0 : memory.vectors().size(), step);
        LbfgsRun<Integer> run =
                memory == null ? new LbfgsRun<>(settings, vectors) : new LbfgsRun<>(settings, vectors, memory);
        Integer point = vectors.load();
        int[] looks = {0};
        run.step(
                point,
                (at, gradient) -> {
                    if (looks[0] > 0) {
                        vectors.show(at);
                        client.await();
                    }

                    double value = look.at(look(step, looks[0]));
                    looks[0]++;
                    vectors.take(gradient);
                    return value;
                },
                lr);
        this.memory = vectors.end(point, run.memory());
    }
}
