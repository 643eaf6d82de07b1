package dev.lockstep.params.wire;

import dev.lockstep.params.link.Address;

/**
 * A worker asks for its place in the segment that is open. Worker to coordinator, repeated until HOST or MEMBER comes.
 *
 * <pre>
 *    24  int     worker
 *    28  int     fingerprint
 *    32         address, as {@link Addresses} writes it
 * </pre>
 *
 * @param fingerprint of the layout that the worker means
 * @param address of its inbox
 */
public record Join(int worker, int fingerprint, Address address) implements Message {
    @Override
    public FrameType type() {
        return FrameType.JOIN;
    }

    @Override
    public void write(BodyWriter out) {
        Addresses.write(address, out.writeInt(worker).writeInt(fingerprint));
    }

    public static Join read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Join(in.readInt(), in.readInt(), Addresses.read(in)));
    }
}
