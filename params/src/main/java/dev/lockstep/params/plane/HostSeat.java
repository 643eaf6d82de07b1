package dev.lockstep.params.plane;

import java.util.function.Consumer;

/**
 * A worker's memory in that of its host: parameters that it shares, and a gradient of its own. It stays while anybody
 * computes with it.
 */
public final class HostSeat implements AutoCloseable {
    private final HostPlane plane;
    private final HostPlace place;
    private final Region gradient;
    private final Consumer<HostSeat> onClose;

    /**
     * @param place names the gradient
     * @param onClose once nobody computes with it any more
     */
    public HostSeat(HostPlane plane, HostPlace place, Region gradient, Consumer<HostSeat> onClose) {
        this.plane = plane;
        this.place = place;
        this.gradient = gradient;
        this.onClose = onClose;
    }

    /** The memory of this worker's host. */
    public HostPlane plane() {
        return plane;
    }

    /** Under which others find the gradient. */
    public HostPlace place() {
        return place;
    }

    public Region values() {
        return plane.values();
    }

    public Region gradient() {
        return gradient;
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
