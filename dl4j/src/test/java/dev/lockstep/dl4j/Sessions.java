package dev.lockstep.dl4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark for tests: within this process, or with executors that are processes of their own. */
final class Sessions {
    private Sessions() {}

    static JavaSparkContext local() {
        return new JavaSparkContext(conf().setMaster("local[2]"));
    }

    /** Executors get this process's class path; they look for a folder of jars even so. All goes through Kryo. */
    static JavaSparkContext cluster() {
        try {
            Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SparkConf conf = conf().setMaster("local-cluster[2,1,1024]")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        return new JavaSparkContext(conf);
    }

    private static SparkConf conf() {
        return new SparkConf()
                .setAppName("dl4j")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }
}
