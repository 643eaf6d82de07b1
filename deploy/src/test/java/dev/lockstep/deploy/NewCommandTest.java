package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lockstep new} writes is trained as it stands, and learns. */
@Tag("spark")
class NewCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTableWithTextForLabelsBecomesAClassifier() throws IOException {
        Files.copy(Path.of("../examples/iris.csv"), folder.resolve("iris.csv"));
        String job = written("classifier", "iris.csv");

        assertAll(
                () -> assertTrue(job.startsWith("# Made by lockstep new classifier for iris.csv: 150 rows,"), job),
                () -> assertTrue(job.contains("\n  train: {path: iris.csv}\n"), job),
                () -> assertTrue(job.contains("\n  label: species "), job),
                () -> assertTrue(job.contains("# by its name; 3 classes: setosa, versicolor, virginica\n"), job),
                () -> assertTrue(job.contains("\n  features: [sepal_length..petal_width] "), job),
                () -> assertTrue(job.contains("relu, linear: 3]"), job),
                () -> assertFalse(job.contains("class_weight"), job));
        assertTrue(trained().get("accuracy").asDouble() > 0.9, out::toString);
    }

    /** An id, a column that never changes, text with few words, gaps of two kinds; a label far from 0 and 1. */
    @Test
    void aTableOfAllKindsOfColumnsBecomesARegressor() throws IOException {
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder("id;country;size;age;rooms;built;sold;area;note;price\n");
        List<String> kinds = List.of("small", "medium", "large");
        for (int row = 0; row < 600; row++) {
            int kind = random.nextInt(3);
            int rooms = 1 + random.nextInt(6);
            int age = random.nextInt(80);
            int price = 200_000 + 50_000 * kind + 20_000 * rooms - 500 * age;
            rows.append("%d;de;%s;%s;%s;0%d.11.1980;1/0%d/2020;%d,5;note %d;%d%n"
                    .formatted(
                            row,
                            kinds.get(kind),
                            row % 50 == 7 ? "NA" : age,
                            row % 50 == 9 ? "" : rooms,
                            1 + row % 9,
                            1 + row % 9,
                            row % 9,
                            row,
                            price));
        }
        Files.writeString(folder.resolve("houses.csv"), rows);
        String job = written("regressor", "houses.csv");

        assertAll(
                () -> assertTrue(job.contains("options: {sep: \";\", nullValue: NA}"), job),
                () -> assertTrue(job.contains("\n  label: price "), job),
                () -> assertTrue(job.contains("# the last column; mean "), job),
                () -> assertTrue(job.contains("\n  features: [age, rooms, built] "), job),
                () -> assertTrue(job.contains("\n  categories: [size] "), job),
                () -> assertTrue(job.contains("\n  # left out: id numbers the rows\n"), job),
                () -> assertTrue(job.contains("\n  # left out: country is the same in every row\n"), job),
                () -> assertTrue(
                        job.contains("\n  # left out: sold has dates as 1/01/2020: write 2024-12-31 or 31.12.2024\n"),
                        job),
                () -> assertTrue(job.contains("\n  # left out: area has numbers as 0,5: write 1234.5\n"), job),
                () -> assertTrue(job.contains("\n  # left out: note is text with "), job),
                () -> assertTrue(job.contains("# in place of what is not there in age, rooms\n"), job));
        assertTrue(trained().get("r2").asDouble() > 0.9, out::toString);

        assertEquals(0, run("evaluate", at("out/model"), "--data", at("houses.csv")), err::toString);
        assertTrue(out.toString().contains("\nrmse "), "the separator is the training's\n" + out);
    }

    @Test
    void aPairOfIdxFilesBecomesAnImageClassifier() throws IOException {
        assertEquals(0, run("digits", folder.toString(), "--examples", "1200", "--seed", "3"), err::toString);
        String images = out.toString().lines().findFirst().orElseThrow().substring("file:".length());
        String job = written("image", Path.of(images).getFileName().toString()).replace("\n# ", " ");

        assertAll(
                () -> assertTrue(job.contains(": 1200 images, 10 classes: 0, 1, 2, 3, 4, 5 and others. docs/"), job),
                () -> assertTrue(job.contains("\n  shape: [1, 28, 28] "), job));
        assertTrue(trained("train.epochs=6").get("accuracy").asDouble() > 0.8, out::toString);
    }

    @Test
    void columnsMayBeThePixelsOfImages() throws IOException {
        Files.writeString(folder.resolve("small.csv"), pixels(/* columns */ 64));
        Files.createDirectories(folder.resolve("runs/job"));
        Files.createDirectories(folder.resolve("runs/job-2"));
        String job = written("image", "small.csv");
        assertTrue(job.contains("\nname: job-3\n"), job);
        assertTrue(job.endsWith("\noutput: runs/job-3\n"), "nothing is written over\n" + job);
        assertTrue(job.contains("\n  features: [x0..x63] "), job);
        assertTrue(job.contains("\n  shape: [1, 8, 8] "), job);

        Files.writeString(folder.resolve("odd.csv"), pixels(/* columns */ 7));
        assertEquals(2, run("new", "image", "--data", at("odd.csv"), "-o", at("odd.yaml")));
        assertTrue(err.toString().contains("must be the pixels of a square"), err::toString);
        assertFalse(Files.exists(folder.resolve("odd.yaml")));
    }

    private static String pixels(int columns) {
        StringBuilder rows = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            rows.append('x').append(column).append(',');
        }
        rows.append("y\n");
        for (int row = 0; row < 12; row++) {
            for (int column = 0; column < columns; column++) {
                rows.append((row * 7 + column * 5) % 16).append(',');
            }
            rows.append(row % 3).append('\n');
        }
        return rows.toString();
    }

    @Test
    void parquetIsReadWithItsTypes() throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
        spark.range(200)
                .selectExpr("id % 2 = 0 as even", "array(float(id), float(id * id)) as numbers", "map(id, id) as pairs")
                .coalesce(1)
                .write()
                .parquet(at("rows.parquet"));
        String job = written("classifier", "rows.parquet", "--label", "even");
        assertAll(
                () -> assertTrue(job.contains("# as asked for; 2 classes: false, true\n"), job),
                () -> assertTrue(job.contains("\n  features: [numbers] "), job),
                () -> assertTrue(job.contains("left out: pairs is neither numbers nor text"), job));
    }

    @Test
    void saysWhichTemplateWouldFit() throws IOException {
        Files.copy(Path.of("../examples/iris.csv"), folder.resolve("iris.csv"));
        Files.writeString(folder.resolve("there.yaml"), "mine");

        assertEquals(2, run("new", "regressor", "--data", at("iris.csv"), "-o", at("a.yaml")));
        assertTrue(
                err.toString()
                        .contains("Labels of a regressor must be numbers: label=species, type=string. Name another by"
                                + " --label, or take the template classifier."),
                err::toString);
        assertEquals(2, run("new", "classifier", "--data", at("iris.csv"), "--label", "specie", "-o", at("b.yaml")));
        assertTrue(err.toString().contains("Did you mean species?"), err::toString);
        assertEquals(2, run("new", "classifier", "--data", at("iris.csv"), "-o", at("there.yaml")));
        assertTrue(err.toString().contains("The file exists: file="), err::toString);
        assertEquals("mine", Files.readString(folder.resolve("there.yaml")));
        assertEquals(3, run("new", "classifier", "--data", at("nowhere.csv"), "-o", at("c.yaml")));
        assertEquals(2, run("new", "forest", "--data", at("iris.csv")));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    /** The file that is written for data in the folder. */
    private String written(String template, String data, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("new", template, "--data", at(data), "-o", at("job.yaml")));
        arguments.add("--overwrite");
        arguments.addAll(List.of(more));
        assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
        assertEquals("", err.toString());
        // A path that is relative to the file is what somebody writes who works beside it.
        String job = Files.readString(folder.resolve("job.yaml")).replace(folder + "/", "");
        Files.writeString(folder.resolve("job.yaml"), job);
        return job;
    }

    /** What the best epoch of its training measures. */
    private JsonNode trained(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("train", at("job.yaml"), "--set", "output=" + at("out")));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
        JsonNode best = null;
        for (String line : Files.readAllLines(folder.resolve("out/metrics.jsonl"))) {
            JsonNode read = JSON.readTree(line);
            JsonNode measured = read.path("validation");
            boolean better = best == null
                    || measured.path("loss").asDouble() < best.path("loss").asDouble();
            best = read.get("kind").asText().equals("epoch") && better ? measured : best;
        }
        return best;
    }

    private int run(String... arguments) {
        return Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
