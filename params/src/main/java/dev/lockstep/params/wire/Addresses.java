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
        out.writeUuid(address.process())
                .writeInt(address.port())
                .writeInt(address.stream())
                .writeString(address.host())
                .writeString(address.directory());
    }

    static Address read(BodyReader in) {
        UUID process = in.readUuid();
        int port = in.readInt();
        int stream = in.readInt();
        return new Address(process, in.readString(), port, in.readString(), stream);
    }
}
