package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.CellNumbers;
import dev.lockstep.driver.data.rows.Selection;
import java.io.Serializable;

/**
 * What must hold of a feature, and what becomes of one that is not there.
 *
 * @param exact whether all digits of a double are kept
 * @param indices features are whole numbers from 0 to below this; 0 where they may be any numbers
 */
record FeatureRule(boolean exact, int indices, Missing missing) implements Column.Check, Serializable {
    private static final String FILLING =
            "data.missing fills gaps with mean, median or {constant: 0}, or leaves such rows out with skip; predict and"
                    + " evaluate do that with --missing skip";

    static FeatureRule of(Selection selection) {
        return new FeatureRule(
                selection.exact(), selection.indices(), selection.encoding().missing());
    }

    @Override
    public void accept(double number, String column) throws BadValueException {
        if (indices > 0 && !(number >= 0 && number < indices && number == Math.rint(number))) {
            throw new BadValueException(
                    "Index must be a whole number from 0 to " + (indices - 1),
                    column,
                    number == (long) number ? (Object) (long) number : number,
                    "The first layer, embedding, has num_embeddings=" + indices);
        }
        if (!exact) {
            CellNumbers.requireKept(number, column);
        }
    }

    @Override
    public boolean acceptsAll(double[] numbers) {
        if (indices > 0) {
            return false;
        }
        for (double number : numbers) {
            float kept = (float) number;
            // Neither NaN nor too large; whole numbers that lose digits are looked at one by one.
            if (!(Math.abs(number) <= Float.MAX_VALUE) || (!exact && kept != number && number == Math.rint(number))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public double gap(Object cell, String column) throws BadValueException {
        if (missing instanceof Missing.Refuse) {
            throw CellNumbers.gap(cell, column).wayOut(FILLING);
        }
        return Double.NaN;
    }

    @Override
    public double gaps(String column) throws BadValueException {
        if (leavesOut()) {
            return Double.NaN;
        }
        throw CellNumbers.gap(null, column).wayOut("data.missing: skip leaves such rows out");
    }

    /** Whether rows with a gap are left out. */
    boolean leavesOut() {
        return missing instanceof Missing.Skip;
    }
}
