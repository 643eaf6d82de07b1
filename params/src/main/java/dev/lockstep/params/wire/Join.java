package dev.lockstep.params.wire;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.plane.HostPlace;

/**
 * A worker asks for its place in the segment that is open. Worker to coordinator, repeated until HOST or MEMBER comes.
 *
 * <pre>
 *    24  int     worker
 *    28  int     fingerprint
 *    32  16 byte host
 *    48  16 byte gradient
 *    64         address, as {@link Addresses} writes it
 * </pre>
 *
 * @param fingerprint of the layout that the worker means
 * @param place its memory
 * @param address of its inbox
 */
public record Join(int worker, int fingerprint, HostPlace place, Address address) implements Message {
    @Override
    public FrameType type() {
        return FrameType.JOIN;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeInt(worker).writeInt(fingerprint).writeUuid(place.host()).writeUuid(place.gradient());
        Addresses.write(address, out);
    }

    public static Join read(Frame frame) {
        BodyReader in = frame.body();
        int worker = in.readInt();
        int fingerprint = in.readInt();
        HostPlace place = new HostPlace(in.readUuid(), in.readUuid());
        return in.end(new Join(worker, fingerprint, place, Addresses.read(in)));
    }
}
