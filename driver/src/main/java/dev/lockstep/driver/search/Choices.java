package dev.lockstep.driver.search;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A key and the values that it may take, each as a job file writes it. Written {@code KEY=V1,V2,...}; a comma within
 * brackets is part of a value.
 */
record Choices(String key, List<String> values) implements Axis {
    Choices {
        values = List.copyOf(values);
    }

    static Choices of(String argument) {
        int equals = argument.indexOf('=');
        List<String> values = equals < 1 ? List.of() : split(argument.substring(equals + 1));
        if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw new JobFileException("An axis must have the form KEY=VALUE,VALUE,...: axis=" + argument);
        }
        return new Choices(argument.substring(0, equals), values);
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                values.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        values.add(text.substring(start).strip());
        return values;
    }

    @Override
    public String draw(RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }
}
