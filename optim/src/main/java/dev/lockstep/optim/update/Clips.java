package dev.lockstep.optim.update;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of clipping by their names in a job file. A new one joins by one line. */
public final class Clips {
    private Clips() {}

    public static Map<String, Class<? extends Clip>> byName() {
        Map<String, Class<? extends Clip>> names = new LinkedHashMap<>();
        names.put("none", NoClip.class);
        names.put("norm", ClipNorm.class);
        names.put("tensor_norm", ClipTensorNorm.class);
        names.put("value", ClipValue.class);
        return Collections.unmodifiableMap(names);
    }
}
