package dev.lockstep.driver.data.source.drawn;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.IndexedBlocks;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Source;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;

/**
 * Examples of noise, for benchmarks: features evenly spread with mean 0 and variance 1, labels drawn from the classes,
 * each row a function of (seed, row). No file is read.
 */
public final class RandomRows implements IndexedBlocks.Rows {
    private static final float SPREAD = (float) (2 * Math.sqrt(3));

    private final long seed;
    private final int features;
    private final TargetSpec targets;

    private RandomRows(long seed, int features, TargetSpec targets) {
        this.seed = seed;
        this.features = features;
        this.targets = targets;
    }

    public static Decoded decode(SparkSession spark, Source source, Selection selection) {
        long examples = WholeOption.of(source, "examples", null);
        long seed = WholeOption.of(source, "seed", "0");
        if (selection.shape().isEmpty()) {
            throw new DataException("Random examples need a shape: " + source.describe() + ", shape=[]");
        }
        TargetSpec targets = selection.targets();
        if (targets.kind() == TargetSpec.Kind.CLASSES && targets.classes() == 0) {
            throw new DataException("Random labels need a number of classes: " + source.describe() + ", classes=0");
        }
        int groups = Math.max(1, selection.features().size());
        int labels = labels(selection);
        RowFormat format = new RowFormat(groups, selection.width(), labels);
        int features = groups * selection.width();
        return new Decoded(
                IndexedBlocks.of(
                        spark,
                        "random",
                        examples,
                        format,
                        /* exact */ false,
                        start -> new RandomRows(seed, features, targets)),
                format,
                selection.shape(),
                selection.encoding(),
                source.describe());
    }

    private static int labels(Selection selection) {
        return switch (selection.targets().kind()) {
            case NONE -> 0;
            case CLASSES -> 1;
            case SIGNS, FRACTIONS, VALUES -> Math.max(1, selection.label().size());
        };
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    @Override
    public void read(long row, double[] into) {
        // The first generator scatters the rows, so that neighbours do not share their streams.
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed ^ row).nextLong());
        for (int i = 0; i < features; i++) {
            into[i] = (unit(random) - 0.5f) * SPREAD;
        }
        for (int i = features; i < into.length; i++) {
            into[i] = label(random);
        }
    }

    private float label(SplittableRandom random) {
        return switch (targets.kind()) {
            case CLASSES -> random.nextInt(targets.classes());
            case SIGNS -> random.nextBoolean() ? 1 : -1;
            case FRACTIONS, VALUES, NONE -> unit(random);
        };
    }

    /** In [0, 1), all 24 bits that a float has. */
    private static float unit(SplittableRandom random) {
        return (random.nextLong() >>> 40) * 0x1p-24f;
    }
}
