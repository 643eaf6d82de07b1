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
 * @param namespace of the process on Linux, so that containers that share a host's name differ; empty elsewhere
 * @param started when the process was, as a process's number may come again
 * @param id of the lease itself
 */
record Owner(String host, String namespace, long process, String started, long thread, String id) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** The thread that calls. */
    static Owner here() {
        ProcessHandle own = ProcessHandle.current();
        return new Owner(
                hostHere(),
                namespaceHere(),
                own.pid(),
                started(own),
                Thread.currentThread().getId(),
                UUID.randomUUID().toString());
    }

    private static String hostHere() {
        // The one way to the machine's name that does not fail where it does not resolve: process@host.
        String named = ManagementFactory.getRuntimeMXBean().getName();
        return named.substring(named.indexOf('@') + 1);
    }

    private static String namespaceHere() {
        try {
            return Files.readSymbolicLink(NAMESPACE).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    boolean isSameHost(Owner other) {
        return host.equals(other.host) && namespace.equals(other.namespace);
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
