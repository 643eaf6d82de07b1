package dev.lockstep.driver.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A table with a label for every kind of loss, each of which a small network can learn from the features beside it. */
final class LossData {
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;
    private static final int STEPS = 12;

    private final Random random;
    private final Map<String, Number> row = new LinkedHashMap<>();

    private LossData(long seed) {
        this.random = new Random(seed);
    }

    static String csv(int rows, long seed) {
        LossData data = new LossData(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            data.draw();
            if (i == 0) {
                lines.add(String.join(",", data.row.keySet()));
            }
            lines.add(data.row.values().stream()
                    .map(value -> value instanceof Integer
                            ? value.toString()
                            : String.format(Locale.ROOT, "%.5f", value.doubleValue()))
                    .collect(Collectors.joining(",")));
        }
        return String.join("\n", lines) + "\n";
    }

    private void draw() {
        double[] x = drawn();
        put("x", x);
        double[] scores = {x[0] + x[1], x[2] - x[0], x[3] - x[1]};
        numbers(x, scores);
        classes(scores);
        for (int i = 0; i < FEATURES; i++) {
            row.put("m" + i, x[i] > 0 ? 1 : 0);
        }
        pairs();
        sequence();
    }

    private void numbers(double[] x, double[] scores) {
        row.put("y", 2 * x[0] - x[1]);
        put("y", scores);
        row.put("count", (int) Math.round(Math.exp(2 + x[4])));
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(6 * score);
        }
        for (int k = 0; k < CLASSES; k++) {
            row.put("q" + k, Math.exp(6 * scores[k]) / sum);
        }
    }

    private void classes(double[] scores) {
        int best = 0;
        List<Integer> labels = new ArrayList<>();
        for (int k = 0; k < CLASSES; k++) {
            best = scores[k] > scores[best] ? k : best;
            row.put("t" + k, scores[k] > 0 ? 1 : 0);
            if (scores[k] > 0) {
                labels.add(0, k);
            }
        }
        row.put("kind", best);
        row.put("yes", scores[0] > 0 ? 1 : 0);
        row.put("side", scores[0] > 0 ? 1 : -1);
        for (int i = 0; i < CLASSES; i++) {
            row.put("k" + i, i < labels.size() ? labels.get(i) : -1);
        }
    }

    /** Alike are those in the same quadrant of the first two features. */
    private void pairs() {
        double[] a = drawn();
        double[] p = drawn();
        double[] n = drawn();
        for (int i = 0; i < 2; i++) {
            p[i] = Math.copySign(p[i], a[i]);
        }
        n[0] = -Math.copySign(n[0], a[0]);
        boolean alike = random.nextBoolean();
        double[] b = alike ? p : n;
        put("a", a);
        put("b", b);
        put("p", p);
        put("n", n);
        row.put("alike", alike ? 1 : -1);
        row.put("better", a[0] + a[2] > b[0] + b[2] ? 1 : -1);
    }

    /** Up to three labels, each shown for two or three steps by its own feature; then nothing. */
    private void sequence() {
        double[][] steps = new double[STEPS][CLASSES];
        int count = 1 + random.nextInt(CLASSES);
        int step = 0;
        for (int i = 0; i < CLASSES; i++) {
            int label = 1 + random.nextInt(CLASSES);
            row.put("c" + i, i < count ? label : 0);
            int shown = i < count ? 2 + random.nextInt(2) : 0;
            for (int k = 0; k < shown; k++) {
                steps[step++][label - 1] = 1;
            }
            step += i < count ? 1 : 0;
        }
        for (int i = 0; i < STEPS; i++) {
            for (int k = 0; k < CLASSES; k++) {
                row.put("s" + (i * CLASSES + k), steps[i][k] + 0.1 * random.nextGaussian());
            }
        }
        row.put("steps", Math.max(step, STEPS - random.nextInt(CLASSES)));
        row.put("labels", count);
    }

    private double[] drawn() {
        return random.doubles(FEATURES, -1, 1).toArray();
    }

    private void put(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            row.put(name + i, values[i]);
        }
    }
}
