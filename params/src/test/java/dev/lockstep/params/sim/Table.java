package dev.lockstep.params.sim;

import dev.lockstep.params.Parameter;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of which each example looks up two rows, and something dense behind it. Examples are numbered; batch t is the
 * next {@code batch} of them, dealt round-robin. Slopes are multiples of 1/256, so that their sums are exact, whoever
 * adds them.
 */
final class Table implements Share {
    static final int ROWS = 40;
    static final int WIDTH = 6;

    static final List<Parameter> PARAMETERS = List.of(
            new Parameter("0.weight", List.of(ROWS, WIDTH), /* sparse */ true),
            new Parameter("1.weight", List.of(5, 30)));

    @Override
    public int gradient(long step, int worker, int workers, int batch, FloatBuffer values, FloatBuffer gradient) {
        for (int i = 0; i < gradient.capacity(); i++) {
            gradient.put(i, 0);
        }

        int examples = 0;
        for (int position = worker; position < batch; position += workers) {
            float point = (float) Math.sin(step * 31 + position * 7L);
            pull(values, gradient, row(step, position) * WIDTH, WIDTH, point);
            pull(values, gradient, other(step, position) * WIDTH, WIDTH, point);
            pull(values, gradient, ROWS * WIDTH, gradient.capacity() - ROWS * WIDTH, point);
            examples++;
        }

        return examples;
    }

    private static void pull(FloatBuffer values, FloatBuffer gradient, int from, int count, float point) {
        for (int i = from; i < from + count; i++) {
            float slope = (float) Math.rint((values.get(i) - point * (1 + i % 5)) * 256) / 256;
            gradient.put(i, gradient.get(i) + slope);
        }
    }

    private static int row(long step, int position) {
        return (int) ((step * 7 + position * 5L) % ROWS);
    }

    private static int other(long step, int position) {
        return (int) ((step + (long) position * position) % (ROWS / 2));
    }

    @Override
    public int[] rows(long step, int worker, int workers, int batch) {
        return IntStream.range(0, batch)
                .filter(position -> position % workers == worker)
                .flatMap(position -> IntStream.of(row(step, position), other(step, position)))
                .sorted()
                .distinct()
                .toArray();
    }
}
