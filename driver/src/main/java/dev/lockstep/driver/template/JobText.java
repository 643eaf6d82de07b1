package dev.lockstep.driver.template;

import dev.lockstep.driver.yaml.YamlText;
import java.util.Locale;

/** A job file as it is written, line by line, with comments at one margin. Not thread-safe. */
final class JobText {
    private static final int MARGIN = 44;
    private static final int COLUMNS = 120;

    private final StringBuilder text = new StringBuilder();

    JobText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** @param comment goes in front of the line where it is too long to stand behind it */
    JobText line(String line, String comment) {
        String padded = String.format(Locale.ROOT, "%-" + MARGIN + "s # %s", line, comment);
        if (padded.length() <= COLUMNS) {
            return line(padded);
        }
        return comment(line.substring(0, line.length() - line.stripLeading().length()), comment)
                .line(line);
    }

    /** A comment of its own, over as many lines as it takes. */
    JobText comment(String indent, String words) {
        StringBuilder line = new StringBuilder(indent + "#");
        for (String word : words.split(" ")) {
            if (line.length() + 1 + word.length() > COLUMNS && line.length() > indent.length() + 1) {
                line(line.toString());
                line = new StringBuilder(indent + "#");
            }
            line.append(' ').append(word);
        }
        return line(line.toString());
    }

    /** A value as YAML has it. */
    static String yaml(Object value) {
        return YamlText.line(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
