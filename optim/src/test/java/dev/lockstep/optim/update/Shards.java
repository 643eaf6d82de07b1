package dev.lockstep.optim.update;

import dev.lockstep.optim.schedule.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A model of three tensors in five ranges, run as shards would run it: every shard measures and applies its own ranges,
 * and the sums of all meet in between.
 */
final class Shards {
    /** A range with two whole tensors, three that hold a large one, and one more. */
    static final List<List<TensorPart>> PARTS = List.of(
            List.of(new TensorPart(0, "0.weight", 0, 37), new TensorPart(1, "0.bias", 37, 5)),
            List.of(new TensorPart(2, "1.weight", 0, 50)),
            List.of(new TensorPart(2, "1.weight", 0, 50)),
            List.of(new TensorPart(2, "1.weight", 0, 31)),
            List.of(new TensorPart(3, "1.bias", 0, 9)));

    private final UpdateRule rule;
    private final int count;
    private final List<RangeState> ranges = new ArrayList<>();

    Shards(UpdateRule rule, int count) {
        this.rule = rule;
        this.count = count;
        for (int range = 0; range < PARTS.size(); range++) {
            float[] params = new float[size(range)];
            for (int i = 0; i < params.length; i++) {
                params[i] = (float) Math.sin(1 + i + 10 * range);
            }

            ranges.add(rule.start(PARTS.get(range), params));
        }
    }

    static int size(int range) {
        return PARTS.get(range).stream().mapToInt(TensorPart::count).sum();
    }

    static float[] gradient(int range, long step) {
        float[] gradient = new float[size(range)];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) Math.cos(step + 3.0 * i + 7.0 * range);
        }

        return gradient;
    }

    RangeState range(int index) {
        return ranges.get(index);
    }

    List<Outcome> step(long step) {
        List<float[]> gradients = new ArrayList<>();
        for (int range = 0; range < PARTS.size(); range++) {
            gradients.add(gradient(range, step));
        }

        return step(gradients, new Progress(step, 10));
    }

    List<Outcome> step(List<float[]> gradients, Progress at) {
        List<Totals> totals = new ArrayList<>();
        for (int round = 0; round < rule.rounds(); round++) {
            double[][] partials = new double[PARTS.size()][];
            int number = round;
            inTurn(range -> {
                partials[range] = rule.measure(number, ranges.get(range), gradients.get(range), totals, at);
            });
            totals.add(rule.total(round, PARTS, List.of(partials)));
        }

        Outcome[] outcomes = new Outcome[PARTS.size()];
        inTurn(range -> outcomes[range] = rule.apply(ranges.get(range), gradients.get(range), totals, at));
        return List.of(outcomes);
    }

    /** Shard after shard, the last one first, each over the ranges that it was dealt. */
    private void inTurn(IntConsumer work) {
        for (int shard = count - 1; shard >= 0; shard--) {
            for (int range = shard; range < PARTS.size(); range += count) {
                work.accept(range);
            }
        }
    }

    float[][] params() {
        return ranges.stream().map(range -> range.params().clone()).toArray(float[][]::new);
    }
}
