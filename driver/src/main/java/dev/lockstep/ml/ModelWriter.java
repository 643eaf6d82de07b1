package dev.lockstep.ml;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.model.ModelFolder;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes Params as spark.ml does, and beside them the folder {@code model}, which every command of Lockstep takes.
 */
final class ModelWriter extends MLWriter {
    static final String MODEL = "model";

    private final ServingModel model;

    ModelWriter(ServingModel model) {
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        new DefaultParamsWriter(model).saveImpl(path);
        Path folder = new Path(path, MODEL);
        try {
            new ModelFolder(folder, sparkSession().sparkContext().hadoopConfiguration()).write(model.trained());
        } catch (IOException e) {
            throw new DataException("Model cannot be written: folder=" + folder + ", reason=" + e.getMessage(), e);
        }
    }
}
