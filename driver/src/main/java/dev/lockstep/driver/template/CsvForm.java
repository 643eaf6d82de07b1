package dev.lockstep.driver.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How a csv file is written, told by its first line.
 *
 * @param options that say so to a reader; empty where commas and a header need no mention
 * @param cells of the first line
 */
record CsvForm(Map<String, String> options, List<String> cells) {
    private static final List<String> SEPARATORS = List.of(",", ";", "\t", "|");

    static CsvForm of(SparkSession spark, String path) {
        List<Row> first = spark.read().text(path).takeAsList(1);
        Map<String, String> options = new LinkedHashMap<>();
        String separator = first.isEmpty() ? "," : separator(first.get(0).getString(0));
        if (!separator.equals(",")) {
            options.put("sep", separator);
        }
        List<String> cells = new ArrayList<>();
        for (Row row : spark.read().options(options).csv(path).takeAsList(1)) {
            for (int i = 0; i < row.size(); i++) {
                cells.add(row.isNullAt(i) ? "" : row.getString(i));
            }
        }
        if (cells.stream().anyMatch(CsvForm::isNumber)) {
            options.put("header", "false");
        }
        return new CsvForm(options, cells);
    }

    boolean isHeaded() {
        return !options.containsKey("header");
    }

    private static String separator(String line) {
        String best = SEPARATORS.get(0);
        for (String separator : SEPARATORS) {
            if (count(line, separator) > count(line, best)) {
                best = separator;
            }
        }
        return best;
    }

    private static int count(String line, String separator) {
        return line.length() - line.replace(separator, "").length();
    }

    private static boolean isNumber(String cell) {
        try {
            return Double.isFinite(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
