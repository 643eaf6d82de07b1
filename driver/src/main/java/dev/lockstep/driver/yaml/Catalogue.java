package dev.lockstep.driver.yaml;

import java.util.Map;
import java.util.Optional;

/**
 * A family of settings that a file chooses from by name.
 *
 * @param type what all members are
 * @param noun what errors call a member, as {@code loss}
 * @param members records by their names in files
 */
public record Catalogue<T>(Class<T> type, String noun, Map<String, Class<? extends T>> members) {
    Class<? extends T> named(Choice choice) {
        Class<? extends T> member = members.get(choice.name());
        if (member == null) {
            throw choice.named().unknown("is not a known " + noun, choice.name(), members.keySet());
        }
        return member;
    }

    Optional<String> nameOf(Class<?> member) {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue() == member)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
