package dev.lockstep.driver.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who writes to an output: a thread of a process.
 *
 * @param host its name, and on Linux its process namespace, so that containers that share a name differ
 * @param started when the process was, as a process's number may come again
 * @param id of the lease itself
 */
record Owner(String host, long process, String started, long thread, String id) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** The thread that calls. */
    static Owner here() {
        ProcessHandle own = ProcessHandle.current();
        return new Owner(
                hostHere(),
                own.pid(),
                started(own),
                Thread.currentThread().getId(),
                UUID.randomUUID().toString());
    }

    private static String hostHere() {
        // The one way to the machine's name that does not fail where it does not resolve: process@host.
        String named = ManagementFactory.getRuntimeMXBean().getName();
        String host = named.substring(named.indexOf('@') + 1);
        try {
            return host + "/" + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return host;
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    boolean isSameHost(Owner other) {
        return host.equals(other.host);
    }

    boolean isSameThread(Owner other) {
        return isSameHost(other) && process == other.process && started.equals(other.started) && thread == other.thread;
    }

    /** Whether its process runs, asked on its own host. */
    boolean isAlive() {
        Optional<ProcessHandle> found = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        return found.isPresent() && started(found.get()).equals(started);
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Owner cannot be written: owner=" + this, e);
        }
    }

    /** Empty where somebody has only begun to write. */
    static Optional<Owner> of(byte[] bytes) {
        try {
            return Optional.of(JSON.readValue(new String(bytes, StandardCharsets.UTF_8), Owner.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
