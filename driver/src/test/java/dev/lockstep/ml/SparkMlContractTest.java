package dev.lockstep.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What MLlib's tests ask of each of its estimators, beside what {@link ParamsContract} has, written anew. */
@Tag("spark")
class SparkMlContractTest {
    private static final List<String> OUTPUTS = List.of("rawPrediction", "probability", "prediction");

    private static Dataset<Row> rows;
    private static LockstepClassificationModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void fit() {
        rows = Tables.clouds(24)
                .withColumn("weight", expr("id % 2 + 1"))
                .coalesce(1)
                .cache();
        model = classifier().fit(rows);
    }

    private static LockstepClassifier classifier() {
        return new LockstepClassifier()
                .setLayers("[linear]")
                .setEpochs(1)
                .setBatchSize(12)
                .setWeightCol("weight");
    }

    private static LockstepRegressor regressor() {
        return new LockstepRegressor()
                .setLayers("[linear]")
                .setEpochs(1)
                .setBatchSize(12)
                .setWeightCol("weight");
    }

    @Test
    void modelsAreTheirEstimatorsChildren() {
        requireParent(classifier());
        requireParent(regressor());
    }

    private static <M extends Model<M>> void requireParent(Estimator<M> estimator) {
        M fitted = estimator.fit(rows);
        assertEquals(estimator.uid(), fitted.uid());
        assertEquals(estimator, fitted.parent());
        assertEquals(estimator, fitted.copy(ParamMap.empty()).parent());
    }

    @Test
    void aCopyKeepsTheSummary() {
        assertSame(model.summary(), model.copy(ParamMap.empty()).summary());
    }

    @Test
    void labelsAndWeightsMayBeOfAnyTypeOfNumbers() {
        for (String type : List.of("tinyint", "smallint", "int", "bigint", "float", "decimal(10,0)")) {
            Dataset<Row> cast = rows.withColumn("label", col("label").cast(type))
                    .withColumn("weight", col("weight").cast(type));
            assertArrayEquals(values(model), values(classifier().fit(cast)), type);
        }
        Dataset<Row> whole = rows.withColumn("label", col("label").cast("int"));
        assertArrayEquals(values(regressor().fit(rows)), values(regressor().fit(whole)));
    }

    private static float[] values(ServingModel of) {
        return of.trained().members().get(0).values();
    }

    @Test
    void whatIsNoNumberIsRefusedWithItsRowAndColumn() {
        for (String label : List.of("null", "double('NaN')", "double('Infinity')", "double('-Infinity')")) {
            requireRefused("label", rows.withColumn("label", expr("if(id = 5, " + label + ", label)")));
        }
        for (String weight : List.of("null", "double('NaN')", "double('Infinity')", "-1D")) {
            requireRefused("weight", rows.withColumn("weight", expr("if(id = 5, " + weight + ", weight)")));
        }
        requireRefused("features", features(null));
        requireRefused("features", features(Vectors.dense(1, Double.NaN)));
        requireRefused("features", features(Vectors.dense(Double.NEGATIVE_INFINITY, 1)));
    }

    private static Dataset<Row> features(Vector odd) {
        List<Row> table = new ArrayList<>();
        for (long id = 0; id < 8; id++) {
            table.add(RowFactory.create(id == 5 ? odd : Vectors.dense(id, 1), id % 2));
        }
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", "bigint");
        return LocalSpark.session().createDataFrame(table, schema).coalesce(1).withColumn("weight", lit(1));
    }

    private static void requireRefused(String column, Dataset<Row> table) {
        for (Estimator<?> estimator : List.of(classifier(), regressor())) {
            String told = assertThrows(DataException.class, () -> estimator.fit(table))
                    .getMessage();
            assertTrue(told.contains(", row=6, column=" + column), told);
        }
    }

    @Test
    void eachOutputIsTheSameWhateverOthersAreAskedFor() {
        Dataset<Row> all = model.transform(rows);
        for (int asked = 0; asked < 1 << OUTPUTS.size(); asked++) {
            LockstepClassificationModel some = model.copy(ParamMap.empty());
            List<String> kept = new ArrayList<>(List.of("id"));
            for (int output = 0; output < OUTPUTS.size(); output++) {
                boolean isAsked = (asked >> output & 1) == 1;
                String name = OUTPUTS.get(output);
                some.set(some.getParam(name + "Col"), isAsked ? name : "");
                if (isAsked) {
                    kept.add(name);
                }
            }
            String[] columns = kept.toArray(String[]::new);
            assertEquals(
                    rows.columns().length + columns.length - 1,
                    some.transform(rows).columns().length);
            Frames.assertSame(all.selectExpr(columns), some.transform(rows).selectExpr(columns));
        }
    }

    @Test
    void thresholdsAreAsSparksOwnModelsHaveThem() {
        LockstepClassificationModel changed = model.copy(ParamMap.empty());
        Dataset<Row> one = rows.limit(1);
        double[] likely =
                model.transform(one).head().<Vector>getAs("probability").toArray();
        // Each class is as likely as its threshold says, and the first of equals is taken.
        assertEquals(0, prediction(changed.setThresholds(likely), one));
        assertEquals(2, prediction(changed.setThresholds(new double[] {1, 1, 0}), one));
        requireRefused(changed, 0, 0, 1);
        requireRefused(changed, -1, 1, 1);
    }

    private static double prediction(LockstepClassificationModel of, Dataset<Row> row) {
        return of.transform(row).head().<Double>getAs("prediction");
    }

    private static void requireRefused(LockstepClassificationModel of, double... thresholds) {
        String told = assertThrows(IllegalArgumentException.class, () -> of.setThresholds(thresholds))
                .getMessage();
        assertTrue(told.contains("thresholds given invalid value"), told);
    }

    @Test
    void everyParamIsReadBackAsItWasSet() throws Exception {
        for (Params estimator : List.of(set(new LockstepClassifier()), set(new LockstepRegressor()))) {
            String place = folder.resolve(estimator.uid()).toString();
            if (estimator instanceof LockstepClassifier classifier) {
                classifier.write().save(place);
                requireSame(estimator, LockstepClassifier.load(place));
            } else {
                ((LockstepRegressor) estimator).write().save(place);
                requireSame(estimator, LockstepRegressor.load(place));
            }
        }
    }

    private static Params set(Params stage) {
        for (Param<?> param : stage.params()) {
            if (param instanceof IntParam) {
                stage.set(param.name(), 7);
            } else if (param instanceof LongParam) {
                stage.set(param.name(), 7L);
            } else if (param.name().equals("thresholds")) {
                stage.set(param.name(), new double[] {0.25, 0.5});
            } else {
                stage.set(param.name(), "another " + param.name());
            }
        }
        return stage;
    }

    private static void requireSame(Params one, Params read) {
        assertEquals(one.uid(), read.uid());
        for (Param<?> param : one.params()) {
            Object value = one.getOrDefault(param);
            Object again = read.getOrDefault(read.getParam(param.name()));
            if (value instanceof double[] numbers) {
                assertArrayEquals(numbers, (double[]) again, param.name());
            } else {
                assertEquals(value, again, param.name());
            }
        }
    }
}
