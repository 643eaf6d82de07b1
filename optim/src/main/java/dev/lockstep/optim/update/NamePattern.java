package dev.lockstep.optim.update;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Which parameters are meant: a name in which {@code *} stands for any characters, also none and also dots, and
 * {@code ?} for one. {@code *.bias} means all biases, {@code 0.*} all of the first layer.
 */
public record NamePattern(String text) implements Serializable {
    public NamePattern {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A name pattern must not be empty: pattern=\"\"");
        }
    }

    public boolean matches(String name) {
        StringBuilder expression = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '*' -> expression.append(".*");
                case '?' -> expression.append('.');
                default -> expression.append(Pattern.quote(String.valueOf(c)));
            }
        }

        return Pattern.matches(expression.toString(), name);
    }

    @Override
    public String toString() {
        return text;
    }
}
