package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.TransportSettings;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLifeTest {
    @TempDir
    Path folder;

    /** By the time of day a driver would be dead for its clients once the clock is set forward, and they for it. */
    @Test
    void signsAreNotByTheTimeOfDay() {
        TransportSettings settings = TransportSettings.of("127.0.0.1", 1).withDirectory(folder.toString());
        try (AeronTransport transport = AeronTransport.launch(settings);
                Inbox inbox = transport.open()) {
            Path driver = Path.of(inbox.address().directory());
            assertTrue(DriverLife.isActive(driver, EmbeddedDriver.TIMEOUT));
            assertFalse(DriverLife.isActive(driver, Duration.ofDays(-1)), "its last sign is not a day ahead");
            long timeoutMs = EmbeddedDriver.TIMEOUT.toMillis();
            assertFalse(CommonContext.isDriverActive(driver.toFile(), timeoutMs, message -> {}), "by the time of day");
            assertSame(
                    DriverLife.CLOCK,
                    transport.clients().of(driver.toString()).context().epochClock());
        }
    }

    @Test
    void aSignFromBeforeTheMachineStartedAnewIsNone() {
        long aheadMs = Duration.ofDays(1).toMillis();
        MediaDriver.Context earlier = new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("earlier").toString())
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .epochClock(() -> DriverLife.CLOCK.time() + aheadMs);
        try (MediaDriver driver = MediaDriver.launch(earlier)) {
            Path left = Path.of(driver.aeronDirectoryName());
            assertFalse(DriverLife.isActive(left, EmbeddedDriver.TIMEOUT));
            assertTrue(DriverLife.isActive(left, Duration.ofDays(2)), "its last sign is a day ahead");
        }
    }

    @Test
    void noDriverIsNotActive() {
        assertFalse(DriverLife.isActive(folder, EmbeddedDriver.TIMEOUT));
    }
}
