package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.params.link.Security;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to frames, by Lockstep's settings and Spark's. */
class SecurityConfTest {
    private static SparkConf conf(String... pairs) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < pairs.length; i += 2) {
            conf.set(pairs[i], pairs[i + 1]);
        }
        return conf;
    }

    @ParameterizedTest
    @CsvSource({
        "spark.app.name, NONE",
        "spark.authenticate, AUTHENTICATE",
        "spark.network.crypto.enabled, ENCRYPT",
        "spark.io.encryption.enabled, ENCRYPT",
        "spark.ssl.enabled, ENCRYPT"
    })
    void followsSparkWhereNothingIsSaid(String key, Security security) {
        assertEquals(security, SecurityConf.of(conf(key, key.endsWith("name") ? "x" : "true")));
    }

    @Test
    void encryptionWinsOverAuthentication() {
        assertEquals(
                Security.ENCRYPT,
                SecurityConf.of(conf("spark.authenticate", "true", "spark.network.crypto.enabled", "true")));
    }

    @ParameterizedTest
    @CsvSource({"none, NONE", "authenticate, AUTHENTICATE", "encrypt, ENCRYPT"})
    void takesWhatIsSaid(String name, Security security) {
        assertEquals(security, SecurityConf.of(conf("spark.lockstep.security", name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.authenticate",
                "spark.network.crypto.enabled",
                "spark.io.encryption.enabled",
                "spark.ssl.enabled"
            })
    void isNotLessSafeThanSparkUnlessThatIsAllowed(String key) {
        SparkConf conf = conf(key, "true", "spark.lockstep.security", "none");
        String message = assertThrows(ClusterException.class, () -> SecurityConf.of(conf))
                .getMessage();
        assertEquals(
                "Gradients must be as safe as what Spark sends: spark.lockstep.security=none, " + key
                        + "=true. Leave spark.lockstep.security out, or set"
                        + " spark.lockstep.security.allowInsecure=true.",
                message);
        conf.set("spark.lockstep.security.allowInsecure", "true");
        assertEquals(Security.NONE, SecurityConf.of(conf));
    }

    @Test
    void anotherWordIsRefused() {
        String message = assertThrows(
                        ClusterException.class, () -> SecurityConf.of(conf("spark.lockstep.security", "tls")))
                .getMessage();
        assertEquals(
                "spark.lockstep.security must be none, authenticate or encrypt: spark.lockstep.security=tls", message);
    }
}
