package dev.lockstep.driver.check;

import java.util.Locale;

/** Writes a picture shape by shape. Positions are pixels, from the upper left. Not thread-safe. */
final class Svg {
    private static final String FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    private final StringBuilder text = new StringBuilder();

    Svg(double width, double height) {
        line(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%s' height='%s' viewBox='0 0 %s %s' font-family=\"%s\""
                        + " font-size='12' fill='%s'>",
                width, height, width, height, FONT, Palette.INK);
        rectangle(0, 0, width, height, "white");
    }

    void rectangle(double x, double y, double width, double height, String colour) {
        line("<rect x='%s' y='%s' width='%s' height='%s' fill='%s'/>", x, y, width, height, colour);
    }

    void segment(double x1, double y1, double x2, double y2, String colour) {
        line("<line x1='%s' y1='%s' x2='%s' y2='%s' stroke='%s'/>", x1, y1, x2, y2, colour);
    }

    /** @param points x and y of each, by commas and blanks */
    void curve(String points, String colour) {
        line("<polyline points='%s' fill='none' stroke='%s' stroke-width='1.5'/>", points, colour);
    }

    /** @param about what a viewer shows for it */
    void disc(double x, double y, double radius, String colour, String about) {
        line(
                "<circle cx='%s' cy='%s' r='%s' fill='%s' stroke='white' stroke-width='1.5'><title>%s</title></circle>",
                x, y, radius, colour, escaped(about));
    }

    /** @param style attributes, as {@code font-weight='bold'}; may be empty */
    void text(double x, double y, String style, String words) {
        line("<text x='%s' y='%s' %s>%s</text>", x, y, style, escaped(words));
    }

    /** Words that rise to their end. */
    void slanted(double x, double y, String words) {
        line("<text transform='translate(%s %s) rotate(-45)' text-anchor='end'>%s</text>", x, y, escaped(words));
    }

    private void line(String format, Object... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i] instanceof Double number ? pixels(number) : arguments[i];
        }
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    static String pixels(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replace(".0", "");
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The whole picture. */
    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
