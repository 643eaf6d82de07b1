package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.preprocess.Standardize;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Categories;
import dev.lockstep.driver.job.Category;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of categories become whole numbers behind the features, as the training rows have them. */
@Tag("spark")
class CategoriesTest {
    private static final String TABLE =
            """
            city,age,device,label
            Rome,10,phone,0
            Oslo,20,,1
            Rome,30,tablet,0
            Lima,40,phone,1
            Oslo,50,phone,0
            Rome,60,tablet,1
            """;

    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();

    private Source csv(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return new Source(folder.resolve(name).toString());
    }

    private Data table(String text) throws IOException {
        return new Data(csv("table.csv", text))
                .features("age")
                .categories("city", "device")
                .label("label")
                .shuffle(false);
    }

    private TrainingData load(Data data) {
        return TrainingData.load(spark, data, TargetSpec.classes(2), new DealSettings(2, 4, /* seed */ 3));
    }

    private static List<String> words(TrainingData data, int column) {
        return data.encoding().categories().get(column).words();
    }

    @Test
    void wordsAreNumberedByHowOftenTheyAreThenByLetters() throws IOException {
        TrainingData data = load(table(TABLE));
        assertEquals(List.of("Rome", "Oslo", "Lima"), words(data, 0));
        assertEquals(List.of("phone", "tablet"), words(data, 1));
        assertEquals(
                List.of(
                        List.of(10f, 1f, 1f, 0f),
                        List.of(20f, 2f, 0f, 1f),
                        List.of(30f, 1f, 2f, 0f),
                        List.of(40f, 3f, 1f, 1f),
                        List.of(50f, 2f, 1f, 0f),
                        List.of(60f, 1f, 2f, 1f)),
                Loaded.rows(data.training()));
        assertEquals(List.of(3), data.form().example());
    }

    @Test
    void tooManyNumbersForAllOfThemAreRefused() throws IOException {
        Categories wide = new Categories(Map.of("city", new Category().size(200_000_000)));
        String said = assertThrows(DataException.class, () -> load(table(TABLE).categories(wide)))
                .getMessage();
        assertTrue(
                said.startsWith("Categories make a network of too many parameters: column=city, categories=4,"
                        + " size=200000000, limit=536000000. "),
                said);
    }

    @Test
    void preprocessingPassesOverThem() throws IOException {
        TrainingData data = load(table(TABLE).preprocess(new Standardize()));
        float low = (float) (-25 / Math.sqrt(1750 / 6.0));
        assertEquals(List.of(low, 1f, 1f, 0f), Loaded.row(data.training(), 0));
        assertEquals(List.of(1), data.shape());
    }

    @Test
    void onlyTheTrainingRowsTellWhichThereAre() throws IOException {
        String text = "age,user,label\n"
                + IntStream.range(0, 100)
                        .mapToObj(i -> i + ",user-" + i + "," + i % 2 + "\n")
                        .collect(Collectors.joining());
        Data data = new Data(csv("users.csv", text))
                .features("age")
                .categories("user")
                .label("label")
                .validation(Validation.fraction(0.2));
        TrainingData loaded = load(data);
        assertEquals(80, words(loaded, 0).size());
        Loaded.rows(loaded.training())
                .forEach(row -> assertEquals(
                        "user-" + row.get(0).intValue(),
                        words(loaded, 0).get(row.get(1).intValue() - 1)));
        List<List<Float>> held = Loaded.rows(loaded.validation().orElseThrow());
        assertEquals(20, held.size());
        held.forEach(row -> assertEquals(0f, row.get(1), "user of row " + row));
    }

    @Test
    void otherValidationDataAreReadByTheSameWords() throws IOException {
        Source other = csv("other.csv", "device,label,city,age\nphone,0,Oslo,1\ntelevision,1,,2\n");
        TrainingData data = load(table(TABLE).validation(Validation.from(other)));
        assertEquals(
                List.of(List.of(1f, 2f, 1f, 0f), List.of(2f, 0f, 0f, 1f)),
                Loaded.rows(data.validation().orElseThrow()));
    }

    @Test
    void rareWordsAreUnknown() throws IOException {
        Categories twice =
                Categories.NONE.and("city", new Category().minCount(2).size(5)).and("device", new Category());
        TrainingData data = load(table(TABLE).categories(twice));
        assertEquals(
                new Vocabulary("city", 5, false, List.of("Rome", "Oslo")),
                data.encoding().categories().get(0));
        assertEquals(0f, Loaded.row(data.training(), 3).get(1));
    }

    @Test
    void vectorsAreAsWideAsSuitsTheNumberOfCategories() {
        assertEquals(
                List.of(2, 3, 6, 21, 600),
                IntStream.of(2, 3, 10, 100, 1_000_000)
                        .mapToObj(new Category()::width)
                        .toList());
        assertEquals(7, new Category().size(7).width(100));
    }

    @Test
    void howTheSourceIsCutChangesNothing() throws IOException {
        StringBuilder text = new StringBuilder("city,age,device,label\n");
        for (int i = 0; i < 3000; i++) {
            text.append("c%d,%d,%s,%d%n".formatted(i * i % 97, i, i % 5 == 0 ? "" : "d" + i % 3, i % 2));
        }
        TrainingData whole = load(table(text.toString()));
        spark.conf().set("spark.sql.files.maxPartitionBytes", 4096);
        TrainingData cut;
        try {
            cut = load(table(text.toString()));
        } finally {
            spark.conf().unset("spark.sql.files.maxPartitionBytes");
        }
        assertEquals(whole.encoding(), cut.encoding());
        assertEquals(whole.fingerprint(), cut.fingerprint());
        assertEquals(Loaded.rows(whole.training()), Loaded.rows(cut.training()));
        assertNotEquals(
                whole.fingerprint(),
                load(table(text.toString().replace("c96,", "c96x,"))).fingerprint());
    }

    @Test
    void aColumnOfNumbersHasTheWordsOfItsText() throws IOException {
        Source csv = csv("codes.csv", "code,big,label\n1,10.50,0\n2.0,x,1\n1.0,10.5,0\n,007,1\n");
        TrainingData text = load(
                new Data(csv).features(Features.NONE).categories("code", "big").label("label"));
        assertEquals(List.of("1", "2"), words(text, 0));
        assertEquals(List.of("007", "10.5", "10.50", "x"), words(text, 1));
        assertEquals(List.of(0), text.rawShape());
        assertEquals(List.of(2), text.form().example());

        String table = folder.resolve("codes.parquet").toString();
        spark.sql("select * from values (1.0D, true, date'2024-02-29', 0), (2.0D, false, null, 1),"
                        + " (double('NaN'), null, date'2024-02-29', 0) as t(code, truth, day, label)")
                .coalesce(1)
                .write()
                .parquet(table);
        TrainingData typed = load(
                new Data(new Source(table)).categories("code", "truth", "day").label("label"));
        assertEquals(List.of("1", "2"), words(typed, 0));
        assertEquals(List.of("false", "true"), words(typed, 1));
        assertEquals(List.of("2024-02-29"), words(typed, 2));
        assertEquals(List.of(List.of()), typed.features());
    }

    @Test
    void columnsThatCannotBeCategoriesAreRefused() throws IOException {
        assertRefused(
                "Column must be a category or a feature: columns=[city]",
                table(TABLE).features("city..age"));
        assertRefused(
                "Column of categories must be named once: column=city",
                table(TABLE).categories("city..age", "city"));
        assertRefused("Column is not in the data: column=town", table(TABLE).categories("town"));
        String table = folder.resolve("arrays.parquet").toString();
        spark.sql("select array(1, 2) as a, 3 as b, 0 as label").write().parquet(table);
        assertRefused(
                "Column of categories must hold one value in each row: column=a",
                new Data(new Source(table)).features("b").categories("a").label("label"));
    }

    private void assertRefused(String text, Data data) {
        String message = assertThrows(DataException.class, () -> load(data)).getMessage();
        assertTrue(message.startsWith(text), message);
    }
}
