package dev.lockstep.driver.job;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.yaml.Binder;
import dev.lockstep.driver.yaml.RecordChange;
import dev.lockstep.driver.yaml.Section;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.driver.yaml.YamlTree;
import dev.lockstep.losses.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code model.yaml}: what is needed, beside the weights, to rebuild a trained network, to feed it and to judge it.
 * Immutable.
 *
 * @param model without weights; the file of a network is named relative to the model's folder
 * @param shape of one example before preprocessing
 * @param label columns of the target, for evaluation
 * @param weight column of what each row counts, for evaluation; null where all count the same
 * @param preprocess with the statistics of the training data
 * @param classes how many there are, 2 where labels of two names are told apart; 0 where the targets are no classes
 * @param encoding how the cells of a table are read: the labels of the classes, and what becomes of gaps
 * @param members how many networks of this kind there are, whose predictions are averaged; 1 for a single one
 * @param reading how other files are read; null as their format has it
 */
public record ModelFile(
        Model model,
        List<Integer> shape,
        Features features,
        List<String> label,
        String weight,
        Preprocess preprocess,
        Loss loss,
        List<Metric> metrics,
        int classes,
        Encoding encoding,
        int members,
        Reading reading) {

    public static final String NAME = "model.yaml";

    private static final String FORMAT_KEY = "format";
    private static final int FORMAT = 1;
    /** What models of version 0.1.0 have for {@code encoding.classes}. */
    private static final String CLASS_NAMES_KEY = "class_names";

    public ModelFile {
        shape = List.copyOf(shape);
        label = List.copyOf(label);
        metrics = List.copyOf(metrics);
        encoding = encoding == null ? Encoding.NONE : encoding;
        if (!shape.equals(ExampleForm.NO_NUMBERS)) {
            ExampleShape.require(shape);
        }
        if (model.weights() != null) {
            throw new IllegalArgumentException("model must be without weights: weights=" + model.weights());
        }
        if (members < 1) {
            throw new IllegalArgumentException("members must be at least 1: members=" + members);
        }
    }

    /** Of a single network, trained on numbers. */
    public ModelFile(
            Model model,
            List<Integer> shape,
            Features features,
            List<String> label,
            Preprocess preprocess,
            Loss loss,
            List<Metric> metrics,
            int classes) {
        this(
                model,
                shape,
                features,
                label,
                /* weight */ null,
                preprocess,
                loss,
                metrics,
                classes,
                Encoding.NONE,
                /* members */ 1,
                /* reading */ null);
    }

    public ModelFile weight(String changed) {
        return RecordChange.change(this, "weight", changed);
    }

    public ModelFile encoding(Encoding changed) {
        return RecordChange.change(this, "encoding", changed);
    }

    /** The same network for columns of other names. */
    public ModelFile features(Features changed) {
        return RecordChange.change(this, "features", changed);
    }

    public ModelFile members(int changed) {
        return RecordChange.change(this, "members", changed);
    }

    public ModelFile reading(Reading changed) {
        return RecordChange.change(this, "reading", changed);
    }

    /** A source as the model reads it: what its options leave open is as in the training data. */
    public Source read(Source source) {
        return reading == null ? source : reading.put(source);
    }

    /** The same with the network's file in another place. */
    public ModelFile network(String file) {
        return RecordChange.change(this, "model", model.files(file, null));
    }

    /** The loss as it is put to the network's outputs for the groups of features. */
    public Loss objective() {
        return loss.ofGroups(features.groups().size());
    }

    /** The same with categories that have their words elsewhere, or have them back. */
    public ModelFile categories(List<Vocabulary> changed) {
        return encoding(encoding.categories(changed));
    }

    /** What the network takes. */
    public ExampleForm form() {
        return ExampleForm.of(shape, features.groups(), preprocess, encoding.categories());
    }

    /** The file's content. */
    public String text() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(FORMAT_KEY, FORMAT);
        content.putAll(
                JobForms.unbinder().with(Preprocess.class, Preprocess::toMap).components(this));
        return YamlText.of(content);
    }

    /**
     * Undoes {@link #text}.
     *
     * @param source what errors call the file
     * @throws JobFileException that says with file and line what is wrong
     */
    public static ModelFile parse(String source, String text) {
        Value root = Value.root(YamlTree.ofFile(source, text));
        Section section = root.section();
        Value format = section.require(FORMAT_KEY);
        if (!format.text().equals(Integer.toString(FORMAT))) {
            throw format.problem("must be " + FORMAT + ", others belong to another version");
        }
        ModelFile file = JobForms.binder()
                .with(Preprocess.class, ModelFile::preprocess)
                .bind(root.without(FORMAT_KEY).without(CLASS_NAMES_KEY), ModelFile.class);
        return section.find(CLASS_NAMES_KEY)
                .map(names -> new ClassNames(JobForms.binder().bindList(names, String.class)))
                .map(names -> file.encoding(Encoding.NONE.classes(names)))
                .orElse(file);
    }

    private static Preprocess preprocess(Value value, Binder binder) {
        return Preprocess.fromMap((Map<?, ?>) plain(value));
    }

    /** As maps, lists and numbers, which is all that fitted statistics consist of. */
    private static Object plain(Value value) {
        if (value.isList()) {
            return value.items().stream().map(ModelFile::plain).toList();
        }
        if (!value.isSection()) {
            return value.number(Double.MAX_VALUE);
        }

        Map<String, Object> map = new LinkedHashMap<>();
        Section section = value.section();
        section.keys().forEach(key -> map.put(key, plain(section.require(key))));
        return map;
    }
}
