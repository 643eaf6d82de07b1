package dev.lockstep.driver.data.preprocess;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.stat.MultivariateOnlineSummarizer;

/**
 * Answers from a distributed pass over the rows. Partitions are summed in their order, so that the same partitions give
 * the same bits, whichever task ends first.
 */
final class SparkFeatureRows implements FeatureRows {
    private final JavaRDD<double[]> rows;
    private final List<Integer> shape;

    /** @param rows none of them empty, all of the shape */
    SparkFeatureRows(JavaRDD<double[]> rows, List<Integer> shape) {
        this.rows = rows;
        this.shape = shape;
    }

    @Override
    public List<Integer> shape() {
        return shape;
    }

    @Override
    public ColumnMoments moments() {
        MultivariateOnlineSummarizer sum =
                OrderedSum.of(rows.mapPartitions(SparkFeatureRows::summarize), MultivariateOnlineSummarizer::merge);
        double[] variance = sum.variance().toArray();
        for (int i = 0; i < variance.length; i++) {
            variance[i] *= (double) (sum.count() - 1) / sum.count();
        }
        return new ColumnMoments(
                sum.count(),
                sum.mean().toArray(),
                variance,
                sum.min().toArray(),
                sum.max().toArray());
    }

    private static Iterator<MultivariateOnlineSummarizer> summarize(Iterator<double[]> rows) {
        if (!rows.hasNext()) {
            return List.<MultivariateOnlineSummarizer>of().iterator();
        }
        MultivariateOnlineSummarizer sum = new MultivariateOnlineSummarizer();
        rows.forEachRemaining(row -> sum.add(Vectors.dense(row)));
        return List.of(sum).iterator();
    }

    /** Of rows with gaps, which are NaN. */
    PresentMeans present() {
        int width = shape.stream().reduce(1, Math::multiplyExact);
        return OrderedSum.of(rows.mapPartitions(partition -> PresentMeans.of(partition, width)), PresentMeans::plus);
    }

    /**
     * The exact median of each feature, gaps left out.
     *
     * @param counts of the values that are there, above 0
     */
    double[] medians(long[] counts) {
        return Medians.of(counts, known -> OrderedSum.of(rows.mapPartitions(known::count), Medians::plus));
    }

    @Override
    public double[] centredProducts(double[] mean) {
        return OrderedSum.of(
                        rows.mapPartitions(partition -> CentredProducts.of(partition, mean)), CentredProducts::plus)
                .toMatrix();
    }
}
