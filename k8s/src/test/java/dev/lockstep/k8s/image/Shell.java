package dev.lockstep.k8s.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of this machine, as root. */
public final class Shell {
    private static final long SECONDS = 120;

    private Shell() {}

    /** Runs a script of bash, which ends at the first command that fails, and returns what it prints. */
    public static String run(String script) {
        try {
            Process process = new ProcessBuilder(List.of("bash", "-euo", "pipefail", "-c", script))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("Command failed: script=" + script + "\n" + printed);
            }
            return printed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A word as bash takes it. */
    public static String quoted(Object word) {
        return "'" + word.toString().replace("'", "'\\''") + "'";
    }

    /**
     * Whether pods can be made here: by root, whom the kernel lets have namespaces and overlays, with memory for the
     * image.
     */
    public static boolean makesNamespaces() {
        try {
            String unused = run(
                    """
                    [ "$(id -u)" = 0 ]
                    [ "$(df --output=avail -m /dev/shm | tail -n 1)" -gt 700 ]
                    folder="$(mktemp -d)"
                    trap 'rmdir "$folder"' EXIT
                    unshare --mount --net --uts --ipc --pid --fork bash -euc '
                        mount --make-rprivate /
                        mount -t tmpfs t "$0"
                        cd "$0"
                        mkdir u w r
                        mount -t overlay o -o lowerdir=/,upperdir=u,workdir=w r
                        ip link show lo' "$folder"
                    """);
            return true;
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        }
    }
}
