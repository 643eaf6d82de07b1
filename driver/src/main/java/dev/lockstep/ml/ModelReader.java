package dev.lockstep.ml;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.model.ModelFolder;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Undoes {@link ModelWriter}. */
final class ModelReader<M extends ServingModel> extends MLReader<M> {
    @Override
    public M load(String path) {
        DefaultParamsReader<M> params = new DefaultParamsReader<>();
        params.session(sparkSession());
        M model = params.load(path);
        Path folder = new Path(path, ModelWriter.MODEL);
        try {
            model.take(new ModelFolder(folder, sparkSession().sparkContext().hadoopConfiguration()).read());
        } catch (IOException e) {
            throw new DataException("Model cannot be read: folder=" + folder + ", reason=" + e.getMessage(), e);
        }
        return model;
    }
}
