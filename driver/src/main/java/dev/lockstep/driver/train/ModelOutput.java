package dev.lockstep.driver.train;

import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Puts a run's network together with all that other data need to be read as its training data were. */
record ModelOutput(Job job, TrainingData data, Configuration hadoop) {
    /** Writes it to the job's output, where there is one. */
    TrainedModel write(Weights weights) throws IOException {
        TrainedModel model = model(weights);
        if (job.output() != null) {
            new ModelFolder(new Path(job.output(), "model"), hadoop).write(model);
        }
        return model;
    }

    void write(Path folder, Weights weights) throws IOException {
        new ModelFolder(folder, hadoop).write(model(weights));
    }

    private TrainedModel model(Weights weights) {
        ModelFile file = new ModelFile(
                job.model().weights(null),
                data.rawShape(),
                data.features().isEmpty() ? job.data().features() : new Features(data.features()),
                job.data().label(),
                data.preprocess(),
                job.loss(),
                job.metrics(),
                data.classes() > 0 ? data.classes() : data.encoding().classes().size());
        return new TrainedModel(file.weight(job.data().weight()).encoding(data.encoding()), List.of(weights));
    }
}
