package dev.lockstep.driver.train;

import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.Weights;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes a run's network with all that other data need to be read as its training data were. */
record ModelOutput(Job job, TrainingData data, Configuration hadoop) {
    /** To the job's output. */
    void write(Weights weights) throws IOException {
        write(new Path(job.output(), "model"), weights);
    }

    void write(Path folder, Weights weights) throws IOException {
        ModelFile file = new ModelFile(
                job.model().weights(null),
                data.rawShape(),
                data.features().isEmpty() ? job.data().features() : new Features(data.features()),
                job.data().label(),
                data.preprocess(),
                job.loss(),
                job.metrics(),
                data.classes() > 0 ? data.classes() : data.encoding().classes().size());
        new ModelFolder(folder, hadoop).write(file.weight(job.data().weight()).encoding(data.encoding()), weights);
    }
}
