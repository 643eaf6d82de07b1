package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.LabelColumn;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training source that has been read, with what was found out on the way.
 *
 * <p>Labels are numbers where the loss takes them so; else they are names of classes, which a pass over their column
 * collects.
 *
 * @param selection what was taken from each row
 */
record TrainingRows(NumberedRows rows, Selection selection) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRows.class);
    private static final int SHOWN = 10;

    /**
     * @param decode the source
     * @param wanted without names of classes
     * @param targets what the loss wants of labels where examples have a shape
     * @throws DataException for the first bad value, and for labels that cannot be classes
     */
    static TrainingRows read(
            Function<Selection, Decoded> decode, Selection wanted, Function<List<Integer>, TargetSpec> targets) {
        Decoded decoded = decode.apply(wanted);
        Selection known = wanted.targets(targets.apply(decoded.shape()));
        LabelColumn label = decoded.label();
        if (label != null && label.isNamed()) {
            return read(decode, named(known, label.classes(known.targets()), decoded.source()));
        }
        NumberedRows rows = NumberedRows.readAny(known.equals(wanted) ? decoded : decode.apply(known));
        boolean good = false;
        try {
            if (label == null || !rows.order().hasStrangeLabel()) {
                rows.order().requireGood();
                good = true;
                return new TrainingRows(rows, known);
            }
        } finally {
            if (!good) {
                rows.close();
            }
        }
        ClassNames classes = label.classes(known.targets());
        if (!known.targets().takes(classes)) {
            rows.order().requireGood();
        }
        return read(decode, named(known, classes, decoded.source()));
    }

    private static TrainingRows read(Function<Selection, Decoded> decode, Selection named) {
        ClassNames classes = named.encoding().classes();
        LOG.info("Labels are classes: labels={}", shown(classes.names()));
        if (classes.lookLikeNumbers()) {
            LOG.warn(
                    "Labels look like class numbers, but the network has fewer classes than they count to, so each stands"
                            + " for its place in order: labels={}, classes={}. If they are numbers, give the network more"
                            + " outputs.",
                    shown(classes.names()),
                    classes.size());
        }
        return new TrainingRows(NumberedRows.read(decode.apply(named)), named);
    }

    private static Selection named(Selection selection, ClassNames classes, String source) {
        if (!selection.targets().takes(classes)) {
            throw new DataException(selection.targets().namesRule() + ": " + source + ", column="
                    + selection.label().get(0) + ", labels=" + shown(classes.names()));
        }
        return selection.encoding(selection.encoding().classes(classes));
    }

    private static String shown(List<String> names) {
        return names.size() <= SHOWN ? names.toString() : names.subList(0, SHOWN) + " and more";
    }

    @Override
    public void close() {
        rows.close();
    }
}
