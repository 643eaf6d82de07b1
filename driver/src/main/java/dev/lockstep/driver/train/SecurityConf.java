package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.params.link.Security;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * What is done to frames that leave a machine: what the operator says, or else what Spark does to its own.
 *
 * <pre>
 *   spark.lockstep.security                 none, authenticate or encrypt
 *   spark.lockstep.security.allowInsecure   true allows none where Spark's own connections are secured
 * </pre>
 */
final class SecurityConf {
    private static final Logger LOG = System.getLogger(SecurityConf.class.getName());
    private static final String KEY = "spark.lockstep.security";
    private static final String ALLOW = KEY + ".allowInsecure";
    private static final String AUTHENTICATES = "spark.authenticate";
    private static final List<String> ENCRYPTS =
            List.of("spark.network.crypto.enabled", "spark.io.encryption.enabled", "spark.ssl.enabled");

    private SecurityConf() {}

    static Security of(SparkConf conf) {
        Optional<String> reason = reason(conf);
        if (!conf.contains(KEY)) {
            return reason.map(key -> key.equals(AUTHENTICATES) ? Security.AUTHENTICATE : Security.ENCRYPT)
                    .orElse(Security.NONE);
        }

        Security said = parse(conf.get(KEY));
        if (said == Security.NONE && reason.isPresent() && !new ConfValues(conf, KEY).flag(".allowInsecure", false)) {
            throw new ClusterException("Gradients must be as safe as what Spark sends: " + KEY + "=none, "
                    + reason.get() + "=true. Leave " + KEY + " out, or set " + ALLOW + "=true.");
        }
        if (said != Security.NONE && !keepsSecrets(conf)) {
            LOG.log(
                    Level.WARNING,
                    "The key of a job travels through Spark, whose connections can be read: " + KEY + "="
                            + conf.get(KEY) + ", spark.network.crypto.enabled=false. Set spark.authenticate=true and"
                            + " spark.network.crypto.enabled=true.");
        }

        return said;
    }

    /** The setting of Spark's that asks for most. */
    private static Optional<String> reason(SparkConf conf) {
        return ENCRYPTS.stream()
                .filter(key -> conf.getBoolean(key, false))
                .findFirst()
                .or(() -> Optional.of(AUTHENTICATES).filter(key -> conf.getBoolean(key, false)));
    }

    private static boolean keepsSecrets(SparkConf conf) {
        return conf.getBoolean("spark.network.crypto.enabled", false)
                || conf.getBoolean("spark.ssl.rpc.enabled", false)
                || conf.get("spark.master", "").startsWith("local");
    }

    private static Security parse(String name) {
        return Arrays.stream(Security.values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        new ClusterException(KEY + " must be none, authenticate or encrypt: " + KEY + "=" + name));
    }
}
