package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class LockstepRegressorTest {
    private static Dataset<Row> plane;
    private static LockstepRegressionModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void fit() {
        plane = Tables.plane(200);
        model = new LockstepRegressor().fit(plane);
    }

    private static double rmse(LockstepRegressionModel of) {
        return new RegressionEvaluator().setMetricName("rmse").evaluate(of.transform(plane));
    }

    @Test
    void keepsThePromisesOfParams() {
        ParamsContract.require(new LockstepRegressor());
        ParamsContract.require(model);
    }

    @Test
    void learnsLargeNumbersWithoutASetting() {
        // The labels' deviation is 360.
        assertTrue(rmse(model) < 15, () -> "rmse=" + rmse(model));
        double[] losses = model.summary().objectiveHistory();
        assertTrue(losses[0] > 1_000, () -> "of the labels as they are: " + losses[0]);
        assertTrue(Math.sqrt(losses[losses.length - 1]) < 20, () -> "loss=" + losses[losses.length - 1]);
    }

    @Test
    void answersInTheColumnOfSparkMl() {
        Dataset<Row> answered = model.transform(plane);
        assertEquals(List.of("features", "label", "prediction"), Arrays.asList(answered.columns()));
        assertEquals(
                model.transformSchema(plane.schema()).json(), answered.schema().json());
        Row row = answered.head();
        assertEquals(row.<Double>getAs("prediction"), model.predict(row.<Vector>getAs("features")), 1e-2);
        assertEquals(2, model.numFeatures());
    }

    @Test
    void goesOnFromAModel() {
        LockstepRegressionModel further =
                new LockstepRegressor().setEpochs(1).warmStart(model).fit(plane);
        assertTrue(rmse(further) < 30, () -> "rmse=" + rmse(further));
    }

    @Test
    void isReadBackAsItWas() throws Exception {
        String place = folder.resolve("model").toString();
        model.write().save(place);
        LockstepRegressionModel read = LockstepRegressionModel.load(place);
        assertEquals(model.uid(), read.uid());
        assertEquals(
                model.transform(plane).collectAsList(), read.transform(plane).collectAsList());
    }
}
