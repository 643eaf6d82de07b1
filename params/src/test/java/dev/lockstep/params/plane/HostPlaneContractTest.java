package dev.lockstep.params.plane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Range;
import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory of one process and memory of several behave alike. */
class HostPlaneContractTest {
    private static final Layout LAYOUT = Layout.of(
            List.of(new Parameter("w", List.of(300, 70)), new Parameter("b", List.of(70))), List.of(), 2, 1024);
    private static final int EMPTY = 1;

    @TempDir
    Path parent;

    enum Backing {
        PLAIN,
        MAPPED
    }

    /** Two sights of the same memory, as two workers have them. */
    private List<HostPlane> sights(Backing backing) throws IOException {
        if (backing == Backing.PLAIN) {
            HostPlane plane = new PlainPlane(LAYOUT);
            return List.of(plane, plane);
        }

        return List.of(
                MappedPlane.open(process("lockstep-1-1-a"), /* job */ 7, LAYOUT),
                MappedPlane.open(process("lockstep-1-2-b"), /* job */ 7, LAYOUT));
    }

    private SharedFolder process(String name) throws IOException {
        return new SharedFolder(Files.createDirectories(parent.resolve(name)), /* reserved */ 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatOneWritesTheOtherReads(Backing backing) throws IOException {
        List<HostPlane> sights = sights(backing);
        assertEquals(sights.get(0).host(), sights.get(1).host());
        UUID name = UUID.randomUUID();
        Region written = sights.get(0).create(name);
        Region read = sights.get(1).gradient(name);
        assertEquals(LAYOUT.valueCount(), read.floats().capacity());
        for (int i = 0; i < read.floats().capacity(); i++) {
            assertEquals(0f, read.floats().get(i));
        }

        written.floats().put(LAYOUT.valueCount() - 1, 3f);
        sights.get(1).values().floats().put(0, 4f);
        assertEquals(3f, read.floats().get(LAYOUT.valueCount() - 1));
        assertEquals(4f, sights.get(0).values().floats().get(0));
        sights.forEach(HostPlane::close);
    }

    @ParameterizedTest
    @EnumSource
    void aStampSaysOfWhichStepARangeIs(Backing backing) throws IOException {
        List<HostPlane> sights = sights(backing);
        UUID name = UUID.randomUUID();
        Region written = sights.get(0).create(name);
        Region read = sights.get(1).gradient(name);
        for (Range range : LAYOUT.trained()) {
            assertFalse(read.stands(range.index(), 1));
            written.stamp(range.index(), 1L << 50, /* flags */ 0x81, -2.5);
            assertTrue(read.stands(range.index(), 1L << 50));
            assertFalse(read.stands(range.index(), 1));
            assertEquals(0x81, read.flags(range.index()));
            assertEquals(-2.5, read.weight(range.index()));
        }

        sights.forEach(HostPlane::close);
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreAddedInWorkerOrderAndEmptyOnesPassedOver(Backing backing) throws IOException {
        List<HostPlane> sights = sights(backing);
        UUID[] names = Stream.generate(UUID::randomUUID).limit(4).toArray(UUID[]::new);
        float[][] gradients = new float[4][LAYOUT.valueCount()];
        Random random = new Random(5);
        for (int worker = 0; worker < 4; worker++) {
            Region own = sights.get(worker % 2).create(names[worker]);
            for (int i = 0; i < LAYOUT.valueCount(); i++) {
                gradients[worker][i] = (float) random.nextGaussian() * (1 << random.nextInt(20));
            }

            own.floats().put(0, gradients[worker]);
            for (Range range : LAYOUT.trained()) {
                boolean isEmpty = worker == 2;
                own.stamp(range.index(), 9, isEmpty ? EMPTY : 0, isEmpty ? 0 : worker + 0.5);
            }
        }

        List<Region> regions = Stream.of(names).map(sights.get(1)::gradient).toList();
        Blocks blocks = new Blocks();
        for (Range range : LAYOUT.trained()) {
            HostRange host = new HostRange(range, sights.get(0).values(), regions, EMPTY, blocks);
            assertTrue(host.isWhole(9) && !host.isWhole(8) && !host.isEmpty());
            assertEquals(0.5 + 1.5 + 3.5, host.weight());
            float[] expected = new float[range.count()];
            float[] added = new float[range.count()];
            for (int i = 0; i < expected.length; i++) {
                int at = range.start() + i;
                expected[i] = gradients[0][at] + gradients[1][at] + gradients[3][at];
                added[i] = i + expected[i];
            }

            float[] sum = new float[range.count()];
            host.sum(sum, 0, sum.length);
            assertArrayEquals(expected, sum);
            for (int i = 0; i < sum.length; i++) {
                sum[i] = i;
            }

            host.add(sum, 0, sum.length);
            assertArrayEquals(added, sum);
            host.show(sum, 0, sum.length);
            host.shown(9, 2, 6.25);
            assertTrue(sights.get(1).values().stands(range.index(), 9));
            assertEquals(6.25, sights.get(1).values().squares(range.index()));
            assertEquals(sum[1], sights.get(1).values().floats().get(range.start() + 1));
        }

        sights.forEach(HostPlane::close);
    }
}
