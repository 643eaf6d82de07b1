package dev.lockstep.deploy.doctor;

import com.sun.security.auth.module.UnixSystem;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.JvmOptions;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.stream.Collectors;
import org.apache.spark.SparkBuildInfo;

/** What training needs of the Java virtual machine. */
final class JvmProbes {
    private static final int OLDEST = 17;
    /** From 23 on the JDK refuses what Hadoop 3.3 asks it of a login. The launcher holds to the same. */
    private static final int NEWEST_OF_SPARK_3 = 22;

    private static final int NEWEST = 25;

    private JvmProbes() {}

    static Finding version() {
        return version(Runtime.version(), System.getProperty("java.home"), SparkBuildInfo.spark_version());
    }

    static Finding version(Runtime.Version version, String home, String spark) {
        int newest = spark.startsWith("3.") ? NEWEST_OF_SPARK_3 : NEWEST;
        String found = version + " at " + home;
        return version.feature() >= OLDEST && version.feature() <= newest
                ? Finding.ok("java", found)
                : Finding.fail("java", found, "Set JAVA_HOME to a JDK of " + OLDEST + " to " + newest);
    }

    /** How much memory it may take and how it collects; what is opened to whom has a line of its own. */
    static Finding options() {
        String given = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .collect(Collectors.joining(" "));
        return Finding.ok("java options", given.isEmpty() ? "none of memory or collection" : given);
    }

    static Finding encoding() {
        return encoding(System.getProperty("sun.jnu.encoding"));
    }

    /** @param names what this JVM writes file names in */
    static Finding encoding(String names) {
        boolean holdsAll = Charset.isSupported(names)
                && Charset.forName(names).newEncoder().canEncode("\u00df\u4e2d");
        return holdsAll
                ? Finding.ok("encoding", "file names are " + names)
                : Finding.warn(
                        "encoding",
                        "file names are " + names + ", which has not every letter",
                        "Set LC_ALL=C.UTF-8 where this JVM is started");
    }

    static Finding user() {
        return user(System.getProperty("user.name"), isKnownUser());
    }

    static Finding user(String name, boolean isKnown) {
        return isKnown
                ? Finding.ok("user", name)
                : Finding.warn(
                        "user",
                        name + ", whose id has no entry in passwd",
                        "Executors need one, as local-cluster starts them: add a line for the id to /etc/passwd");
    }

    /** The question that Hadoop asks at its login. */
    private static boolean isKnownUser() {
        return new UnixSystem().getUsername() != null;
    }

    static Finding addOpens() {
        try {
            JvmOptions.require();
            return Finding.ok("add-opens", "Aeron may use the JVM's memory operations");
        } catch (ParamException e) {
            return Finding.fail("add-opens", "java.base is closed to Aeron", e.getMessage());
        }
    }

    static Finding heap() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return heap >= 512
                ? Finding.ok("heap", heap + " MiB")
                : Finding.warn("heap", heap + " MiB", "Give the JVM at least 512 MiB: -Xmx1g");
    }

    static Finding cores() {
        return Finding.ok("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    }
}
