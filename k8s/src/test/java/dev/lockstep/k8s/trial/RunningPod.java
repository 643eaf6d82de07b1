package dev.lockstep.k8s.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A pod that the kubelet has started.
 *
 * @param folder has what it prints
 * @param exit its exit code, once it has ended
 */
record RunningPod(String name, String address, Path folder, Process process, CompletableFuture<Integer> exit) {
    /** Asks its first process to end, as a cluster does, and ends it after the time that the pod is given. */
    void terminate(long graceSeconds) {
        // What unshare has made the first of a namespace.
        process.children().forEach(ProcessHandle::destroy);
        var unused = exit.copy().orTimeout(graceSeconds, TimeUnit.SECONDS).whenComplete((code, late) -> {
            if (late != null) {
                kill();
            }
        });
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    String log() {
        try {
            return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    int exitCode(Duration patience) throws Exception {
        return exit.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).get();
    }
}
