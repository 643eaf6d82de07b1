package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.task.PlannedSegment;
import org.junit.jupiter.api.Test;

class SegmentPlanTest {
    @Test
    void aLegEndsWithItsEpoch() {
        PlannedSegment segment = new SegmentPlan(3, 10, 0).after(10, 0);

        assertEquals(2, segment.epoch());
        assertEquals(11, segment.first());
        assertEquals(20, segment.last());
        assertTrue(segment.endsEpoch());
        assertFalse(segment.checkpoint());
    }

    @Test
    void aLegEndsWhereACheckpointIsDue() {
        SegmentPlan segments = new SegmentPlan(2, 10, 4);

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
            SegmentPlan segments = new SegmentPlan(3, 7, every);
            long done = 0;
            while (done < segments.steps()) {
                PlannedSegment segment = segments.after(done, 0);
                assertEquals(done + 1, segment.first());
                assertEquals(segment.epoch(), segments.epochOf(segment.last()));
                done = segment.last();
            }
            assertEquals(21, done);
        }
    }
}
