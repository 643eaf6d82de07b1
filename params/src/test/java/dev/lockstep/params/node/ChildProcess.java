package dev.lockstep.params.node;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.secure.JobKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A second JVM that takes part in a job as one worker. */
final class ChildProcess {
    /** What the child is to do. */
    record Task(
            TransportSettings transport,
            ClusterSettings settings,
            JobKey key,
            Address coordinator,
            int worker,
            int segments)
            implements Serializable {}

    private ChildProcess() {}

    /** Starts a JVM with this one's options and class path; its output goes to a file. */
    static Process start(Task task, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ChildProcess.class.getName(), encode(task)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Task task = decode(args[0]);
        Trainee trainee = new Trainee(task.worker());
        try (Node node = Node.open(task.transport())) {
            node.admit(task.settings().job(), task.key());
            for (int segment = 0; segment < task.segments(); segment++) {
                trainee.run(node, task.settings(), task.coordinator());
            }
        }

        System.out.println("digest=" + trainee.digest());
    }

    private static String encode(Task task) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(task);
        }

        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Task decode(String text) throws IOException, ClassNotFoundException {
        byte[] bytes = Base64.getDecoder().decode(text);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Task) in.readObject();
        }
    }
}
