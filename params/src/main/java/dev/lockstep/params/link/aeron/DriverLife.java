package dev.lockstep.params.link.aeron;

import io.aeron.CncFileDescriptor;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
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
        File file = folder.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (file.length() <= CncFileDescriptor.META_DATA_LENGTH) {
            return false;
        }

        MappedByteBuffer bytes = IoUtil.mapExistingFile(file, CncFileDescriptor.CNC_FILE);
        try {
            UnsafeBuffer about = CncFileDescriptor.createMetaDataBuffer(bytes);
            return about.getIntVolatile(CncFileDescriptor.cncVersionOffset(0)) != CncFileDescriptor.CNC_VERSION
                    || CLOCK.time() - lastSignMs(bytes, about) <= silence.toMillis();
        } finally {
            BufferUtil.free(bytes);
        }
    }

    private static long lastSignMs(MappedByteBuffer bytes, UnsafeBuffer about) {
        return new ManyToOneRingBuffer(CncFileDescriptor.createToDriverBuffer(bytes, about)).consumerHeartbeatTime();
    }
}
