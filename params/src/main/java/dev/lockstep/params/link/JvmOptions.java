package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What Aeron needs of the JVM that it runs in. */
public final class JvmOptions {
    private static final List<String> PACKAGES = List.of("jdk.internal.misc", "sun.nio.ch");

    private JvmOptions() {}

    /** The options in full, as a command line takes them. */
    public static List<String> required() {
        return PACKAGES.stream().map(JvmOptions::option).toList();
    }

    /** Throws unless this JVM was started with them; the message prints what is missing. */
    public static void require() {
        List<String> missing = new ArrayList<>();
        for (String name : PACKAGES) {
            if (!Object.class.getModule().isOpen(name, JvmOptions.class.getModule())) {
                missing.add(option(name));
            }
        }

        requireNone(missing);
    }

    public static void requireNone(List<String> missing) {
        if (!missing.isEmpty()) {
            String options = String.join(" ", missing);
            throw new ParamException(
                    Outcome.REFUSED,
                    "JVM was started without options that Aeron needs: missing=" + options
                            + ". Add them to the java command, or to Spark: "
                            + "--conf \"spark.driver.extraJavaOptions=" + options
                            + "\" --conf \"spark.executor.extraJavaOptions=" + options + "\"");
        }
    }

    private static String option(String name) {
        return "--add-opens=java.base/" + name + "=ALL-UNNAMED";
    }
}
