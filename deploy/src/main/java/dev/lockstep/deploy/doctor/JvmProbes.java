package dev.lockstep.deploy.doctor;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.JvmOptions;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

    private JvmProbes() {}

    static Finding version() {
        Runtime.Version version = Runtime.version();
        String found = version + " at " + System.getProperty("java.home");
        return version.feature() >= 17
                ? Finding.ok("java", found)
                : Finding.fail("java", found, "Set JAVA_HOME to a JDK of 17 or later");
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
