package dev.lockstep.params.plane;

import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.SharedFolder;
import dev.lockstep.params.link.Undisturbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;

/**
 * Memory that all processes of a job on one host share, in files of a folder of their own: whoever can map the file of
 * the values shares it, and the random number at its head is the host.
 *
 * <pre>
 *   file
 *    0  long, long  the host's number
 *   16  int         fingerprint of the layout
 *   64  stamps, for each range 64 bytes
 *       floats, from the next page on
 * </pre>
 *
 * <p>A file has all its pages before it is used: one that lacks them would end the process where there is no room.
 */
public final class MappedPlane implements HostPlane {
    private static final String VALUES = "values";
    private static final String GRADIENT = "gradient-";
    private static final int PAGE = 4096;
    private static final int HEAD = 64;
    private static final int FINGERPRINT = 16;

    /** A file as this process sees it. */
    private record Mapped(ByteBuffer head, ByteBuffer floats, Region region) {
        UUID host() {
            return new UUID(head.getLong(0), head.getLong(Long.BYTES));
        }
    }

    private final JobFolder folder;
    private final Layout layout;
    private final Mapped values;
    private final UUID host;
    private final Map<UUID, Mapped> gradients = new HashMap<>();
    private final List<Path> own = new ArrayList<>();

    private MappedPlane(JobFolder folder, Layout layout) throws IOException {
        this.folder = folder;
        this.layout = layout;
        this.values = folder.alone(this::openValues);
        this.host = values.host();
        requireSameLayout();
    }

    /** @throws IOException if the memory cannot be had: no room, or a folder that is not this user's alone */
    public static MappedPlane open(SharedFolder process, int job, Layout layout) throws IOException {
        return undisturbed(() -> {
            JobFolder folder = JobFolder.enter(process, job);
            try {
                return new MappedPlane(folder, layout);
            } catch (IOException | RuntimeException e) {
                folder.leave();
                throw e;
            }
        });
    }

    private static <T> T undisturbed(JobFolder.Action<T> action) throws IOException {
        try {
            return Undisturbed.call(() -> {
                try {
                    return action.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Mapped openValues() throws IOException {
        Path file = folder.file(VALUES);
        if (!Files.exists(file)) {
            // Under its own name it is whole from the beginning.
            Path begun = folder.file(VALUES + "-" + UUID.randomUUID());
            write(begun, UUID.randomUUID());
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        }

        return map(file);
    }

    private void requireSameLayout() throws IOException {
        if (values.head().getInt(FINGERPRINT) != layout.fingerprint()) {
            throw new IOException("folder is of another network: file=" + folder.file(VALUES));
        }
    }

    private int headBytes() {
        return BitUtil.align(HEAD + layout.trained().size() * Region.STAMP, PAGE);
    }

    private long floatBytes() {
        return (long) layout.valueCount() * Float.BYTES;
    }

    private void write(Path file, UUID number) throws IOException {
        long bytes = headBytes() + floatBytes();
        if (bytes > folder.room()) {
            throw new IOException(
                    "no room: file=" + file + ", needed=" + bytes + ", available=" + Math.max(0, folder.room()));
        }

        ByteBuffer page = ByteBuffer.allocateDirect(1 << 20);
        page.putLong(0, number.getMostSignificantBits())
                .putLong(Long.BYTES, number.getLeastSignificantBits())
                .putInt(FINGERPRINT, layout.fingerprint());
        try (FileChannel channel = JobFolder.create(file, StandardOpenOption.CREATE_NEW)) {
            for (long at = 0; at < bytes; ) {
                page.clear().limit((int) Math.min(page.capacity(), bytes - at));
                at += channel.write(page, at);
                page.putLong(0, 0).putLong(Long.BYTES, 0).putInt(FINGERPRINT, 0);
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            BufferUtil.free(page);
        }
    }

    private Mapped map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != headBytes() + floatBytes()) {
                throw new IOException("file has another length: file=" + file + ", length=" + channel.size()
                        + ", expected=" + (headBytes() + floatBytes()));
            }

            ByteBuffer head = channel.map(MapMode.READ_WRITE, 0, headBytes());
            ByteBuffer floats = channel.map(MapMode.READ_WRITE, headBytes(), floatBytes());
            return new Mapped(head, floats, new Region(head.slice(HEAD, headBytes() - HEAD), floats));
        }
    }

    @Override
    public UUID host() {
        return host;
    }

    @Override
    public Region values() {
        return values.region();
    }

    @Override
    public synchronized Region create(UUID gradient) {
        Path file = folder.file(GRADIENT + gradient);
        return gradients
                .computeIfAbsent(
                        gradient,
                        key -> failing("made", file, () -> {
                            write(file, host);
                            own.add(file);
                            return map(file);
                        }))
                .region();
    }

    @Override
    public synchronized Region gradient(UUID gradient) {
        Path file = folder.file(GRADIENT + gradient);
        return gradients
                .computeIfAbsent(gradient, key -> failing("opened", file, () -> map(file)))
                .region();
    }

    private static Mapped failing(String what, Path file, JobFolder.Action<Mapped> action) {
        try {
            return undisturbed(action);
        } catch (IOException e) {
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Memory of this host cannot be " + what + ": file=" + file + ", reason=" + e.getMessage(),
                    e);
        }
    }

    @Override
    public synchronized void leave() {
        try {
            undisturbed(() -> {
                for (Path file : own) {
                    Files.deleteIfExists(file);
                }

                folder.leave();
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Memory of a job is left behind: file=" + folder.file(VALUES), e);
        }
    }

    @Override
    public synchronized void close() {
        unmap(values);
        gradients.values().forEach(MappedPlane::unmap);
        gradients.clear();
    }

    private static void unmap(Mapped mapped) {
        BufferUtil.free(mapped.head());
        BufferUtil.free(mapped.floats());
    }
}
