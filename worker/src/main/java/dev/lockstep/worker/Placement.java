package dev.lockstep.worker;

/**
 * Where tensors are: one of the devices of a kind.
 *
 * @param index of a GPU among those that the process sees, from 0
 */
public record Placement(Device device, int index) {
    static final Placement CPU = new Placement(Device.CPU, 0);

    public boolean isOnHost() {
        return device == Device.CPU;
    }

    public org.bytedeco.pytorch.Device torch() {
        return new org.bytedeco.pytorch.Device(toString());
    }

    /** As libtorch names it. */
    @Override
    public String toString() {
        return isOnHost() ? device.toString() : device + ":" + index;
    }
}
