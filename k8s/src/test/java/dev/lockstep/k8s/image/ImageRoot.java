package dev.lockstep.k8s.image;

import static dev.lockstep.k8s.image.Shell.quoted;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.k8s.image.Dockerfile.Instruction;
import dev.lockstep.k8s.image.Dockerfile.Stage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The image without a container engine: what the Dockerfile's stages do is done to a folder that lies over this
 * machine's own root, which stands for the base image. Closing removes it.
 *
 * @param folder in memory, as an overlay's parts must not lie in one another
 * @param layer the image's own files
 */
public record ImageRoot(Path folder, Path layer, Stage stage) implements Closeable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String BASE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S*))");

    /** @param dockerfile beside it lies what is copied into the image */
    public static ImageRoot build(Path dockerfile) throws IOException {
        Dockerfile file = Dockerfile.read(dockerfile, Map.of());
        Path folder = Files.createTempDirectory(MEMORY, "lockstep-image-");
        try {
            for (Stage stage : List.of(file.named("distribution"), file.image())) {
                Path layer = Files.createDirectory(layer(folder, stage.name()));
                for (Instruction instruction : stage.instructions()) {
                    apply(
                            instruction,
                            folder,
                            layer,
                            dockerfile.toAbsolutePath().getParent());
                }
            }
            ImageRoot image = new ImageRoot(folder, layer(folder, ""), file.image());
            image.addJava();
            return image;
        } catch (IOException | RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    private static Path layer(Path folder, String stage) {
        return folder.resolve(stage.isEmpty() ? "image" : stage);
    }

    private static void apply(Instruction instruction, Path folder, Path layer, Path context) throws IOException {
        switch (instruction.name()) {
            case "COPY" -> copy(instruction.arguments().split(" "), folder, layer, context);
            case "RUN" -> runIn(folder, layer, instruction.arguments());
            default -> {}
        }
    }

    private static void copy(String[] words, Path folder, Path layer, Path context) throws IOException {
        Path target = layer.resolve(words[words.length - 1].substring(1));
        Files.createDirectories(target.getParent());
        if (words[0].startsWith("--from=")) {
            Path source = layer(folder, words[0].substring("--from=".length())).resolve(words[1].substring(1));
            String unused = Shell.run("cp -al " + quoted(source) + " " + quoted(target));
            return;
        }
        String unused = Shell.run("cp -r " + quoted(context.resolve(words[0])) + " " + quoted(target));
        for (String ignored : Files.readAllLines(context.resolve(".dockerignore"))) {
            if (ignored.startsWith(words[0])) {
                remove(target.resolve(ignored.substring(words[0].length() + 1)));
            }
        }
    }

    private static void runIn(Path folder, Path layer, String command) {
        String script =
                """
                cd %s; mkdir -p root work
                mount --make-rprivate /
                mount -t overlay image -o lowerdir=/,upperdir=%s,workdir=work root
                exec chroot root /bin/sh -c %s
                """;
        String unused = Shell.run("unshare --mount bash -euc "
                + quoted(script.formatted(quoted(folder), quoted(layer), quoted(command))));
    }

    /** The base image has one; here it is this test's own. */
    private void addJava() throws IOException {
        Path link = layer.resolve("opt/java/openjdk");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(System.getProperty("java.home")).toRealPath());
    }

    /** What the image's processes have before a pod's own, with what its base sets. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_HOME", "/opt/java/openjdk");
        environment.put("LANG", "C.UTF-8");
        environment.put("PATH", BASE_PATH);
        for (String line : stage.all("ENV")) {
            Matcher variables = VARIABLE.matcher(line);
            while (variables.find()) {
                String value = variables.group(2) == null ? variables.group(3) : variables.group(2);
                environment.put(variables.group(1), value.replace("$PATH", BASE_PATH));
            }
        }
        return environment;
    }

    public List<String> entrypoint() throws IOException {
        return new ObjectMapper().readValue(stage.last("ENTRYPOINT"), new TypeReference<>() {});
    }

    /** The number of the user that it runs as. */
    public String user() {
        return stage.last("USER").split(":")[0];
    }

    public String workingDirectory() {
        return stage.last("WORKDIR");
    }

    @Override
    public void close() {
        remove(folder);
    }

    private static void remove(Path path) {
        String unused = Shell.run("rm -rf --one-file-system " + quoted(path));
    }
}
