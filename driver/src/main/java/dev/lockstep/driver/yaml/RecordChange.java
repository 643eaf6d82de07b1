package dev.lockstep.driver.yaml;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Changes records of settings by the names of their components. */
public final class RecordChange {
    private RecordChange() {}

    /** A record that differs from {@code settings} in one component, checked as any other. */
    public static <T extends Record> T change(T settings, String component, Object value) {
        Map<String, Object> changes = new HashMap<>();
        changes.put(component, value);
        @SuppressWarnings("unchecked")
        T changed = (T) Form.of(settings.getClass()).change(settings, Collections.unmodifiableMap(changes));
        return changed;
    }
}
