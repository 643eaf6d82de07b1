package dev.lockstep.driver.train;

import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.job.Reading;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Puts a run's network together with all that other data need to be read as its training data were. */
record ModelOutput(Job job, TrainingData data, Configuration hadoop) {
    /** Writes it to the job's output, where there is one. */
    TrainedModel write(Weights weights) throws IOException {
        TrainedModel model = model(weights);
        if (job.output() != null) {
            new ModelFolder(folder(), hadoop).write(model);
        }
        return model;
    }

    /** The model of an earlier run, which this run's is to replace; empty where there is none. */
    Optional<Path> earlier() throws IOException {
        if (job.output() == null) {
            return Optional.empty();
        }
        return new ModelFolder(folder(), hadoop).exists() ? Optional.of(folder()) : Optional.empty();
    }

    private Path folder() {
        return ModelFolder.in(new Path(job.output()));
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
        ModelFile told = file.weight(job.data().weight())
                .encoding(data.encoding())
                .reading(Reading.of(job.data().train()));
        return new TrainedModel(told, List.of(weights));
    }
}
