package dev.lockstep.driver.data.encoding;

import java.util.HashMap;
import java.util.Map;

/** Finds the class of a label. Not thread-safe. */
public final class ClassIndex {
    /** Of no class. */
    public static final int NONE = -1;

    /** Cells that are remembered: a label is mostly written in one way. */
    private static final int MOST = 1 << 16;

    private final LabelForm form;
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<Object, Integer> byCell = new HashMap<>();

    public ClassIndex(ClassNames classes) {
        this.form = LabelForm.of(classes.names());
        for (int number = 0; number < classes.size(); number++) {
            byKey.put(form.key(classes.names().get(number)), number);
        }
    }

    /** @param cell a label of whatever type; {@link #NONE} if no class has it */
    public int of(Object cell) {
        Integer known = byCell.get(cell);
        if (known != null) {
            return known;
        }
        int number = byKey.getOrDefault(form.key(LabelForm.text(cell)), NONE);
        if (byCell.size() < MOST) {
            byCell.put(cell, number);
        }
        return number;
    }
}
