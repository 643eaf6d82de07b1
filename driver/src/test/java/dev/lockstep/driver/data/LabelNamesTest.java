package dev.lockstep.driver.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of any type become classes that keep their names. */
@Tag("spark")
class LabelNamesTest {
    @TempDir
    Path folder;

    @Test
    void textsAreClassesInTheirOrder() throws IOException {
        write("b.csv", "x,y\n1,virginica\n2,setosa\n");
        write("a.csv", "x,y\n3,versicolor\n4,setosa\n");
        TrainingData data = load(TargetSpec.classes(3));
        assertEquals(new ClassNames(List.of("setosa", "versicolor", "virginica")), classes(data));
        assertEquals(List.of(1f, 0f, 2f, 0f), labels(data));
        assertEquals(3, data.classes());
    }

    @Test
    void numbersThatAreNoClassNumbersAreClassesBySize() throws IOException {
        write("a.csv", "x,y\n1,10\n2,-1\n3,9.0\n4,9\n5,10\n");
        TrainingData data = load(TargetSpec.classes(3));
        assertEquals(new ClassNames(List.of("-1", "9", "10")), classes(data));
        assertEquals(List.of(2f, 0f, 1f, 1f, 2f), labels(data));
    }

    @Test
    void wholeNumbersAmongTextsAreOneLabelHoweverTheyAreWritten() throws IOException {
        write("a.csv", "x,y\n1,1.0\n2,none\n3,1\n4,007\n");
        TrainingData data = load(TargetSpec.classes(3));
        assertEquals(new ClassNames(List.of("007", "1", "none")), classes(data));
        assertEquals(List.of(1f, 2f, 1f, 0f), labels(data));
    }

    @Test
    void infinityIsNoClassBesideNumbers() throws IOException {
        write("a.csv", "x,y\n1,10\n2,20\n3,-inf\n4,Infinity\n");
        String message = refusal(TargetSpec.classes(4));
        assertTrue(message.startsWith("Value must be finite: file="), message);
        assertTrue(message.endsWith("row=3, column=y, value=-inf"), message);
        write("a.csv", "x,y\n1,inf\n2,sup\n");
        assertEquals(new ClassNames(List.of("inf", "sup")), classes(load(TargetSpec.classes(2))));
    }

    @Test
    void numbersFrom1AreClassesOfANetworkThatHasNoMore() throws IOException {
        write("a.csv", "x,y\n1,1\n2,2\n3,3\n");
        assertEquals(List.of(0f, 1f, 2f), labels(load(TargetSpec.classes(3))));
        assertEquals(List.of(1f, 2f, 3f), labels(load(TargetSpec.classes(4))));
    }

    @Test
    void classNumbersStayWhatTheyAre() throws IOException {
        write("a.csv", "x,y\n1,2\n2,0\n3,2\n");
        TrainingData data = load(TargetSpec.classes(3));
        assertEquals(List.of(2f, 0f, 2f), labels(data));
        assertEquals(ClassNames.NONE, classes(data));
    }

    @Test
    void theTypeOfTheColumnIsKept() {
        Dataset<Row> table = LocalSpark.session().range(0, 6, 1, 1).toDF("x");
        save(table.withColumn("y", expr("cast(10 * (x % 3) - 10 as int)")), "int");
        save(table.withColumn("y", expr("x % 2 = 1")), "truth");
        save(table.withColumn("y", expr("cast(x % 2 as decimal(3, 2)) + 0.25")), "decimal");
        save(table.withColumn("y", expr("date_add(date'2024-02-28', cast(x % 2 as int))")), "date");

        assertEquals(new ClassNames(List.of("-10", "0", "10"), "int"), classes(load("int", TargetSpec.classes(3))));
        assertEquals(
                new ClassNames(List.of("false", "true"), "boolean"), classes(load("truth", TargetSpec.classes(2))));
        assertEquals(
                new ClassNames(List.of("0.25", "1.25"), "decimal(4,2)"),
                classes(load("decimal", TargetSpec.classes(2))));
        assertEquals(new ClassNames(List.of("2024-02-28", "2024-02-29")), classes(load("date", TargetSpec.classes(2))));
    }

    @Test
    void ofTwoNamesTheSecondIsYesOr1() throws IOException {
        write("a.csv", "x,y\n1,yes\n2,no\n");
        assertEquals(List.of(1f, 0f), labels(load(TargetSpec.fractions())));
        assertEquals(List.of(1f, -1f), labels(load(TargetSpec.signs())));
        write("a.csv", "x,y\n1,1\n2,0\n");
        assertEquals(List.of(1f, -1f), labels(load(TargetSpec.signs())));
        write("a.csv", "x,y\n1,-1\n2,1\n");
        assertEquals(List.of(0f, 1f), labels(load(TargetSpec.fractions())));
    }

    @Test
    void labelsThatCannotBeClassesAreRefused() throws IOException {
        write("a.csv", "x,y\n1,b\n2,a\n3,d\n4,c\n");
        String message = refusal(TargetSpec.classes(3));
        assertTrue(
                message.startsWith("Labels must have at most as many values as the network has classes, 3: path="),
                message);
        assertTrue(message.endsWith(", column=y, labels=[a, b, c, d]"), message);
        message = refusal(TargetSpec.fractions());
        assertTrue(message.startsWith("Labels that are no numbers must have two values: path="), message);
        write("a.csv", "x,y\n1,2\n2,0.5\n3,0.25\n");
        message = refusal(TargetSpec.fractions());
        assertTrue(
                message.startsWith("Label must be from 0 to 1: file=") && message.endsWith("row=1, column=y, value=2"),
                message);
        write("a.csv", "x,y\n1,b\n2,\n");
        message = refusal(TargetSpec.classes(3));
        assertTrue(message.startsWith("Value must not be empty: file="), message);
        assertTrue(message.endsWith("row=2, column=y, value=null"), message);
    }

    @Test
    void aLabelOfOtherDataThatTrainingHadNotIsRefusedByItsName() throws IOException {
        write("a.csv", "x,y\n1,yes\n2,no\n");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("v.csv"), "y,more,x\nno,0,1\nperhaps,0,2\n");
        Data data = csv().validation(Validation.from(new Source(other.toString(), "csv", Map.of())));
        String message = assertThrows(DataException.class, () -> load(data, TargetSpec.classes(2)))
                .getMessage();
        assertTrue(
                message.startsWith("Label must be one of those that the model was trained on: file=")
                        && message.endsWith("row=2, column=y, value=perhaps. They are no, yes"),
                message);
        Files.writeString(other.resolve("v.csv"), "y,more,x\nno,0,1\nyes,0,2\n");
        assertEquals(
                List.of(List.of(1f, 0f), List.of(2f, 1f)),
                Loaded.rows(load(data, TargetSpec.classes(2)).validation().orElseThrow()));
    }

    @Test
    void theNumberOfAnIgnoredClassStays() throws IOException {
        write("a.csv", "x,y\n1,10\n2,-100\n3,20\n");
        assertEquals(
                List.of(0f, -100f, 1f), labels(load(new TargetSpec(TargetSpec.Kind.CLASSES, /* classes */ 2, -100))));
    }

    @Test
    void thatManyLabelsAreRareIsNoError() {
        Dataset<Row> table =
                LocalSpark.session().range(0, 20_000, 1, 2).select(col("id").as("x"));
        save(table.withColumn("y", expr("concat('u', x)")), "ids");
        String message = assertThrows(DataException.class, () -> load("ids", TargetSpec.classes(0)))
                .getMessage();
        assertTrue(message.startsWith("Labels that are no numbers must have at most 10000 values: path="), message);
        assertTrue(message.endsWith(" and more"), message);
    }

    private String refusal(TargetSpec targets) {
        return assertThrows(DataException.class, () -> load(targets)).getMessage();
    }

    private static ClassNames classes(TrainingData data) {
        return data.encoding().classes();
    }

    private static List<Float> labels(TrainingData data) {
        return Loaded.rows(data.training()).stream().map(row -> row.get(1)).toList();
    }

    private Data csv() {
        return new Data(new Source(folder + "/*.csv", "csv", Map.of()))
                .features("x")
                .label("y")
                .shuffle(false);
    }

    private TrainingData load(TargetSpec targets) {
        return load(csv(), targets);
    }

    private TrainingData load(String name, TargetSpec targets) {
        Source source = new Source(folder.resolve(name).toString(), "parquet", Map.of());
        return load(new Data(source).features("x").label("y").shuffle(false), targets);
    }

    private static TrainingData load(Data data, TargetSpec targets) {
        return TrainingData.load(
                LocalSpark.session(), data, Selection.of(data, targets), shape -> targets, new DealSettings(2, 2, 1));
    }

    private void save(Dataset<Row> table, String name) {
        table.write().parquet(folder.resolve(name).toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
