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
 * @param birth of the process, as its number may come again: no change of the machine's clock moves it
 * @param started the same by the clock, for messages
 * @param id of the lease itself
 */
record Owner(String host, String namespace, long process, String birth, String started, long thread, String id) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    /** Of what stands behind the name in /proc/N/stat. */
    private static final int TICKS = 19;

    /** The thread that calls. */
    static Owner here() {
        ProcessHandle own = ProcessHandle.current();
        return new Owner(
                hostHere(),
                namespaceHere(),
                own.pid(),
                birth(own),
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

    /**
     * In ticks since the kernel's start, where it tells them. The time of day is made of them by the clock, and is
     * another one for whoever asks after that was set.
     */
    private static String birth(ProcessHandle process) {
        try {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            // The program's name before it, in brackets, may have blanks and brackets.
            return text.substring(text.lastIndexOf(')') + 2).split(" ")[TICKS];
        } catch (IOException e) {
            return started(process);
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    boolean isSameHost(Owner other) {
        return host.equals(other.host) && namespace.equals(other.namespace);
    }

    boolean isSameThread(Owner other) {
        return isSameHost(other) && process == other.process && birth.equals(other.birth) && thread == other.thread;
    }

    /** Whether its process runs, asked on its own host. */
    boolean isAlive() {
        Optional<ProcessHandle> found = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        return found.isPresent() && birth(found.get()).equals(birth);
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Owner cannot be written: owner=" + this, e);
        }
    }

    /** Empty where somebody has only begun to write, or a build that knew no birth has written. */
    static Optional<Owner> of(byte[] bytes) {
        try {
            Owner read = JSON.readValue(new String(bytes, StandardCharsets.UTF_8), Owner.class);
            return Optional.of(read).filter(owner -> owner.birth != null);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
