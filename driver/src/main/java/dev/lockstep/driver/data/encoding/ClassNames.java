package dev.lockstep.driver.data.encoding;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * The labels that classes have in the data. Immutable.
 *
 * @param names text of each label, in the order of the class numbers
 * @param type of the label's column in the training data, in Spark's words, as {@code string} or {@code int}
 */
public record ClassNames(List<String> names, String type) implements Serializable {
    private static final String TEXT = "string";

    /** Of labels that are class numbers or no classes. */
    public static final ClassNames NONE = new ClassNames(List.of());

    public ClassNames {
        names = List.copyOf(names);
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("names must differ from one another: names=" + names);
        }
    }

    /** Of labels that are text. */
    public ClassNames(List<String> names) {
        this(names, TEXT);
    }

    /**
     * Of the labels that there are: truth values, numbers by size, or text letter by letter.
     *
     * @param texts of which several may be one label, as 1 and 1.0, and infinity none
     * @param column type of what holds them
     */
    public static ClassNames of(Collection<String> texts, DataType column) {
        Collection<String> labels = LabelForm.classes(texts);
        LabelForm form = LabelForm.of(labels);
        Map<String, String> byKey = new HashMap<>();
        labels.forEach(text -> byKey.merge(form.key(text), text, ClassNames::shorter));
        boolean kept = column instanceof NumericType || column instanceof BooleanType;
        return new ClassNames(
                byKey.values().stream().sorted(form.order()).toList(), kept ? column.simpleString() : TEXT);
    }

    private static String shorter(String one, String other) {
        Comparator<String> order = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
        return order.compare(one, other) <= 0 ? one : other;
    }

    /**
     * Whether the names could be meant as class numbers, and are not the classes' own: 0, 1 and 3 of three classes, of
     * which the last is number 2.
     */
    public boolean lookLikeNumbers() {
        boolean whole = names.stream().allMatch(name -> name.matches("\\d{1,9}(\\.0*)?"));
        return whole
                && names.stream().anyMatch(name -> Double.parseDouble(name) == 0)
                && names.stream().anyMatch(name -> Double.parseDouble(name) >= names.size());
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    public int size() {
        return names.size();
    }

    /** Of a class, in the {@link #type} that labels have. */
    public Object label(int number) {
        String name = names.get(number);
        return switch (type) {
            case "boolean" -> Boolean.valueOf(name);
            case "tinyint" -> Byte.valueOf(name);
            case "smallint" -> Short.valueOf(name);
            case "int" -> Integer.valueOf(name);
            case "bigint" -> Long.valueOf(name);
            case "float" -> Float.valueOf(name);
            case "double" -> Double.valueOf(name);
            default -> type.startsWith("decimal") ? new BigDecimal(name) : name;
        };
    }

    /** Of what {@link #label} gives, for a column of such. */
    public DataType dataType() {
        return DataType.fromDDL(type);
    }
}
