package dev.lockstep.ml;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.model.ModelFolder;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Undoes {@link ModelWriter}. */
final class ModelReader<M extends ServingModel> extends MLReader<M> {
    private final Class<M> type;

    ModelReader(Class<M> type) {
        this.type = type;
    }

    @Override
    public M load(String path) {
        DefaultParamsReader<Params> params = new DefaultParamsReader<>();
        params.session(sparkSession());
        Params stage = params.load(path);
        if (!type.isInstance(stage)) {
            throw new DataException(
                    "Folder must hold a " + type.getSimpleName() + ": folder=" + path + ", found="
                            + stage.getClass().getName(),
                    null);
        }
        M model = type.cast(stage);
        Path folder = new Path(path, ModelWriter.MODEL);
        try {
            model.take(new ModelFolder(folder, sparkSession().sparkContext().hadoopConfiguration()).read());
        } catch (IOException e) {
            throw new DataException("Model cannot be read: folder=" + folder + ", reason=" + e.getMessage(), e);
        }
        return model;
    }
}
