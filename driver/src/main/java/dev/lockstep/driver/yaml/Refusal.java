package dev.lockstep.driver.yaml;

import dev.lockstep.driver.JobFileException;
import java.util.Map;

/**
 * Tells the user of a file what a constructor has refused, in the file's words and with the line of the setting it
 * names.
 */
final class Refusal {
    private Refusal() {}

    /** @param written the settings given, by component name */
    static JobFileException of(RuntimeException refused, Value section, Map<String, Value> written) {
        if (refused instanceof NullPointerException) {
            for (Value value : written.values()) {
                if (value.isEmpty()) {
                    return value.problem("must not be empty");
                }
            }
            throw refused;
        }

        String text = refused.getMessage();
        for (Map.Entry<String, Value> setting : written.entrySet()) {
            if (text.startsWith(setting.getKey() + " ")) {
                String rule = inFileWords(text.substring(setting.getKey().length() + 1), written);
                Value value = setting.getValue();
                return new JobFileException(value.place() + ": " + value.path() + " " + rule, refused);
            }
        }
        if (text.startsWith("must ")) {
            return new JobFileException(section.place() + ": " + section.path() + " " + text, refused);
        }
        return section.refused(inFileWords(text, written), refused);
    }

    private static String inFileWords(String text, Map<String, Value> written) {
        String changed = text;
        for (String name : written.keySet()) {
            changed = changed.replaceAll("\\b" + name + "\\b", Names.snake(name));
        }
        return changed;
    }
}
