package dev.lockstep.params.client;

import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.optim.lbfgs.LbfgsMemory;
import dev.lockstep.optim.lbfgs.LbfgsRun;
import dev.lockstep.params.lbfgs.EvaluationNumber;
import java.util.Arrays;
import java.util.List;

/**
 * L-BFGS over shards: one worker decides where the loss is evaluated, everybody computes the gradient there, and the
 * shards hold all vectors.
 *
 * <pre>
 *   worker 0                               all other workers
 *   step(t, lr, loss)                      do
 *     loss.at(0)                             evaluate the loss, push
 *     show, await, loss.at(1), ...           await
 *   await                                  while client.goesOn()
 * </pre>
 *
 * <p>Evaluations are numbered through: {@link #evaluation} of step and count. One thread.
 */
public final class DistributedLbfgs {
    private final WorkerClient client;
    private final Lbfgs settings;
    private LbfgsMemory<Integer> memory;

    /** @param layoutRange any trained range, which knows what was kept */
    public DistributedLbfgs(WorkerClient client, Lbfgs settings, int layoutRange) {
        this.client = client;
        this.settings = settings;
        double[] kept = client.pullScalars(layoutRange);
        if (kept.length > 0) {
            List<Double> numbers = Arrays.stream(kept).boxed().toList();
            this.memory = ShardVectors.memory(numbers, LbfgsMemory.vectors(kept.length));
        }
    }

    /** How everybody evaluates the loss. */
    @FunctionalInterface
    public interface Evaluation {
        /**
         * Computes the gradient at the parameters that this worker has, pushes it and returns the loss of all workers.
         *
         * @param evaluation its number
         */
        double at(long evaluation);
    }

    /** The number of an evaluation in the numbering that all workers share. */
    public static long evaluation(long step, int count) {
        return EvaluationNumber.of(step, count);
    }

    /** Makes one step; returns once every shard has ended it. The last {@link WorkerClient#await} is the caller's. */
    public void step(long step, double lr, Evaluation loss) {
        ShardVectors vectors =
                new ShardVectors(client, memory == null ? 0 : memory.vectors().size(), step);
        LbfgsRun<Integer> run =
                memory == null ? new LbfgsRun<>(settings, vectors) : new LbfgsRun<>(settings, vectors, memory);
        Integer point = vectors.load();
        int[] evaluations = {0};
        run.step(
                point,
                (at, gradient) -> {
                    if (evaluations[0] > 0) {
                        vectors.show(at);
                        client.await();
                    }

                    double value = loss.at(evaluation(step, evaluations[0]));
                    evaluations[0]++;
                    vectors.take(gradient);
                    return value;
                },
                lr);
        this.memory = vectors.end(point, run.memory());
    }
}
