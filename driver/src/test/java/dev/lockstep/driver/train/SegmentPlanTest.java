package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.task.PlannedSegment;
import org.junit.jupiter.api.Test;

class SegmentPlanTest {
    @Test
    void aLegEndsWithItsEpoch() {
        PlannedSegment segment = new SegmentPlan(3, 10, 0, /* looksAtEpochs */ true).after(10, 0);

        assertEquals(2, segment.epochOf(segment.first()));
        assertEquals(11, segment.first());
        assertEquals(20, segment.last());
        assertTrue(segment.endsEpoch());
        assertFalse(segment.checkpoint());
    }

    @Test
    void epochsWhoseEndNobodyWaitsForAreOneLeg() {
        assertEquals(
                30,
                new SegmentPlan(3, 10, 0, /* looksAtEpochs */ false).after(0, 0).last());

        SegmentPlan segments = new SegmentPlan(3, 10, 15, /* looksAtEpochs */ false);
        assertEquals(15, segments.after(0, 0).last());
        assertFalse(segments.after(0, 0).endsEpoch());
        assertEquals(30, segments.after(15, 0).last());
        assertTrue(segments.after(15, 0).endsEpoch());
    }

    @Test
    void aLegEndsWhereACheckpointIsDue() {
        SegmentPlan segments = new SegmentPlan(2, 10, 4, /* looksAtEpochs */ true);

        assertEquals(4, segments.after(0, 0).last());
        assertEquals(8, segments.after(4, 0).last());
        assertEquals(10, segments.after(8, 0).last());
        assertFalse(segments.after(8, 0).checkpoint(), "an epoch's end alone is no reason");
        assertEquals(12, segments.after(10, 0).last());
        assertTrue(segments.after(18, 0).checkpoint(), "the last state is always kept");
    }

    @Test
    void legsCoverEveryStepOnce() {
        for (int every = 0; every < 25; every++) {
            SegmentPlan segments = new SegmentPlan(3, 7, every, every % 2 == 0);
            long done = 0;
            while (done < segments.steps()) {
                PlannedSegment segment = segments.after(done, 0);
                assertEquals(done + 1, segment.first());
                assertTrue(segment.last() >= segment.first());
                done = segment.last();
            }
            assertEquals(21, done);
        }
    }
}
