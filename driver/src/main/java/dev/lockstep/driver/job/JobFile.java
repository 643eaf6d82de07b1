package dev.lockstep.driver.job;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.yaml.Problems;
import dev.lockstep.driver.yaml.Setting;
import dev.lockstep.driver.yaml.Unbinder;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlNode;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.driver.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a job from a file. Whatever is wrong is a {@link JobFileException} with file, line and key, before anything is
 * started.
 */
public final class JobFile {
    private JobFile() {}

    /** @param settings overrides, each as {@code train.workers=4}; a later one counts before an earlier one */
    public static Job read(Path file, List<String> settings) {
        Path folder = file.toAbsolutePath().getParent();
        return parse(file.getFileName().toString(), contents(file), settings, new InputFiles(folder, Path.of("")));
    }

    /** Where a key of a file that has been read stands, or the section that it would be in, for messages. */
    public static String place(Path file, List<String> settings, String key) {
        YamlNode tree = tree(file.getFileName().toString(), contents(file), settings);
        Value nearest = Value.root(tree).nearest(key);
        return nearest.place() + ": " + nearest.path();
    }

    /** A job as a file that is read as an equal one, all defaults written out. */
    public static String text(Job job) {
        return YamlText.of(JobForms.unbinder().components(job));
    }

    /**
     * The sections of a job as {@link #plain} writes them, without the places of its data, where passwords may be.
     * What is not set is left out.
     */
    public static Map<String, Object> settings(Job job) {
        Map<String, Object> sections = new LinkedHashMap<>();
        Map<String, Object> data = new LinkedHashMap<>();
        put(sections, job, Set.of("data"));
        put(data, job.data(), Set.of("train", "validation"));
        Validation validation = job.data().validation();
        if (validation != null && validation.fraction() != null) {
            data.put("validation", plain(validation));
        }
        sections.put("data", data);
        return sections;
    }

    private static void put(Map<String, Object> into, Object settings, Set<String> without) {
        Unbinder.parts(settings).forEach((name, part) -> {
            if (part != null && !without.contains(name)) {
                into.put(name, given(plain(part)));
            }
        });
    }

    /** Without what is null, and a name alone where it has no settings. */
    private static Object given(Object plain) {
        if (plain instanceof List<?> list) {
            return list.stream().map(JobFile::given).toList();
        }
        if (!(plain instanceof Map<?, ?> map)) {
            return plain;
        }
        Map<String, Object> given = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                given.put((String) key, given(value));
            }
        });
        boolean isName =
                given.size() == 1 && Map.of().equals(given.values().iterator().next());
        return isName ? given.keySet().iterator().next() : given;
    }

    /** A part of a job as a file says it, on one line. */
    public static String line(Object part) {
        return YamlText.line(JobForms.unbinder().plain(part));
    }

    /** A part of a job as a file says it, in maps, lists and single values. What no catalogue names is its own text. */
    public static Object plain(Object part) {
        try {
            return JobForms.unbinder().plain(part);
        } catch (IllegalArgumentException e) {
            return part.toString();
        }
    }

    /**
     * A job that a program puts together. Without an output, if none of the parts names one.
     *
     * @param source what errors call the text
     * @param text of a file, or {@code {}}
     * @param defaults for what the text does not say
     * @param changes of what it says
     * @param outputs that a last layer {@code linear} has where nothing says how many
     */
    public static Job of(String source, String text, List<Setting> defaults, List<Setting> changes, int outputs) {
        YamlNode tree = YamlTree.ofFile(source, text);
        for (Setting setting : defaults) {
            tree = setting.isIn(tree) ? tree : setting.in(tree);
        }
        for (Setting setting : changes) {
            tree = setting.in(tree);
        }
        Value root =
                Value.root(LastLayer.of(tree).map(each -> each.outputs(outputs)).orElse(tree));
        Job job = JobForms.binder().bind(root, Job.class);
        return sound(located(job, root, new InputFiles(Path.of(""), Path.of(""))), root);
    }

    static Job parse(String source, String text, List<String> settings, InputFiles files) {
        Value root = Value.root(named(tree(source, text, settings), source));
        return sound(located(JobForms.binder().bind(root, Job.class), root, files), root);
    }

    private static YamlNode tree(String source, String text, List<String> settings) {
        YamlNode tree = YamlTree.ofFile(source, text);
        for (String setting : settings) {
            tree = Setting.of(setting).in(tree);
        }
        return tree;
    }

    /** A job without a name has that of its file, and one without an output is named there. */
    private static YamlNode named(YamlNode tree, String source) {
        if (!(tree instanceof YamlNode.Fields fields)) {
            throw Value.root(tree).problem("must be a section of keys and values");
        }

        YamlNode.Fields named = fields.orElse("name", source.replaceFirst("\\.ya?ml$", ""));
        Value name = Value.root(named).section().require("name");
        return named.orElse("output", "runs/" + name.text());
    }

    private static String contents(Path file) {
        if (Files.notExists(file)) {
            throw new JobFileException("Job file does not exist: file=" + file);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new JobFileException("Job file cannot be read: file=" + file + ", reason=" + Reason.of(e), e);
        }
    }

    /** The job with its files found. */
    private static Job located(Job job, Value root, InputFiles files) {
        Data data = job.data().train(located(job.data().train(), files));
        Validation validation = data.validation();
        if (validation != null && validation.source() != null) {
            data = data.validation(Validation.from(located(validation.source(), files)));
        }

        Model model = job.model();
        Problems problems = new Problems();
        String[] found = new String[2];
        problems.collect(() -> found[0] = located(model.file(), root.nearest("model." + model.fileKey()), files));
        problems.collect(() -> found[1] = located(model.weights(), root.nearest("model.weights"), files));
        problems.throwIfAny();
        return job.data(data).model(model.files(found[0], found[1]));
    }

    private static Source located(Source source, InputFiles files) {
        if (source.format().equals(Source.TABLE)) {
            return source;
        }
        String path = source.isDrawn() ? files.made(source.path()) : files.data(source.path());
        Source located = new Source(path, source.format(), source.options());
        String labels = source.options().get("labels");
        return labels == null || !source.format().equals(Source.IDX)
                ? located
                : located.option("labels", files.data(labels));
    }

    private static String located(String path, Value value, InputFiles files) {
        if (path == null || InputFiles.hasScheme(path)) {
            return path;
        }
        return files.find(path)
                .orElseThrow(() ->
                        value.refused("File does not exist: file=" + path + ", looked in " + files.folders(), null));
    }

    private static Job sound(Job job, Value root) {
        Problems problems = new Problems();
        for (Flaw flaw : Checks.of(job)) {
            problems.collect(() -> {
                throw new JobFileException(root.nearest(flaw.path()).place() + ": " + flaw);
            });
        }
        problems.throwIfAny();
        return job;
    }
}
