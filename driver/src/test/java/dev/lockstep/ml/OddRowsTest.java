package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and Params that nobody means, and that must not become a model without a word. */
@Tag("spark")
class OddRowsTest {
    private static Dataset<Row> rows;
    private static LockstepClassificationModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void fit() {
        rows = Tables.clouds(30);
        model = classifier().fit(rows);
    }

    private static LockstepClassifier classifier() {
        return new LockstepClassifier()
                .setLayers("[linear: 4, relu, linear]")
                .setEpochs(1)
                .setBatchSize(16);
    }

    private static LockstepRegressor regressor() {
        return new LockstepRegressor()
                .setLayers("[linear: 4, relu, linear]")
                .setEpochs(1)
                .setBatchSize(16);
    }

    private static Dataset<Row> labelled(String label) {
        return rows.withColumn("label", functions.expr(label));
    }

    private static double prediction(Dataset<Row> rows) {
        return regressor().fit(rows).transform(rows).head().<Double>getAs("prediction");
    }

    @Test
    void aColumnThatIsNotUsedMayStandTwice() {
        Dataset<Row> twins = rows.select(
                functions.col("id"), functions.col("id"), functions.col("features"), functions.col("label"));
        Dataset<Row> answered = model.transform(twins);
        assertEquals(
                List.of("id", "id", "features", "label", "rawPrediction", "probability", "prediction"),
                List.of(answered.columns()));
        assertEquals(30, answered.collectAsList().size());
    }

    @Test
    void oneColumnThatAJobNamesIsFoundByItsName() {
        Dataset<Row> table = rows.selectExpr("label", "cast(id as double) as u", "name");
        String job = "data: {features: [u]}";
        assertEquals(
                30,
                classifier()
                        .setJob(job)
                        .fit(table)
                        .transform(table)
                        .collectAsList()
                        .size());
        String categories = "data: {features: [u], categories: [name]}";
        assertEquals(
                30,
                classifier()
                        .setJob(categories)
                        .fit(table)
                        .transform(table)
                        .collectAsList()
                        .size());
    }

    @Test
    void aNumberThatIsNoneHasNoPrediction() {
        assertEquals(
                "Number must be finite and fit a 32-bit float: example=0, place=1, value=NaN",
                assertThrows(IllegalArgumentException.class, () -> model.predict(Vectors.dense(1, Double.NaN)))
                        .getMessage());
        assertThrowsText("value=Infinity", () -> model.predictProbability(Vectors.dense(Double.POSITIVE_INFINITY, 1)));
    }

    private static void assertThrowsText(String text, org.junit.jupiter.api.function.Executable call) {
        String told = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(told.contains(text), told);
    }

    @Test
    void infinityIsNoLabel() {
        String told = assertThrows(
                        DataException.class, () -> classifier().fit(labelled("if(id = 4, double('Infinity'), id % 3)")))
                .getMessage();
        assertTrue(told.startsWith("Value must be finite: "), told);
        assertTrue(told.endsWith("column=label, value=Infinity"), told);
    }

    @Test
    void oneNumberIsOneClassHoweverItIsWritten() {
        String texts = "case id % 3 when 0 then '1' when 1 then '1.0' else 'none' end";
        assertEquals(2, classifier().fit(labelled(texts)).numClasses());
    }

    @Test
    void anInterruptBeforeTheFirstJobCancels() {
        Thread.currentThread().interrupt();
        String told = assertThrows(CancelledException.class, () -> classifier().fit(rows))
                .getMessage();
        assertTrue(Thread.interrupted(), "the thread is told again");
        assertTrue(told.startsWith("Run was interrupted: thread="), told);
    }

    @Test
    void patienceWantsRowsToMeasureBy() {
        assertEquals(
                "earlyStoppingPatience must have rows to measure by: earlyStoppingPatience=3."
                        + " validationIndicatorCol names a column that is true in such rows.",
                assertThrows(
                                JobFileException.class,
                                () -> classifier().setEarlyStoppingPatience(3).fit(rows))
                        .getMessage());
        LockstepClassifier held = classifier().setJob("data: {validation: {fraction: 0.5}}");
        assertEquals(1, held.setEarlyStoppingPatience(3).fit(rows).summary().epochs());
    }

    @Test
    void identifiersAreNoClasses() {
        String told = assertThrows(DataException.class, () -> classifier().fit(labelled("id * 1000")))
                .getMessage();
        assertTrue(
                told.startsWith("Labels that are class numbers must mostly occur: labelCol=label, greatest=29000,"
                        + " different=30. "),
                told);
    }

    @Test
    void someRowMustCount() {
        String told = assertThrows(
                        DataException.class,
                        () -> classifier().setWeightCol("w").fit(rows.withColumn("w", functions.lit(0))))
                .getMessage();
        assertTrue(told.startsWith("Some row must have a weight above 0: table="), told);
        assertTrue(told.endsWith(", rows=30"), told);
    }

    @Test
    void validationIsMarkedByTruthValues() {
        Dataset<Row> marked = rows.withColumn("held", functions.lit(1));
        assertEquals(
                "Column must hold truth values: validationIndicatorCol=held, type=int",
                assertThrows(DataException.class, () -> classifier()
                                .setValidationIndicatorCol("held")
                                .fit(marked))
                        .getMessage());
        String told = assertThrows(
                        DataException.class,
                        () -> classifier().setValidationIndicatorCol("hold").fit(marked))
                .getMessage();
        assertTrue(told.startsWith("Column is not in the data: validationIndicatorCol=hold, columns=["), told);
    }

    @Test
    void aNameIsNoJob() {
        assertEquals(
                "job must be a job file's text, or the path of one that ends in .yaml: job=/jobs/mine.txt",
                assertThrows(
                                JobFileException.class,
                                () -> classifier().setJob("/jobs/mine.txt").fit(rows))
                        .getMessage());
    }

    @Test
    void theFolderOfAnotherStageIsNamed() throws Exception {
        String place = folder.resolve("estimator").toString();
        classifier().write().save(place);
        assertEquals(
                "Folder must hold a LockstepClassificationModel: folder=" + place
                        + ", found=dev.lockstep.ml.LockstepClassifier",
                assertThrows(DataException.class, () -> LockstepClassificationModel.load(place))
                        .getMessage());
    }

    @Test
    void labelsThatAreAllTheSameAreEstimatedAsThat() {
        assertEquals(5000, prediction(labelled("5000D")), 3);
        assertEquals(1e12, prediction(labelled("1e12D")), 1e6);
    }

    @Test
    void datesAreBroughtToAMeanOfZeroToo() {
        double day = 86_400;
        double mean = 19_723 * day + 14.5 * day;
        assertEquals(mean, prediction(labelled("date'2024-01-01' + cast(id as int)")), 30 * day);
        String hours = "timestamp_ntz'2024-01-15 12:00:00' + make_dt_interval(0, cast(id as int) - 15)";
        assertEquals(mean, prediction(labelled(hours)), day);
    }

    @Test
    void textThatIsNoNumberIsNotEstimated() {
        String told = assertThrows(
                        DataException.class, () -> regressor().fit(labelled("if(id = 4, 'ten', cast(id as string))")))
                .getMessage();
        assertTrue(told.startsWith("Value must be a number: "), told);
        assertTrue(told.endsWith(", column=label, value=ten"), told);
    }

    @Test
    void labelsThatAFloatCannotTellApartAreRefused() {
        String told = assertThrows(DataException.class, () -> regressor().fit(labelled("1e12D + id")))
                .getMessage();
        assertTrue(
                told.startsWith("Labels must differ by more than a 32-bit float can tell: labelCol=label, mean="),
                told);
        assertTrue(told.contains(", step=65536.0. Subtract"), told);
    }
}
