package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the build has made: the distribution, which is a SPARK_HOME as well, and the jar for spark-submit.
 *
 * @param home the distribution
 * @param sparkJar the jar for spark-submit
 */
record Installation(Path home, Path sparkJar) {
    /** What Spark's own scripts give a JVM 17. */
    private static final String SPARK_OPENS =
            "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util "
                    + "java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action "
                    + "sun.util.calendar";

    static Installation built() {
        Installation built = new Installation(
                Path.of(System.getProperty("lockstep.distribution")),
                Path.of(System.getProperty("lockstep.spark.jar")));
        assertTrue(
                Files.exists(built.home.resolve("RELEASE")),
                "The distribution is missing, run ./mvnw verify: " + built);
        assertTrue(Files.exists(built.sparkJar), "The jar is missing, run ./mvnw verify: " + built);
        return built;
    }

    /** The command {@code bin/lockstep}. */
    List<String> lockstep(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/lockstep").toString()));
        Collections.addAll(command, arguments);
        return command;
    }

    /** One of Spark's own programs, as its scripts would start it. */
    List<String> spark(String mainClass, String... jvmOptions) {
        List<String> command = JvmProcess.java("-Xmx512m", JvmProcess.QUICK);
        for (String name : SPARK_OPENS.split(" ")) {
            command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        Collections.addAll(command, jvmOptions);
        Collections.addAll(command, "-cp", home.resolve("jars") + "/*", mainClass);
        return command;
    }

    /** spark-shell, with the jar for spark-submit, which types a script and ends. */
    List<String> shell(String master, Path script) {
        List<String> command = spark(
                "org.apache.spark.deploy.SparkSubmit",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dscala.usejavacp=true",
                "-XX:ReservedCodeCacheSize=128m",
                "-Xmx1g");
        int path = command.indexOf("-cp") + 1;
        command.set(path, command.get(path) + File.pathSeparator + home.resolveSibling("shell") + "/*");
        Collections.addAll(command, "--class", "org.apache.spark.repl.Main", "--master", master);
        Collections.addAll(command, "--conf", "spark.ui.enabled=false", "--jars", sparkJar.toString());
        Collections.addAll(command, "spark-shell", "-I", script.toString());
        return command;
    }

    Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", System.getProperty("lockstep.scala.version"));
    }
}
