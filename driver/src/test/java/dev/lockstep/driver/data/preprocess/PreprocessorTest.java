package dev.lockstep.driver.data.preprocess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.data.encoding.Missing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class PreprocessorTest {
    private static final double[][] ROWS = {{1, 7, 0}, {3, 7, 10}, {2, 7, 5}};

    @Test
    void minMaxStretchesToTheWantedRange() {
        Preprocess fitted = new MinMax(-1, 1).fit(rows(ROWS));
        assertArrayEquals(new double[] {-1, -1, -1}, fitted.apply(ROWS[0]), 1e-15);
        assertArrayEquals(new double[] {1, -1, 1}, fitted.apply(ROWS[1]), 1e-15);
        assertArrayEquals(new double[] {0.5, 0, 0}, new MinMax().fit(rows(ROWS)).apply(new double[] {2, 7, 0}), 1e-15);
    }

    @Test
    void aFeatureThatNeverChangesBecomesZero() {
        assertEquals(0, new Standardize().fit(rows(ROWS)).apply(ROWS[2])[1]);
    }

    @Test
    void meanImageIsTheMeanOfEachPixel() {
        assertArrayEquals(
                new double[] {-1, 0, -5}, new MeanImage().fit(rows(ROWS)).apply(ROWS[0]), 1e-15);
    }

    @Test
    void eachIsFittedToWhatTheOnesBeforeItLeave() {
        Chain chain = Fitting.fit(
                        Missing.REFUSED,
                        List.of(new MinMax(), new Center(), new Pca(1)),
                        rdd(ROWS),
                        List.of(3),
                        List.of())
                .chain();
        assertEquals(1, chain.outputWidth(3));
        assertEquals(List.of(1), Preprocessors.outputShape(List.of(new MinMax(), new Pca(1)), List.of(3)));
        // After min_max and center the rows are -v, v and 0 with v = (0.5, 0, 0.5).
        assertArrayEquals(new double[] {Math.sqrt(0.5)}, chain.apply(ROWS[1]), 1e-15);
        assertArrayEquals(
                chain.apply(ROWS[0]), Preprocess.fromMap(chain.toMap()).apply(ROWS[0]));
    }

    @Test
    void partitionsAreSummedInTheirOrder() {
        Random random = new Random(3);
        double[][] rows = new double[500][3];
        Arrays.setAll(rows, i -> random.doubles(3).map(x -> x * Math.exp(9 * x)).toArray());
        JavaRDD<double[]> partitions = spark().parallelize(Arrays.asList(rows), 37);
        double[] products = new SparkFeatureRows(partitions, List.of(3)).centredProducts(new double[3]);
        double[] expected = new double[9];
        for (int i = 0; i < 9; i++) {
            for (double[] row : rows) {
                expected[i] += row[i / 3] * row[i % 3];
            }
        }
        for (int i = 0; i < 9; i++) {
            assertEquals(expected[i], products[i], 1e-13 * Math.abs(expected[i]));
        }
        assertArrayEquals(products, new SparkFeatureRows(partitions, List.of(3)).centredProducts(new double[3]));
    }

    @Test
    void catalogueNamesEveryPreprocessorOfTheGuide() {
        assertEquals(
                List.of(
                        "center",
                        "standardize",
                        "min_max",
                        "pca",
                        "pca_whiten",
                        "zca_whiten",
                        "mean_image",
                        "per_channel"),
                List.copyOf(Preprocessors.byName().keySet()));
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        expect("pca cannot have more components than there are features: components=4, features=3", new Pca(4));
        expect("per_channel needs a shape with channels first, as [3, 32, 32]: shape=[3]", new PerChannel());
        String message = assertThrows(DataException.class, () -> new PcaWhiten(0, 0).fit(rows(ROWS)))
                .getMessage();
        assertEquals(
                "Whitening needs eps above 0, because a combination of features never changes: eps=0",
                message.substring(0, message.indexOf(", smallest")));
        assertEquals(
                "Preprocessing needs rows to be fitted to: rows=0",
                assertThrows(DataException.class, () -> new Center().fit(rows(new double[0][])))
                        .getMessage());
    }

    private static void expect(String message, Preprocessor preprocessor) {
        assertEquals(
                message,
                assertThrows(DataException.class, () -> preprocessor.fit(rows(ROWS)))
                        .getMessage());
    }

    @Test
    void badSettingsAreRefused() {
        assertEquals("min must be below max: min=1.0, max=1.0", refused(() -> new MinMax(1, 1)));
        assertEquals("components must be at least 1: components=0", refused(() -> new Pca(0)));
        assertEquals("eps must be finite and at least 0: eps=-1.0", refused(() -> new ZcaWhiten(-1, 0)));
        assertEquals("ddof must be 0 or 1: ddof=2", refused(() -> new Standardize(2)));
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        Preprocess pca = new Pca(1).fit(rows(ROWS));
        assertEquals(
                "Features do not fit the preprocessing: features=2, fitted to 3", refused(() -> pca.outputWidth(2)));
        assertEquals(
                "Preprocessing is stored in a wrong form: keys=[x]", refused(() -> Preprocess.fromMap(Map.of("x", 1))));
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private static FeatureRows rows(double[][] rows) {
        return new SparkFeatureRows(rdd(rows), List.of(3));
    }

    private static JavaRDD<double[]> rdd(double[][] rows) {
        return spark().parallelize(Arrays.asList(rows), 2);
    }

    private static JavaSparkContext spark() {
        return new JavaSparkContext(LocalSpark.session().sparkContext());
    }
}
