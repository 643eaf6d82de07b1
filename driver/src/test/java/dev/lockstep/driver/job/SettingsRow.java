package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.Catalogue;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the job file's page says of one member of a family: its settings, required ones in bold, the others with their
 * defaults.
 */
final class SettingsRow {
    /** What all members have is said once, above the table. */
    private static final Set<String> SHARED = Set.of("loss.reduction", "optimizer.maximize");

    private SettingsRow() {}

    static String of(Catalogue<?> family, String name) {
        Class<?> type = family.members().get(name);
        Set<String> required = required(type);
        List<Map<String, Object>> members = FamiliesTest.all(family, name).stream()
                .map(member -> JobForms.unbinder().components(member))
                .toList();
        String settings = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(component -> !SHARED.contains(family.noun() + "." + component))
                .map(component -> required.contains(component)
                        ? "**" + snake(component) + "**"
                        : snake(component) + " " + byDefault(snake(component), required, members))
                .collect(Collectors.joining(", "));
        return "| `" + name + "` | " + (settings.isEmpty() ? "|" : settings + " |");
    }

    /** Where only required settings were given, a default that differs among members follows those. */
    private static String byDefault(String key, Set<String> required, List<Map<String, Object>> members) {
        List<String> values = members.stream()
                .map(member -> shown(member.get(key)))
                .distinct()
                .toList();
        return required.isEmpty() || values.size() == 1 ? values.get(0) : "as " + String.join(", ", required);
    }

    /** The parameters of the shortest constructor of components. */
    private static Set<String> required(Class<?> type) {
        Set<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        return Arrays.stream(type.getConstructors())
                .map(SettingsRow::parameters)
                .filter(components::containsAll)
                .min(Comparator.comparingInt(Set::size))
                .orElseThrow();
    }

    private static Set<String> parameters(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameters())
                .map(Parameter::getName)
                .collect(Collectors.toSet());
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static String shown(Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof Map<?, ?> pair) {
            return shown(pair.values().stream()
                    .filter(each -> !(each instanceof Boolean))
                    .toList());
        }
        if (value instanceof List<?> items) {
            List<String> each =
                    items.stream().map(SettingsRow::shown).distinct().toList();
            return each.size() == 1 ? each.get(0) : each.toString();
        }
        String text = value.toString().toLowerCase(Locale.ROOT);
        return value instanceof Number
                ? text.replace("0.3333333333333333", "1/3").replaceAll("\\.0(?=e|$)", "")
                : text;
    }
}
