package dev.lockstep.k8s.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Dockerfile as its stages. Of its syntax, what ours uses. */
public record Dockerfile(List<Stage> stages) {
    /** A line of a stage, such as COPY with its arguments. */
    public record Instruction(String name, String arguments) {}

    /**
     * @param base an image, or an earlier stage
     * @param name empty where it has none
     */
    public record Stage(String base, String name, List<Instruction> instructions) {
        public List<String> all(String instruction) {
            return instructions.stream()
                    .filter(each -> each.name().equals(instruction))
                    .map(Instruction::arguments)
                    .toList();
        }

        /** The arguments of the last one, which is the one that counts. */
        public String last(String instruction) {
            List<String> all = all(instruction);
            return all.get(all.size() - 1);
        }
    }

    public static Dockerfile read(Path file, Map<String, String> arguments) throws IOException {
        String text = Files.readString(file).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        Map<String, String> known = new HashMap<>();
        List<Stage> stages = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            String[] words = line.strip().split("\\s+", 2);
            if (words[0].equals("ARG") && stages.isEmpty()) {
                String[] argument = words[1].split("=", 2);
                known.put(argument[0], arguments.getOrDefault(argument[0], argument[1]));
            } else if (words[0].equals("FROM")) {
                stages.add(stage(substituted(words[1], known)));
            } else {
                stages.get(stages.size() - 1).instructions().add(new Instruction(words[0], words[1]));
            }
        }
        return new Dockerfile(stages);
    }

    private static Stage stage(String from) {
        String[] parts = from.split(" AS ");
        return new Stage(parts[0], parts.length == 1 ? "" : parts[1], new ArrayList<>());
    }

    private static String substituted(String text, Map<String, String> known) {
        String result = text;
        for (Map.Entry<String, String> argument : known.entrySet()) {
            result = result.replace("${" + argument.getKey() + "}", argument.getValue());
        }
        return result;
    }

    /** The stage that becomes the image. */
    public Stage image() {
        return stages.get(stages.size() - 1);
    }

    public Stage named(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
