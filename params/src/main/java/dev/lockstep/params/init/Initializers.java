package dev.lockstep.params.init;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue: each initialiser under its name in a job file. A new one joins by one line. */
public final class Initializers {
    private static final Map<String, Class<? extends Initializer>> BY_NAME = catalogue();

    private Initializers() {}

    /** In the order of the documentation; not modifiable. */
    public static Map<String, Class<? extends Initializer>> byName() {
        return BY_NAME;
    }

    private static Map<String, Class<? extends Initializer>> catalogue() {
        Map<String, Class<? extends Initializer>> names = new LinkedHashMap<>();
        names.put("uniform", Uniform.class);
        names.put("normal", Normal.class);
        names.put("trunc_normal", TruncNormal.class);
        names.put("xavier_uniform", XavierUniform.class);
        names.put("xavier_normal", XavierNormal.class);
        names.put("kaiming_uniform", KaimingUniform.class);
        names.put("kaiming_normal", KaimingNormal.class);
        names.put("orthogonal", Orthogonal.class);
        names.put("sparse", Sparse.class);
        names.put("constant", Constant.class);
        names.put("zeros", Zeros.class);
        names.put("ones", Ones.class);
        names.put("eye", Eye.class);
        names.put("dirac", Dirac.class);
        return Collections.unmodifiableMap(names);
    }
}
