package dev.lockstep.driver.data.encoding;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What becomes of gaps in features: null, NaN and empty cells. */
public sealed interface Missing extends Serializable {
    /** Gaps are errors. */
    Missing REFUSED = new Refuse();

    /** An error that names the first one. */
    record Refuse() implements Missing {}

    /** A row with a gap is left out of training and evaluation; a prediction for it is null. */
    record Skip() implements Missing {}

    /** A number takes a gap's place. */
    sealed interface Filled extends Missing {
        /** Whether each feature that had gaps in training is followed, behind all others, by one that is 1 at a gap. */
        boolean indicator();
    }

    /** The feature's mean over the training rows that have it. */
    record Mean(boolean indicator) implements Filled {
        public Mean() {
            this(/* indicator */ false);
        }
    }

    /** The same with the median; of an even number of values it is the mean of the middle two. */
    record Median(boolean indicator) implements Filled {
        public Median() {
            this(/* indicator */ false);
        }
    }

    /** One number for all features. */
    record Constant(double value, boolean indicator) implements Filled {
        public Constant {
            if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException("value must be finite and fit a 32-bit float: value=" + value);
            }
        }

        public Constant(double value) {
            this(value, /* indicator */ false);
        }
    }

    static Map<String, Class<? extends Missing>> byName() {
        Map<String, Class<? extends Missing>> names = new LinkedHashMap<>();
        names.put("error", Refuse.class);
        names.put("skip", Skip.class);
        names.put("mean", Mean.class);
        names.put("median", Median.class);
        names.put("constant", Constant.class);
        return Collections.unmodifiableMap(names);
    }
}
