package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.encoding.ClassIndex;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.LabelForm;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.CellNumbers;
import dev.lockstep.driver.data.rows.DoubleList;
import dev.lockstep.driver.data.rows.TargetSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/** Reads a row's label: numbers as they are, or the one label that has a name as what its class means to the loss. */
final class LabelReader implements Serializable {
    private static final int SHOWN = 10;

    private final List<Column> label;
    private final TargetSpec targets;
    private final ClassNames classes;
    private transient ClassIndex index;

    /** @param classes labels of the classes; empty where numbers are read */
    LabelReader(List<Column> label, TargetSpec targets, ClassNames classes) {
        this.label = label;
        this.targets = targets;
        this.classes = classes;
    }

    void read(Row row, DoubleList into) throws BadValueException {
        if (label.size() == 1 && !classes.isEmpty()) {
            into.add(named(row));
            return;
        }
        try {
            for (Column column : label) {
                column.read(row, into, this::check);
            }
        } catch (BadValueException e) {
            BadValueException strange = e.ofLabel();
            throw targets.kind() == TargetSpec.Kind.CLASSES
                    ? strange.wayOut(
                            "Classes are numbered 0, 1, 2, ... The last of model.layers has an output for each")
                    : strange;
        }
    }

    private void check(double number, String column) throws BadValueException {
        CellNumbers.requireKept(number, column);
        targets.check(number, column);
    }

    private double named(Row row) throws BadValueException {
        Column column = label.get(0);
        Object cell = column.of(row);
        if (CellNumbers.isGap(cell)) {
            throw CellNumbers.gap(cell, column.name());
        }
        index = index == null ? new ClassIndex(classes) : index;
        int number = index.of(cell);
        if (number != ClassIndex.NONE) {
            return targets.meaning(number);
        }
        if (targets.ignores(cell)) {
            return targets.ignored();
        }
        if (LabelForm.isInfinite(LabelForm.text(cell))) {
            throw CellNumbers.gap(cell, column.name());
        }
        List<String> names = classes.names();
        throw new BadValueException(
                "Label must be one of those that the model was trained on",
                column.name(),
                cell,
                "They are " + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : ""));
    }
}
