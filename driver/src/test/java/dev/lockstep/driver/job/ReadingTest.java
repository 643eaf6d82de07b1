package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Source TRAINING = new Source("a.csv", null, Map.of("delimiter", ";", "nullValue", "NA"));

    @Test
    void otherFilesOfTheFormatAreReadTheSameWay() {
        Source read = Reading.of(TRAINING).put(new Source("b.csv.gz"));
        assertEquals("b.csv.gz", read.path());
        assertEquals(TRAINING.options(), read.options());
    }

    @Test
    void anOptionOfTheirOwnTakesTheOnesPlaceByEitherName() {
        Source other = new Source("b.csv", null, Map.of("SEP", "\t"));
        assertEquals(
                Map.of("SEP", "\t", "nullValue", "NA"),
                Reading.of(TRAINING).put(other).options());
    }

    @Test
    void anotherFormatHasNothingOfIt() {
        Source other = new Source("b.json");
        assertEquals(other, Reading.of(TRAINING).put(other));
    }

    @Test
    void whatSaysMoreThanHowCellsAreWrittenIsForgotten() {
        Map<String, String> options = Map.of("fs.s3a.secret.key", "secret", "schema", "a int", "pathGlobFilter", "*");
        assertNull(Reading.of(new Source("a.csv", null, options)));
        assertNull(Reading.of(new Source("a.parquet", null, Map.of("sep", ";"))));
    }
}
