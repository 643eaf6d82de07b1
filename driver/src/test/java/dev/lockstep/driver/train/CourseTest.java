package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CourseTest {
    @Test
    void aLegEndsWithItsEpoch() {
        Leg leg = new Course(3, 10, 0).after(10, 0);

        assertEquals(2, leg.epoch());
        assertEquals(11, leg.first());
        assertEquals(20, leg.last());
        assertTrue(leg.endsEpoch());
        assertFalse(leg.checkpoint());
    }

    @Test
    void aLegEndsWhereACheckpointIsDue() {
        Course course = new Course(2, 10, 4);

        assertEquals(4, course.after(0, 0).last());
        assertEquals(8, course.after(4, 0).last());
        assertEquals(10, course.after(8, 0).last());
        assertFalse(course.after(8, 0).checkpoint(), "an epoch's end alone is no reason");
        assertEquals(12, course.after(10, 0).last());
        assertTrue(course.after(18, 0).checkpoint(), "the last state is always kept");
    }

    @Test
    void legsCoverEveryStepOnce() {
        for (int every = 0; every < 25; every++) {
            Course course = new Course(3, 7, every);
            long done = 0;
            while (done < course.steps()) {
                Leg leg = course.after(done, 0);
                assertEquals(done + 1, leg.first());
                assertEquals(leg.epoch(), course.epochOf(leg.last()));
                done = leg.last();
            }
            assertEquals(21, done);
        }
    }
}
