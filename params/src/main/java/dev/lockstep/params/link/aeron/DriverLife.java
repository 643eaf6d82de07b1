package dev.lockstep.params.link.aeron;

import io.aeron.CncFileDescriptor;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.agrona.BufferUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * Signs of life that media drivers and their clients give each other. Aeron writes the time of day into them, and takes
 * whoever gave the last one before the clock was set forward for dead.
 */
final class DriverLife {
    /** Milliseconds since the machine started, which all its processes count alike and nobody sets. */
    static final EpochClock CLOCK = () -> System.nanoTime() / 1_000_000;

    private DriverLife() {}

    /** Whether a driver works in a folder, or did so shortly; true for one of another build, which nobody can ask. */
    static boolean isActive(Path folder, Duration silence) {
        try (FileChannel file = FileChannel.open(folder.resolve(CncFileDescriptor.CNC_FILE), StandardOpenOption.READ)) {
            return file.size() > CncFileDescriptor.META_DATA_LENGTH
                    && isActive(file.map(MapMode.READ_ONLY, 0, file.size()), silence);
        } catch (IOException e) {
            // There is none, or it removes its folder at the same time.
            return false;
        }
    }

    private static boolean isActive(MappedByteBuffer bytes, Duration silence) {
        try {
            UnsafeBuffer about = CncFileDescriptor.createMetaDataBuffer(bytes);
            // A sign that is far ahead was given before the machine started anew.
            return about.getIntVolatile(CncFileDescriptor.cncVersionOffset(0)) != CncFileDescriptor.CNC_VERSION
                    || Math.abs(CLOCK.time() - lastSignMs(bytes, about)) <= silence.toMillis();
        } finally {
            BufferUtil.free(bytes);
        }
    }

    private static long lastSignMs(MappedByteBuffer bytes, UnsafeBuffer about) {
        return new ManyToOneRingBuffer(CncFileDescriptor.createToDriverBuffer(bytes, about)).consumerHeartbeatTime();
    }
}
