package org.example.mine;

import dev.lockstep.driver.job.Extension;
import java.util.Map;

/** What a user's jar adds. */
public final class MyExtension implements Extension {
    @Override
    public Map<String, Class<? extends Record>> members() {
        return Map.of(
                "log_cosh", LogCosh.class,
                "sign_sgd", SignSgd.class,
                "scale", Scale.class,
                "halving", Halving.class,
                "alternating", Alternating.class,
                "largest_error", LargestError.class,
                "max_abs", MaxAbs.class);
    }
}
