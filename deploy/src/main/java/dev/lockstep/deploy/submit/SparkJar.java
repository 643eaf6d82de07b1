package dev.lockstep.deploy.submit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of Spark's central jar tells.
 *
 * @param name as {@code spark-core_2.12-3.5.6.jar}
 */
record SparkJar(String name, String scala, String major) {
    private static final Pattern NAME = Pattern.compile("spark-core_(\\d+\\.\\d+)-(\\d+)\\..*\\.jar");

    static Optional<SparkJar> parse(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? Optional.of(new SparkJar(name, parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** Whether a program that was built with one runs on the other. */
    boolean isLike(SparkJar other) {
        return scala.equals(other.scala) && major.equals(other.major);
    }

    @Override
    public String toString() {
        return name;
    }
}
