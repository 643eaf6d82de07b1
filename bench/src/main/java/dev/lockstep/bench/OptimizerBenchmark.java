package dev.lockstep.bench;

import dev.lockstep.optim.Adam;
import dev.lockstep.optim.AdamW;
import dev.lockstep.optim.Lamb;
import dev.lockstep.optim.Lion;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.RmsProp;
import dev.lockstep.optim.Rprop;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.Slice;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.update.RangeState;
import dev.lockstep.optim.update.TensorPart;
import dev.lockstep.optim.update.UpdateRule;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Memory traffic of the optimizers' loops, in GB/s beside a loop that only copies. A kernel that C2 has vectorised
 * comes close to it; one that it has not is five to fifty times slower.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OptimizerBenchmark {
    private static final Map<String, Optimizer> OPTIMIZERS = Map.of(
            "sgd", new Sgd(1e-6),
            "sgd_momentum", new Sgd(1e-6, 0.9, 0, 1e-4, true, false),
            "adam", new Adam(1e-6),
            "adamw", new AdamW(1e-6),
            "rmsprop", new RmsProp(1e-6),
            "rprop", new Rprop(1e-6),
            "lamb", new Lamb(1e-6),
            "lion", new Lion(1e-6));
    private static final double GIGA = 1e9;

    /** Read and written; JMH divides it by the seconds. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Traffic {
        public double gigabytes;

        void add(long floats) {
            gigabytes += floats * Float.BYTES / GIGA;
        }
    }

    @Param({"sgd", "sgd_momentum", "adam", "adamw", "rmsprop", "rprop", "lamb", "lion"})
    public String name;

    /** One range, which stays in the cache, and a vector of 64 MiB. */
    @Param({"262144", "16777216"})
    public int count;

    private Optimizer optimizer;
    private UpdateRule rule;
    private RangeState range;
    private Slice slice;
    private float[] gradient;
    private double[] sums;
    private long touched;

    @Setup
    public void fill() {
        Random random = new Random(1);
        this.optimizer = OPTIMIZERS.get(name);
        this.rule = UpdateRule.of(optimizer);
        float[] params = new float[count];
        this.gradient = new float[count];
        for (int i = 0; i < count; i++) {
            params[i] = (float) random.nextGaussian();
            gradient[i] = (float) random.nextGaussian();
        }

        this.range = rule.start(List.of(new TensorPart(0, "weight", 0, count)), params.clone());
        float[][] slots = new float[optimizer.slots().size()][count];
        this.slice = new Slice(params, slots, new double[optimizer.scalars().size()], 0, count);
        optimizer.start(slice);
        this.sums = new double[optimizer.sums()];
        // Parameters and slots are read and written, the gradient is read.
        this.touched = (3L + 2L * slots.length) * count;
    }

    @Benchmark
    public void update(Traffic traffic) {
        optimizer.update(slice, gradient, optimizer.lr(), sums);
        traffic.add(touched);
    }

    /** As a shard does it, with the look for NaN and all that comes with a rule. */
    @Benchmark
    public Object apply(Traffic traffic) {
        traffic.add(touched);
        if (rule.rounds() > 0) {
            double[] partials = rule.measure(0, range, gradient, List.of(), new Progress(0, 1));
            return rule.apply(
                    range,
                    gradient,
                    List.of(rule.total(0, List.of(range.parts()), List.of(partials))),
                    new Progress(0, 1));
        }

        return rule.apply(range, gradient, List.of(), new Progress(0, 1));
    }

    @Benchmark
    public float[] copy(Traffic traffic) {
        float[] from = gradient;
        float[] to = slice.params();
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }

        traffic.add(2L * count);
        return to;
    }
}
