package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The columns that a job names, found among those that the data has. {@code x0..x63} counts from x0 to x63;
 * {@code first..last} is all columns of the data from one to the other.
 */
final class ColumnNames {
    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int SHOWN = 20;

    private final List<String> available;
    private final String source;

    ColumnNames(String[] available, String source) {
        this.available = Arrays.asList(available);
        this.source = source;
    }

    List<String> find(List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            found.addAll(available.contains(name) ? List.of(name) : expand(name));
        }
        return found;
    }

    /** Those of the names that the data has. */
    List<String> present(List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            try {
                found.addAll(find(List.of(name)));
            } catch (DataException e) {
                // Not there, which is all that was to be found out.
            }
        }
        return found;
    }

    /** What is left when the label and the column of unreadable rows are taken away. */
    List<String> allBut(List<String> labels, String corrupt) {
        List<String> features = new ArrayList<>(available);
        features.removeAll(labels);
        features.remove(corrupt);
        if (features.isEmpty()) {
            throw new DataException("Data must have a column besides the label: " + source + ", columns=" + available);
        }
        return features;
    }

    private List<String> expand(String name) {
        Matcher range = RANGE.matcher(name);
        if (!range.matches()) {
            throw missing(name);
        }
        String first = range.group(1).trim();
        String last = range.group(2).trim();
        Matcher from = NUMBERED.matcher(first);
        Matcher to = NUMBERED.matcher(last);
        if (from.matches() && to.matches() && from.group(1).equals(to.group(1))) {
            return numbered(from.group(1), from.group(2), to.group(2));
        }
        return between(first, last);
    }

    private List<String> numbered(String prefix, String from, String to) {
        String format = from.startsWith("0") ? prefix.replace("%", "%%") + "%0" + from.length() + "d" : null;
        List<String> names = new ArrayList<>();
        for (int i = Integer.parseInt(from); i <= Integer.parseInt(to); i++) {
            names.add(require(format == null ? prefix + i : String.format(format, i)));
        }
        if (names.isEmpty()) {
            throw new DataException("Range of columns must rise: from=" + prefix + from + ", to=" + prefix + to);
        }
        return names;
    }

    private List<String> between(String first, String last) {
        int from = available.indexOf(require(first));
        int to = available.indexOf(require(last));
        if (from > to) {
            throw new DataException("Range of columns must follow the data's order: from=" + first + " at " + from
                    + ", to=" + last + " at " + to);
        }
        return available.subList(from, to + 1);
    }

    private String require(String name) {
        if (!available.contains(name)) {
            throw missing(name);
        }
        return name;
    }

    private DataException missing(String name) {
        String nearest = available.stream()
                .min(Comparator.comparingInt(
                        known -> LevenshteinDistance.getDefaultInstance().apply(name, known)))
                .orElse("none");
        int shown = Math.min(SHOWN, available.size());
        String rest = shown == available.size() ? "" : " and " + (available.size() - shown) + " more";
        return new DataException("Column is not in the data: column=" + name + ", nearest=" + nearest + ", " + source
                + ", columns=" + available.subList(0, shown) + rest);
    }
}
