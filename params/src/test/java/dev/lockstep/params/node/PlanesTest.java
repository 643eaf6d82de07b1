package dev.lockstep.params.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.link.SharedFolder;
import dev.lockstep.params.plane.HostSeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanesTest {
    private static final Layout LAYOUT = Layout.of(List.of(new Parameter("w", List.of(30, 7))), List.of(), 1);

    @TempDir
    Path parent;

    private SharedFolder process(long reserved) throws IOException {
        return new SharedFolder(Files.createDirectory(parent.resolve("lockstep-1-1-a")), reserved);
    }

    @Test
    void aJobsMemoryIsKeptFromSegmentToSegment() throws IOException {
        try (Planes planes = new Planes(Optional.of(process(0)))) {
            HostSeat first = planes.take(1, LAYOUT);
            HostSeat beside = planes.take(1, LAYOUT);
            assertSame(first.plane(), beside.plane());
            assertNotEquals(first.place(), beside.place());
            first.close();
            assertSame(first, planes.take(1, LAYOUT));
        }
    }

    @Test
    void memoryThatIsComputedWithOutlivesItsJob() throws IOException {
        SharedFolder process = process(0);
        try (Planes planes = new Planes(Optional.of(process))) {
            HostSeat seat = planes.take(1, LAYOUT);
            planes.end(1);
            assertFalse(Files.exists(process.ofJob(1)));
            seat.gradient().floats().put(0, 3f);
            assertEquals(3f, seat.gradient().floats().get(0));
            seat.close();
        }
    }

    @Test
    void aJobOfWhichNothingIsHereMakesRoomForAnother() throws IOException {
        SharedFolder process = process(0);
        try (Planes planes = new Planes(Optional.of(process))) {
            planes.take(1, LAYOUT).close();
            planes.of(2, LAYOUT);
            planes.take(2, LAYOUT).close();
            planes.take(3, LAYOUT);
            assertFalse(Files.exists(process.ofJob(1)));
            assertTrue(Files.exists(process.ofJob(2)), "its shards are here");
            assertTrue(Files.exists(process.ofJob(3)));
        }

        assertFalse(Files.exists(process.ofJob(2)) || Files.exists(process.ofJob(3)));
    }

    @Test
    void withoutRoomAProcessIsAHostOfItsOwn() throws IOException {
        try (Planes full = new Planes(Optional.of(process(Long.MAX_VALUE / 2)));
                Planes other = new Planes(Optional.empty())) {
            HostSeat one = full.take(1, LAYOUT);
            HostSeat beside = full.take(1, LAYOUT);
            HostSeat elsewhere = other.take(1, LAYOUT);
            assertSame(one.plane(), beside.plane());
            assertNotSame(one.plane(), elsewhere.plane());
            assertNotEquals(one.place().host(), elsewhere.place().host());
        }
    }
}
