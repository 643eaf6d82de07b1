package dev.lockstep.params.client;

import dev.lockstep.optim.lbfgs.LbfgsMemory;
import dev.lockstep.optim.lbfgs.Vectors;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.lbfgs.VectorOp;
import dev.lockstep.params.lbfgs.VectorProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Vectors that lie on the shards, by their numbers. What changes them is collected and goes out with the next question;
 * partial sums come back for each range and are added in the ranges' order, so that they are the same bits at every
 * number of shards. One thread.
 */
final class ShardVectors implements Vectors<Integer> {
    private final WorkerClient client;
    private final VectorProgram program = new VectorProgram();
    private final TreeSet<Integer> free = new TreeSet<>();
    private final long step;
    private int made;

    /**
     * @param kept how many there are already, with the numbers from 0 on
     * @param step that they are made for
     */
    ShardVectors(WorkerClient client, int kept, long step) {
        this.client = client;
        this.step = step;
        this.made = kept;
        program.clear();
    }

    @Override
    public Integer zeros() {
        int vector = free.isEmpty() ? made++ : free.pollFirst();
        program.add(VectorOp.ZEROS, vector);
        return vector;
    }

    @Override
    public void release(Integer vector) {
        program.add(VectorOp.RELEASE, vector);
        free.add(vector);
    }

    @Override
    public void copy(Integer from, Integer to) {
        program.add(VectorOp.COPY, from, to, 0);
    }

    @Override
    public void scale(Integer x, double factor) {
        program.add(VectorOp.SCALE, x, 0, factor);
    }

    @Override
    public void add(Integer to, double factor, Integer x) {
        program.add(VectorOp.ADD, to, x, factor);
    }

    @Override
    public double dot(Integer x, Integer y) {
        program.add(VectorOp.DOT, x, y, 0);
        return sum(run());
    }

    @Override
    public double sumOfSizes(Integer x) {
        program.add(VectorOp.SUM_OF_SIZES, x);
        return sum(run());
    }

    /** @throws AbortException if a value is not finite, which no further step could mend */
    @Override
    public double largestSize(Integer x) {
        program.add(VectorOp.LARGEST_SIZE, x);
        double largest = 0;
        for (double each : run()) {
            largest = Math.max(largest, each);
        }
        if (!Double.isFinite(largest)) {
            throw new AbortException(
                    AbortException.Kind.TRAINING,
                    "Gradient or direction of L-BFGS is not finite: step=" + step
                            + ". A smaller learning rate or line_search_fn: strong_wolfe may help.");
        }

        return largest;
    }

    /** In the ranges' order. */
    private static double sum(double[] partials) {
        double sum = 0;
        for (double partial : partials) {
            sum += partial;
        }

        return sum;
    }

    private double[] run() {
        double[] results = client.command(program);
        program.clear();
        return results;
    }

    /** A new vector with the parameters' values. */
    Integer load() {
        int vector = zeros();
        program.add(VectorOp.LOAD, vector);
        return vector;
    }

    /** Waits until everybody has pushed the gradient of the present evaluation, which becomes the vector. */
    void take(Integer vector) {
        program.add(VectorOp.TAKE, vector);
        run();
    }

    /** Gives everybody the vector as parameters, to evaluate within the same step. */
    void show(Integer vector) {
        program.add(VectorOp.SHOW, vector, 0, 1);
        run();
    }

    /**
     * Ends a step with the vector as parameters and keeps what is remembered, whose vectors get the numbers from 0 on.
     */
    LbfgsMemory<Integer> end(Integer vector, LbfgsMemory<Integer> memory) {
        int kept = memory.vectors().size();
        int numbers = memory.numbers().size();
        program.add(VectorOp.SHOW, vector, 0, 0);
        program.add(VectorOp.KEEP, kept, numbers, step);
        memory.vectors().forEach(number -> program.append(number));
        memory.numbers().forEach(number -> program.append(number));
        run();
        free.clear();
        this.made = kept;
        return memory(memory.numbers(), kept);
    }

    /** What was kept, as the shards say it. */
    static LbfgsMemory<Integer> memory(List<Double> numbers, int vectors) {
        return new LbfgsMemory<>(
                new ArrayList<>(IntStream.range(0, vectors).boxed().toList()), numbers);
    }
}
