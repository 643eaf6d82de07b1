package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class RandomRowsTest {
    @Test
    void rowsAreTheSameForEveryNumberOfWorkers() {
        List<List<Float>> rows = Loaded.rows(load(1, 7).training());
        assertEquals(rows, Loaded.rows(load(3, 7).training()));
        assertNotEquals(rows, Loaded.rows(load(3, 8).training()));
        assertEquals(900, rows.size());
        TreeSet<Float> labels = new TreeSet<>();
        rows.forEach(row -> labels.add(row.get(4)));
        assertEquals(new TreeSet<>(List.of(0f, 1f, 2f)), labels);
    }

    @Test
    void aTenthIsHeldOut() {
        TrainingData data = load(2, 7);
        List<List<Float>> held = Loaded.rows(data.validation().orElseThrow());
        assertEquals(100, held.size());
        assertTrue(Loaded.rows(data.training()).stream().noneMatch(held::contains));
        assertEquals(2, data.validation().orElseThrow().slices().getNumPartitions());
        assertEquals(List.of(2, 2), data.shape());
    }

    private static TrainingData load(int workers, int seed) {
        Data data = new Data(Source.random(1000, seed)).shape(2, 2).validation(Validation.fraction(0.1));
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.classes(3), new DealSettings(workers, 64, 5));
    }
}
