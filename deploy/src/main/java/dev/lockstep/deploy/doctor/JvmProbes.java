package dev.lockstep.deploy.doctor;

import com.sun.security.auth.module.UnixSystem;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.JvmOptions;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkBuildInfo;

/** What training needs of the Java virtual machine. */
final class JvmProbes {
    /** One class of each library that breaks when two versions of it meet. */
    private static final List<String> SENSITIVE = List.of(
            "io.aeron.Aeron",
            "org.agrona.DirectBuffer",
            "org.bytedeco.javacpp.Loader",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.yaml.snakeyaml.Yaml",
            "org.slf4j.LoggerFactory",
            "picocli.CommandLine");

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

    static Finding classPath() throws IOException {
        List<String> clashes = new ArrayList<>();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (String name : SENSITIVE) {
            List<URL> places = Collections.list(loader.getResources(name.replace('.', '/') + ".class"));
            if (places.size() > 1) {
                clashes.add(name + " in " + places);
            }
        }

        return clashes.isEmpty()
                ? Finding.ok("class path", "no library is there twice")
                : Finding.warn("class path", String.join("; ", clashes), "Take all but one of them off the class path");
    }
}
