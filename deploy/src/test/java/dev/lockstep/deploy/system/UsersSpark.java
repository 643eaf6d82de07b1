package dev.lockstep.deploy.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder laid out as a Spark that a user has downloaded: jars, and a spark-submit that does what Spark's scripts do:
 * it asks Spark's launcher for the command, and becomes it.
 */
final class UsersSpark {
    private static final String SUBMIT =
            """
            #!/usr/bin/env bash
            set -eu
            export SPARK_SCALA_VERSION=BINARY
            command=()
            # The launcher says what it likes, then a NUL and a line's end, then the words with a NUL behind each.
            while IFS= read -r -d '' word; do
                command+=("$word")
            done < <(java -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
                org.apache.spark.deploy.SparkSubmit "$@")
            command[1]="${command[1]#$'\\n'}"
            exec "${command[@]:1}"
            """;

    private UsersSpark() {}

    /** Returns the SPARK_HOME. */
    static Path in(Path folder, Installation installation) throws IOException {
        Path home = Files.createDirectories(folder.resolve("users spark"));
        Files.createSymbolicLink(home.resolve("jars"), installation.home().resolve("jars"));
        Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
        Files.writeString(submit, SUBMIT.replace("BINARY", System.getProperty("lockstep.scala.version")));
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
