package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.worker.LayeredNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page about inputs are networks, and what cannot be one is refused with its line. */
class InputsDocTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("(\\w+?)(\\d+)\\.\\.\\w+?(\\d+)");

    @TempDir
    Path folder;

    private Job job(String yaml) throws Exception {
        Path file = folder.resolve("job.yaml");
        String train = yaml.contains("train:") ? "" : "  train: a.csv\n";
        String data = yaml.contains("data:")
                ? yaml.replace("data:\n", "data:\n" + train + "  label: y\n")
                : "data: {train: a.csv, label: y, features: [age, income], categories: [city, device]}\n" + yaml;
        String optimizer = yaml.contains("optimizer:") ? "" : "optimizer: adam\n";
        Files.writeString(file, data + optimizer + "loss: bce_with_logits\ntrain: {epochs: 1, batch: 2}\n");
        return JobFile.read(file, List.of());
    }

    /** As reading finds it: four categories in each column. */
    private static LayeredNetwork network(Job job) {
        List<String> columns = new ArrayList<>();
        List<String> given =
                job.data().features().groups().stream().flatMap(List::stream).toList();
        given.forEach(name -> columns.addAll(expanded(name)));
        List<Vocabulary> categories = new ArrayList<>();
        job.data().categories().columns().forEach((range, category) -> expanded(range)
                .forEach(name -> categories.add(
                        new Vocabulary(name, category.width(5), category.sparse(), List.of("a", "b", "c", "d")))));
        List<Integer> shape = job.data().shape().isEmpty()
                ? List.of(columns.size())
                : job.data().shape();
        return Wiring.network(job.model(), new ExampleForm(shape, columns, categories));
    }

    private static List<String> expanded(String name) {
        var range = NAME.matcher(name);
        return range.matches()
                ? IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                        .mapToObj(i -> range.group(1) + i)
                        .toList()
                : List.of(name);
    }

    private static List<String> names(LayeredNetwork network) {
        return network.parameters().stream()
                .map(init -> init.parameter().name() + " " + init.parameter().shape())
                .toList();
    }

    @Test
    void thePagesExamplesAreNetworks() throws Exception {
        List<String> blocks = YAML.matcher(DocPage.of("docs/inputs.md").text())
                .results()
                .map(found -> found.group(1))
                .toList();
        List<List<Integer>> outputs = new ArrayList<>();
        List<Integer> parameters = new ArrayList<>();
        for (String block : blocks) {
            LayeredNetwork network = network(job(block));
            outputs.add(network.outputShape());
            parameters.add(network.parameters().size());
        }
        assertEquals(List.of(List.of(2), List.of(1), List.of(1), List.of(1), List.of(1), List.of(10)), outputs);
        assertEquals(List.of(6, 8, 34, 10, 2, 7), parameters);
    }

    @Test
    void parametersAreNamedByColumnsAndInputs() throws Exception {
        assertEquals(
                List.of(
                        "embeddings.ci_ty.weight [5, 3]",
                        "inputs.wide.embeddings.ci_ty.weight [5, 1]",
                        "inputs.deep.0.weight [1, 4]",
                        "inputs.deep.0.bias [1]"),
                names(
                        network(
                                job(
                                        """
                        data:
                          features: [age, income]
                          categories: {ci.ty: 3}
                        model:
                          inputs:
                            wide: {of: ci.ty, size: 1}
                            deep: {of: [income, ci.ty], layers: [linear: 1]}
                          meet: sum
                        """))));
    }

    private void assertRefused(String text, String yaml) {
        String message = assertThrows(JobFileException.class, () -> job(yaml)).getMessage();
        assertTrue(message.contains(text), message);
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsStarted() {
        String data = "data:\n  features: [age, income]\n  categories: {city: 4, device: 2}\n";
        assertRefused(
                "job.yaml:6: model does not fit: An input must be of columns that are features or categories:"
                        + " input=deep, of=incom. Did you mean income?",
                data + "model: {inputs: {deep: {of: [city, device, incom]}}}\n");
        assertRefused(
                "Every category must be of an input: category=device, inputs=[deep]",
                data + "model: {inputs: {deep: {of: [city, income], layers: [linear: 1]}}}\n");
        assertRefused(
                "What meets by sum must be of one width: vectors=[city of 4, device of 2]",
                data + "model: {inputs: {wide: {of: categories}}, meet: sum}\n");
        assertRefused("model.meet is for several inputs", data + "model: {layers: [linear: 1], meet: sum}\n");
        assertRefused(
                "model.inputs must stand before layers, as a file of a network has its own",
                data + "model: {torchscript: net.pt, inputs: {deep: {of: numbers}}}\n");
        assertRefused("model.inputs.deep.size must be", data + "model: {inputs: {deep: {size: 0}}}\n");
        assertRefused(
                "data.categories.city must be above 0: size=0",
                data.replace("city: 4", "city: 0") + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "data.categories.income is a feature already: column=income",
                data.replace("city: 4", "income: 4") + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "data.categories.y is a label already: column=y",
                data.replace("city: 4", "y: 4") + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "data.categories must name each column once: column=city",
                data.replace("{city: 4, device: 2}", "[city, city]") + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "data.features must not be none without categories",
                "data:\n  features: none\nmodel: {layers: [linear: 1]}\n");
        assertRefused(
                "data.preprocess is for numbers, and there are none",
                data.replace("[age, income]", "none\n  preprocess: [standardize]") + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "data.categories stand behind one group of features: groups=2",
                data.replace("[age, income]", "[[age], [income]]") + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "data.categories are columns, and the format has none: format=random",
                data.replace("data:\n", "data:\n  train: {format: random, options: {examples: 9}}\n")
                        + "model: {layers: [linear: 1]}\n");
        assertRefused(
                "Adam does not support sparse gradients, consider SparseAdam: parameter=embeddings.city.weight",
                data.replace("city: 4", "city: {size: 4, sparse: true}") + "model: {layers: [linear: 1]}\n");
    }
}
