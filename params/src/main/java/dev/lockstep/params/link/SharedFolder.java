package dev.lockstep.params.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A process's place in the folder that processes of its machine share memory through.
 *
 * @param own the process's own folder there; it is there as long as the process lives, or until somebody notices
 * @param reserved bytes that are to stay free for the links
 */
public record SharedFolder(Path own, long reserved) {
    private static final String JOB = "lockstep-job-";
    private static final Pattern NAME = Pattern.compile(JOB + "\\p{XDigit}+-\\p{XDigit}{8}");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int BOOT_DIGITS = 16;

    /**
     * The folder of one job, which its processes on this machine agree upon. Another kernel has another, even where
     * both see the same file system.
     *
     * @throws IOException if the kernel does not say which it is
     */
    public Path ofJob(int job) throws IOException {
        return own.resolveSibling(JOB + kernel() + "-" + String.format(Locale.ROOT, "%08x", job));
    }

    /** @throws IOException if what is written there is not at once seen by all processes of this machine alone */
    public void requireLocal() throws IOException {
        FileSystems.requireLocal(own);
    }

    /** A random number that the running kernel has drawn at its start. */
    public static String kernel() throws IOException {
        return Files.readString(BOOT).replaceAll("\\P{XDigit}", "").substring(0, BOOT_DIGITS);
    }

    public static boolean isJob(Path folder) {
        return NAME.matcher(folder.getFileName().toString()).matches();
    }
}
