package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
