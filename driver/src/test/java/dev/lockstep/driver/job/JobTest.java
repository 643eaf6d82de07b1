package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.metric.Accuracy;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.optim.Adam;
import dev.lockstep.optim.update.ClipNorm;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Relu;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {
    @TempDir
    Path folder;

    static Job job() {
        return Job.of(
                        new Data(new Source("digits.csv").option("header", "true"))
                                .validation(Validation.fraction(0.1))
                                .features("x0..x63")
                                .label("label"),
                        Model.layers(new Linear(32), new Relu(), new Linear(10)),
                        new CrossEntropy(),
                        new Adam(),
                        new Train(20, 64).workers(2).earlyStopping(new EarlyStopping(5)))
                .clip(new ClipNorm(1.0))
                .metrics(new Accuracy())
                .checkpoint(new Checkpoint().every(100, IntervalUnit.STEP))
                .output("runs/digits");
    }

    @Test
    void travelsToOtherProcesses() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(job());
        }
        Job arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (Job) in.readObject();
        }

        assertEquals(JobFile.text(job()), JobFile.text(arrived));
        assertEquals(job().train(), arrived.train());
    }

    @Test
    void isReadBackFromItsText() throws Exception {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, JobFile.text(job()));
        Job read = JobFile.read(file, List.of());

        assertEquals(JobFile.text(job()), JobFile.text(read));
        assertEquals(job().data(), read.data());
        assertEquals(job().model(), read.model());
        assertEquals(job().optimizer(), read.optimizer());
        assertEquals(job().train(), read.train());
        assertEquals(job().checkpoint(), read.checkpoint());
    }

    @Test
    void tellsItsSettingsWithoutThePlacesOfItsData() {
        Data data = job().data().train(new Source("s3a://user:secret@bucket/x").option("password", "secret"));
        Map<String, Object> settings = JobFile.settings(job().data(data));
        assertEquals(20, ((Map<?, ?>) settings.get("train")).get("epochs"));
        assertEquals(List.of("accuracy"), settings.get("metrics"));
        assertEquals("runs/digits", settings.get("output"));
        Map<?, ?> told = (Map<?, ?>) settings.get("data");
        assertEquals(List.of("label"), told.get("label"));
        assertFalse(told.containsKey("train"));
        assertFalse(settings.containsKey("monitor"), "it is not set");
        assertFalse(settings.toString().contains("secret"), settings.toString());
    }

    @Test
    void isRefusedWhereItsPartsDoNotFit() {
        Job unsound = job().data(new Data(new Source("digits.csv")));
        JobFileException thrown = assertThrows(JobFileException.class, unsound::requireSound);
        assertEquals(
                "data.label is missing, and the loss needs a target: loss=cross_entropy, format=csv\n"
                        + "data.validation is missing, and early stopping needs it: patience=5",
                thrown.getMessage());
    }

    @Test
    void aChangedCopyIsCheckedLikeANewOne() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> new Train(1, 1).workers(0));
        assertEquals("workers must be at least 1: workers=0", thrown.getMessage());
    }
}
