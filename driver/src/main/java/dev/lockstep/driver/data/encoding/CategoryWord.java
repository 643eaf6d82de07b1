package dev.lockstep.driver.data.encoding;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What a cell is called as a category, the same whatever format the table has. */
public final class CategoryWord {
    /** Whole numbers as pandas writes them where a column has gaps. */
    private static final Pattern WHOLE = Pattern.compile("^(-?(?:0|[1-9][0-9]*))\\.0+$");

    private CategoryWord() {}

    /** Null for a gap: null, NaN, or text of blanks alone. */
    public static String of(Object cell) {
        if (cell == null) {
            return null;
        }
        if (cell instanceof String text) {
            return text.isBlank()
                    ? null
                    : text.endsWith("0") ? WHOLE.matcher(text).replaceFirst("$1") : text;
        }
        if (cell instanceof Double || cell instanceof Float) {
            double value = ((Number) cell).doubleValue();
            return Double.isNaN(value) ? null : Double.isInfinite(value) ? cell.toString() : plain(cell.toString());
        }
        return cell instanceof BigDecimal ? plain(cell.toString()) : cell.toString();
    }

    private static String plain(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
