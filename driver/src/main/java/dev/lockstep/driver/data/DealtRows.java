package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.worker.Examples;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** The rows of one partition on their way to their slices: preprocessed, under the key that {@link Packing} sorts by. */
final class DealtRows implements Iterator<Tuple2<Long, float[]>> {
    private final Iterator<RowBlock> blocks;
    private final int partition;
    private final SourceOrder order;
    private final RowPositions positions;
    private final Preprocess preprocess;

    private int ordinal = -1;
    private Examples block = new Examples(0, new float[0][], new float[0]);
    private int row = -1;

    DealtRows(
            Iterator<RowBlock> blocks,
            int partition,
            SourceOrder order,
            RowPositions positions,
            Preprocess preprocess) {
        this.blocks = blocks;
        this.partition = partition;
        this.order = order;
        this.positions = positions;
        this.preprocess = preprocess;
        advance();
    }

    @Override
    public boolean hasNext() {
        return block != null;
    }

    @Override
    public Tuple2<Long, float[]> next() {
        if (block == null) {
            throw new NoSuchElementException("Partition has no more rows");
        }
        Tuple2<Long, float[]> next = new Tuple2<>(Packing.key(positions.position(sourceRow())), numbers());
        advance();
        return next;
    }

    private long sourceRow() {
        return order.firstRow(partition, ordinal) + row;
    }

    private void advance() {
        do {
            row++;
            while (block != null && row == block.count()) {
                block = blocks.hasNext() ? blocks.next().examples() : null;
                ordinal++;
                row = 0;
            }
        } while (block != null && !positions.includes(sourceRow()));
    }

    private float[] numbers() {
        int groups = block.features().length;
        int width = block.features()[0].length / block.count();
        int targets = block.targets().length / block.count();
        int outputWidth = preprocess.outputWidth(width);
        float[] numbers = new float[groups * outputWidth + targets];
        for (int group = 0; group < groups; group++) {
            preprocess(block.features()[group], row * width, width, numbers, group * outputWidth);
        }
        System.arraycopy(block.targets(), row * targets, numbers, groups * outputWidth, targets);
        return numbers;
    }

    private void preprocess(float[] features, int start, int width, float[] into, int at) {
        double[] raw = new double[width];
        for (int i = 0; i < width; i++) {
            raw[i] = features[start + i];
        }
        double[] output = preprocess.apply(raw);
        for (int i = 0; i < output.length; i++) {
            into[at + i] = (float) output[i];
        }
    }
}
