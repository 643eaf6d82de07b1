package dev.lockstep.driver.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Predicts in a process that has no Spark, and prints what it finds. */
final class PredictorProbe {
    private PredictorProbe() {}

    public static void main(String[] args) throws IOException {
        for (String name :
                new String[] {"org.apache.spark.SparkContext", "org.apache.hadoop.fs.Path", "scala.Option"}) {
            try {
                System.out.println("found " + Class.forName(name));
            } catch (ClassNotFoundException e) {
                System.out.println("none of " + name);
            }
        }
        try (Predictor predictor = Predictor.load(Path.of(args[0]))) {
            double[] prediction = predictor.predict(new double[] {1.5, 2.5, 3.5});
            System.out.println(predictor.labels().get(predictor.best(prediction)) + " " + Arrays.toString(prediction));
        }
    }
}
