package dev.lockstep.driver.job;

import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.yaml.Nearest;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.CategoryTable;
import dev.lockstep.worker.layer.Input;
import dev.lockstep.worker.layer.Inputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Brings columns to the inputs of a network that name them. */
public final class Wiring {
    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");

    private final Model model;
    private final ExampleForm form;
    private final List<String> categories;

    private Wiring(Model model, ExampleForm form) {
        this.model = model;
        this.form = form;
        this.categories = form.categories().stream().map(Vocabulary::column).toList();
    }

    /**
     * The network of a model's layers.
     *
     * @throws IllegalArgumentException if they do not fit the examples
     */
    public static LayeredNetwork network(Model model, ExampleForm form) {
        boolean plain = form.categories().isEmpty() && model.inputs().isEmpty();
        NetworkSpec spec = plain
                ? new NetworkSpec(model.layers())
                : new NetworkSpec(new Wiring(model, form).inputs(), model.layers());
        return new LayeredNetwork(spec, plain ? form.shape() : spec.inputs().example());
    }

    private Inputs inputs() {
        List<CategoryTable> tables =
                form.categories().stream().map(Wiring::table).toList();
        Set<String> names = new HashSet<>();
        for (CategoryTable table : tables) {
            if (!names.add(table.name())) {
                throw new IllegalArgumentException("Columns must have names that differ in more than dots and quotes:"
                        + " name=" + table.name() + ", columns=" + categories);
            }
        }
        if (model.inputs().isEmpty()) {
            return Inputs.sideBySide(form.shape(), tables);
        }

        List<Input> inputs = model.inputs().entrySet().stream()
                .map(each -> input(each.getKey(), each.getValue()))
                .toList();
        for (int i = 0; i < categories.size(); i++) {
            int place = i;
            if (inputs.stream().noneMatch(input -> input.categories().contains(place))) {
                throw new IllegalArgumentException("Every category must be of an input: category=" + categories.get(i)
                        + ", inputs=" + model.inputs().keySet());
            }
        }
        return new Inputs(form.shape(), tables, inputs, model.meet());
    }

    private static CategoryTable table(Vocabulary vocabulary) {
        // A dot would be another step of the path, and the others end a text in TorchScript.
        String name = vocabulary.column().replaceAll("[.\"\\\\]", "_");
        return new CategoryTable(name, vocabulary.rows(), vocabulary.width(), vocabulary.sparse());
    }

    private Input input(String name, ModelInput input) {
        Set<Integer> numbers = new LinkedHashSet<>();
        Set<Integer> places = new LinkedHashSet<>();
        for (String column : input.of()) {
            if (column.equals(ModelInput.NUMBERS)) {
                numbers.addAll(IntStream.range(0, form.numbers()).boxed().toList());
            } else if (column.equals(ModelInput.CATEGORIES)) {
                places.addAll(IntStream.range(0, categories.size()).boxed().toList());
            } else {
                List<Integer> found = find(column, categories);
                places.addAll(found);
                numbers.addAll(found.isEmpty() ? required(column, name) : List.of());
            }
        }
        if (numbers.isEmpty() && places.isEmpty()) {
            throw new IllegalArgumentException("An input must be of something that examples have: input=" + name
                    + ", of=" + input.of() + ", numbers=" + form.numbers() + ", categories=" + categories);
        }
        return new Input(
                name,
                numbers.stream().sorted().toList(),
                List.copyOf(places),
                input.size() == null ? 0 : input.size(),
                input.layers());
    }

    private List<Integer> required(String column, String input) {
        List<Integer> found = find(column, form.columns());
        if (found.isEmpty() && form.columns().isEmpty() && form.numbers() > 0) {
            throw new IllegalArgumentException("Columns of features are one number each where an input names them, and"
                    + " numbers is all of them: input=" + input + ", of=" + column);
        }
        if (found.isEmpty()) {
            List<String> known = new ArrayList<>(categories);
            known.addAll(form.columns());
            known.addAll(List.of(ModelInput.NUMBERS, ModelInput.CATEGORIES));
            throw new IllegalArgumentException("An input must be of columns that are features or categories: input="
                    + input + ", of=" + column + Nearest.hint(column, known));
        }
        return found;
    }

    /** Places of a name or of a range, none if it is not there. */
    private static List<Integer> find(String name, List<String> columns) {
        if (columns.contains(name)) {
            return List.of(columns.indexOf(name));
        }
        Matcher range = RANGE.matcher(name);
        if (!range.matches()) {
            return List.of();
        }
        int first = columns.indexOf(range.group(1).trim());
        int last = columns.indexOf(range.group(2).trim());
        return first < 0 || last < first
                ? List.of()
                : IntStream.rangeClosed(first, last).boxed().toList();
    }
}
