package dev.lockstep.params.plane;

import dev.lockstep.params.Layout;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.BufferUtil;

/** Memory of one process, which its workers and shards share with nobody else. */
public final class PlainPlane implements HostPlane {
    private static final int LINE = 64;

    private final UUID host = UUID.randomUUID();
    private final Layout layout;
    private final Region values;
    private final Map<UUID, Region> gradients = new ConcurrentHashMap<>();

    public PlainPlane(Layout layout) {
        this.layout = layout;
        this.values = region(layout);
    }

    private static Region region(Layout layout) {
        return new Region(zeros(layout.trained().size() * Region.STAMP), zeros(layout.valueCount() * Float.BYTES));
    }

    private static ByteBuffer zeros(int bytes) {
        return BufferUtil.allocateDirectAligned(bytes, LINE);
    }

    @Override
    public UUID host() {
        return host;
    }

    @Override
    public Region values() {
        return values;
    }

    @Override
    public Region create(UUID gradient) {
        Region region = region(layout);
        gradients.put(gradient, region);
        return region;
    }

    @Override
    public Region gradient(UUID gradient) {
        return gradients.get(gradient);
    }

    @Override
    public void leave() {}

    /** The memory goes with whoever holds it last. */
    @Override
    public void close() {}
}
