package dev.lockstep.driver.model;

import dev.lockstep.driver.model.ServedModel.Serving;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of a partition with their predictions, in their order; a batch of them is read ahead. One thread. */
final class ScoredRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final RowScorer scorer;

    private Serving serving;
    private FeatureBatch batch;
    private Object[][] scored;
    /** Of each example in the batch, which of the scored rows it is. */
    private int[] places;

    private int count;
    private int next;
    private long read;

    ScoredRows(Iterator<Row> rows, RowScorer scorer) {
        this.rows = rows;
        this.scorer = scorer;
    }

    @Override
    public boolean hasNext() {
        if (next == count && rows.hasNext()) {
            score();
        }
        return next < count;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Partition has no more rows");
        }
        Object[] cells = scored[next];
        scored[next++] = null;
        return RowFactory.create(cells);
    }

    private void score() {
        if (serving == null) {
            begin();
        }
        batch.clear();
        next = 0;
        for (count = 0; count < scored.length && rows.hasNext(); count++) {
            Row row = rows.next();
            scored[count] = cells(row);
            double[] numbers = scorer.features().read(row, ++read);
            if (numbers != null) {
                places[batch.count()] = count;
                batch.add(numbers);
            }
        }
        if (batch.count() > 0) {
            answer();
        }
    }

    /** Rows that are left out for a gap keep nulls. */
    private void answer() {
        double[] numbers = serving.committee().predict(batch.examples()).data();
        int width = numbers.length / batch.count();
        for (int i = 0; i < batch.count(); i++) {
            Object[] cells = scored[places[i]];
            scorer.answers()
                    .put(
                            numbers,
                            i * width,
                            cells,
                            cells.length - scorer.answers().cells());
        }
    }

    private void begin() {
        ServedModel model = scorer.model().value();
        serving = model.borrow();
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> model.giveBack());
        batch = new FeatureBatch(scorer.features().groups(), scorer.features().width(), serving.preprocess());
        scored = new Object[batch.room()][];
        places = new int[batch.room()];
    }

    private Object[] cells(Row row) {
        int length = row.length();
        Object[] cells = new Object[length + scorer.answers().cells()];
        for (int i = 0; i < length; i++) {
            cells[i] = row.get(i);
        }
        return cells;
    }
}
