package dev.lockstep.driver.train.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobIdentityTest {
    private static final Map<String, String> FIXED = Map.of("train.batch", "16");
    private static final Map<String, String> DATA = Map.of("examples", "64");
    private static final JobIdentity SAVED = new JobIdentity(FIXED, DATA, Map.of("train.epochs", "4"));

    @Test
    void theSameJobGoesOnWithoutAWord() {
        SAVED.requireGoesOnFrom(new JobIdentity(FIXED, DATA, Map.of("train.epochs", "4")), "step-8");
        assertEquals("", SAVED.changesSince(SAVED));
    }

    @Test
    void whatMayChangeIsToldWithTheValueBefore() {
        JobIdentity now = new JobIdentity(FIXED, DATA, Map.of("train.epochs", "8", "optimizer.adam.lr", "0.1"));
        now.requireGoesOnFrom(SAVED, "step-8");
        JobIdentity longer = new JobIdentity(FIXED, DATA, Map.of("train.epochs", "8"));
        assertEquals("train.epochs=8 (checkpoint: 4)", longer.changesSince(SAVED));
        assertEquals("train.epochs=none (checkpoint: 4)", new JobIdentity(FIXED, DATA, Map.of()).changesSince(SAVED));
    }

    @Test
    void anotherMeaningIsRefusedWithBothValues() {
        JobIdentity now = new JobIdentity(Map.of("train.batch", "4"), Map.of("examples", "65"), Map.of());
        JobFileException refused = assertThrows(JobFileException.class, () -> now.requireGoesOnFrom(SAVED, "step-8"));
        assertEquals(
                "Checkpoint is of another job: train.batch=4 (checkpoint: 16), checkpoint=step-8. Resume with what"
                        + " it was trained with, or train anew without --resume.",
                refused.getMessage());
    }

    @Test
    void otherDataAreRefusedAsData() {
        JobIdentity now = new JobIdentity(FIXED, Map.of("examples", "65"), Map.of());
        DataException refused = assertThrows(DataException.class, () -> now.requireGoesOnFrom(SAVED, "step-8"));
        assertEquals(
                "Checkpoint is of other training data: examples=65 (checkpoint: 64), checkpoint=step-8. Resume with the"
                        + " data that it was trained on, or train anew without --resume.",
                refused.getMessage());
    }
}
