package dev.lockstep.deploy.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A folder with a job file and the outputs of its runs by the installed command. */
final class TrainedFolder {
    private final Installation installation = Installation.built();
    private final Path folder;
    private final Path job;

    TrainedFolder(Path folder, String job) throws IOException {
        this.folder = folder;
        this.job = Files.writeString(folder.resolve("job.yaml"), job);
    }

    /** Starts {@code lockstep train} with an output of its own; more arguments as {@code --resume}. */
    JvmProcess train(String output, String... more) {
        List<String> command = new ArrayList<>(installation.lockstep("train", job.toString()));
        Collections.addAll(command, "--set", "output=" + output(output));
        Collections.addAll(command, more);
        return JvmProcess.start(output + more.length, folder.resolve("logs"), Map.of(), command);
    }

    Path output(String output) {
        return folder.resolve(output);
    }

    byte[] weights(String output) throws IOException {
        return Files.readAllBytes(output(output).resolve("model/weights.safetensors"));
    }
}
