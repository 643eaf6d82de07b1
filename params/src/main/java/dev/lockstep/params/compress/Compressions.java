package dev.lockstep.params.compress;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of compression by their names in a job file. A new one joins by one line. */
public final class Compressions {
    private Compressions() {}

    public static Map<String, Class<? extends Compression>> byName() {
        Map<String, Class<? extends Compression>> names = new LinkedHashMap<>();
        names.put("none", NoCompression.class);
        names.put("fp16", Fp16.class);
        names.put("bf16", Bf16.class);
        names.put("top_k", TopK.class);
        names.put("threshold", Threshold.class);
        return Collections.unmodifiableMap(names);
    }
}
