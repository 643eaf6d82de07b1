package dev.lockstep.driver.job;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many numbers an example has in some columns, where this is known before the data are read. */
public final class Widths {
    private static final Pattern COUNTED = Pattern.compile("(.*?)(\\d{1,9})\\.\\.(.*?)(\\d{1,9})");
    private static final Set<String> ONE_LABEL = Set.of(Source.DIGITS, Source.IDX, "images", "libsvm");

    private Widths() {}

    /** Of features: in a csv file each column is one number. */
    public static OptionalInt ofFeatures(Source source, List<String> columns) {
        return columns.isEmpty() || !holdsNumbers(source) ? OptionalInt.empty() : count(columns);
    }

    /** Of targets; 0 where a format without labels of its own is given none. */
    public static OptionalInt ofLabel(Source source, List<String> columns) {
        if (ONE_LABEL.contains(source.format())) {
            return columns.isEmpty() ? OptionalInt.of(1) : OptionalInt.empty();
        }
        return holdsNumbers(source) ? count(columns) : OptionalInt.empty();
    }

    /** A schema may say that a column is an array. */
    private static boolean holdsNumbers(Source source) {
        return source.format().equals(Source.CLICKS)
                || (source.format().equals("csv") && !source.options().containsKey("schema"));
    }

    private static OptionalInt count(List<String> columns) {
        int count = 0;
        for (String column : columns) {
            Matcher range = COUNTED.matcher(column);
            if (range.matches() && range.group(1).equals(range.group(3))) {
                count += Integer.parseInt(range.group(4)) - Integer.parseInt(range.group(2)) + 1;
            } else if (column.contains("..")) {
                return OptionalInt.empty();
            } else {
                count++;
            }
        }
        return OptionalInt.of(count);
    }
}
