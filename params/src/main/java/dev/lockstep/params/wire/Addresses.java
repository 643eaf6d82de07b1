package dev.lockstep.params.wire;

import dev.lockstep.params.link.Address;
import java.util.UUID;

/**
 * An address within a body.
 *
 * <pre>
 *    0  long    process, upper half
 *    8  long    process, lower half
 *   16  int     port
 *   20  int     stream
 *   24  ushort  bytes of host, then UTF-8
 *       ushort  bytes of directory, then UTF-8
 * </pre>
 */
final class Addresses {
    private Addresses() {}

    static void write(Address address, BodyWriter out) {
        out.writeLong(address.process().getMostSignificantBits())
                .writeLong(address.process().getLeastSignificantBits())
                .writeInt(address.port())
                .writeInt(address.stream())
                .writeString(address.host())
                .writeString(address.directory());
    }

    static Address read(BodyReader in) {
        UUID process = new UUID(in.readLong(), in.readLong());
        int port = in.readInt();
        int stream = in.readInt();
        return new Address(process, in.readString(), port, in.readString(), stream);
    }
}
