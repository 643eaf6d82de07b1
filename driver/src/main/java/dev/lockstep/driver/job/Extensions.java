package dev.lockstep.driver.job;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.yaml.Catalogue;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The families of names with what extensions add to them.
 *
 * @param problem why the extensions cannot be used; null where they can
 */
record Extensions(List<Catalogue<?>> families, String problem) {
    /** @param ours the families without extensions */
    static Extensions found(List<Catalogue<?>> ours) {
        try {
            return joined(ours, ServiceLoader.load(Extension.class));
        } catch (ServiceConfigurationError | RuntimeException e) {
            return new Extensions(ours, "Extension cannot be loaded: reason=" + e.getMessage());
        }
    }

    static Extensions joined(List<Catalogue<?>> ours, Iterable<Extension> extensions) {
        List<Catalogue<?>> families = ours;
        for (Extension extension : extensions) {
            for (Map.Entry<String, Class<? extends Record>> member :
                    extension.members().entrySet()) {
                String problem = problem(families, member.getKey(), member.getValue());
                if (problem != null) {
                    String who = extension.getClass().getName();
                    return new Extensions(
                            ours,
                            problem + ": extension=" + who + ", name=" + member.getKey() + ", class="
                                    + member.getValue().getName());
                }
                families = families.stream()
                        .<Catalogue<?>>map(family -> with(family, member))
                        .toList();
            }
        }
        return new Extensions(families, null);
    }

    void requireSound() {
        if (problem != null) {
            throw new JobFileException(problem + ". docs/extending.md says what an extension is");
        }
    }

    private static String problem(List<Catalogue<?>> families, String name, Class<?> member) {
        if (families.stream().noneMatch(family -> family.type().isAssignableFrom(member))) {
            return "Extension adds a class of no family that a job file knows";
        }
        if (!Modifier.isPublic(member.getModifiers())) {
            return "Extension adds a class that is not public";
        }
        boolean taken = families.stream()
                .anyMatch(family -> family.type().isAssignableFrom(member)
                        && family.members().containsKey(name));
        return taken ? "Extension adds a name that is taken" : null;
    }

    private static <T> Catalogue<T> with(Catalogue<T> family, Map.Entry<String, Class<? extends Record>> member) {
        if (!family.type().isAssignableFrom(member.getValue())) {
            return family;
        }
        Map<String, Class<? extends T>> members = new LinkedHashMap<>(family.members());
        members.put(member.getKey(), member.getValue().asSubclass(family.type()));
        return new Catalogue<>(family.type(), family.noun(), members);
    }
}
