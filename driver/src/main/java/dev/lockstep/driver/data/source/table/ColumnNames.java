package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.yaml.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The columns that a job names, found among those that the data have. {@code x0..x63} counts from x0 to x63; {@code
 * first..last} is all columns of the data from one to the other. Upper and lower case are not the same.
 */
public final class ColumnNames {
    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final Pattern NO_TEXT = Pattern.compile("[\\x00\uFFFD]");
    private static final Pattern SEPARATED = Pattern.compile("[;\t|]");
    private static final int SHOWN = 20;

    private final List<String> available;
    private final int hidden;
    /** Where a name first stands. */
    private final Map<String, Integer> places = new HashMap<>();

    private final Set<String> twins = new HashSet<>();
    private final String source;

    public ColumnNames(List<String> available, String source) {
        this(available, -1, source);
    }

    /**
     * Of a table.
     *
     * @param available in the order of the data, blank where a column has no name
     * @param hidden place of a blank one that is Spark's and not the data's, -1 for none
     */
    public ColumnNames(List<String> available, int hidden, String source) {
        this.available = available;
        this.hidden = hidden;
        this.source = source;
        for (int place = 0; place < available.size(); place++) {
            if (places.putIfAbsent(available.get(place), place) != null) {
                twins.add(available.get(place));
            }
        }
    }

    /** @param names or ranges; each of which the data have once */
    public List<String> find(List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            found.addAll(places.containsKey(name) ? List.of(require(name)) : expand(name));
        }
        return found;
    }

    /** Those of the names that the data have. */
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

    /** What is left when the label and the columns without a name are taken away. */
    public List<String> allBut(List<String> labels) {
        List<String> features = others(labels);
        if (features.isEmpty()) {
            throw new DataException("Data must have a column besides the label: " + source + ", columns=" + shown());
        }
        return features;
    }

    /** As {@link #allBut}; there may be none left. */
    List<String> others(List<String> taken) {
        Set<String> others = new HashSet<>(taken);
        return available.stream()
                .filter(name -> !name.isBlank() && !others.contains(name))
                .map(this::require)
                .toList();
    }

    /** Of a name that was found. */
    public int place(String name) {
        return places.get(name);
    }

    /** Places of the columns without a name, from 1. */
    List<Integer> nameless() {
        return IntStream.range(0, available.size())
                .filter(place -> place != hidden && available.get(place).isBlank())
                .mapToObj(place -> place + 1)
                .toList();
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
        // x08..x12 has leading zeros, x0..x12 has none.
        int digits = from.length() > 1 && from.startsWith("0") ? from.length() : 1;
        List<String> names = new ArrayList<>();
        for (int i = Integer.parseInt(from); i <= Integer.parseInt(to); i++) {
            String number = Integer.toString(i);
            names.add(require(prefix + "0".repeat(Math.max(0, digits - number.length())) + number));
        }
        if (names.isEmpty()) {
            throw new DataException("Range of columns must rise: from=" + prefix + from + ", to=" + prefix + to);
        }
        return names;
    }

    private List<String> between(String first, String last) {
        int from = place(require(first));
        int to = place(require(last));
        if (from > to) {
            throw new DataException("Range of columns must follow the data's order: from=" + first + " at " + from
                    + ", to=" + last + " at " + to);
        }
        return available.subList(from, to + 1).stream().map(this::require).toList();
    }

    private String require(String name) {
        if (!places.containsKey(name)) {
            throw missing(name);
        }
        if (name.isBlank()) {
            throw new DataException(
                    "Column must have a name to be used: column=\"\", " + source + ", columns=" + nameless());
        }
        if (twins.contains(name)) {
            List<Integer> where = IntStream.range(0, available.size())
                    .filter(place -> available.get(place).equals(name))
                    .mapToObj(place -> place + 1)
                    .toList();
            throw new DataException("Header must have a column's name once: column=" + name + ", " + source
                    + ", columns=" + where + ". Rename one, or name the features without it.");
        }
        return name;
    }

    private DataException missing(String name) {
        String nearest = Nearest.of(
                        name,
                        available.stream().filter(known -> !known.isBlank()).toList())
                .map(near -> "nearest=" + near + ", ")
                .orElse("");
        return new DataException("Column is not in the data: column=" + name + ", " + nearest + source + ", columns="
                + shown() + hint(name));
    }

    private String hint(String name) {
        if (available.stream().anyMatch(known -> NO_TEXT.matcher(known).find())) {
            return ". The header is not in UTF-8: save the file so, or name its encoding, as in options: {encoding:"
                    + " ISO-8859-1} in a job file or --option encoding=ISO-8859-1.";
        }
        if (available.stream().anyMatch(known -> known.strip().equals(name))) {
            return ". The header has blanks: options: {ignoreLeadingWhiteSpace: true, ignoreTrailingWhiteSpace: true}"
                    + " in a job file, or the same by --option, drops them.";
        }
        return available.stream()
                        .anyMatch(known ->
                                known.contains(name) && SEPARATED.matcher(known).find())
                ? ". Where a column looks like several, options: {sep: \";\"} in a job file, or --option 'sep=;', names"
                        + " the sign between cells."
                : "";
    }

    private String shown() {
        List<String> named = available.stream().filter(name -> !name.isBlank()).toList();
        return named.size() <= SHOWN
                ? named.toString()
                : named.subList(0, SHOWN) + " and " + (named.size() - SHOWN) + " more";
    }
}
