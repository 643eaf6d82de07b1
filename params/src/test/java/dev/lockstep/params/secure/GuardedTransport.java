package dev.lockstep.params.secure;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.link.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Seals everything, as between machines, and lets a stranger put bytes before every inbox that is polled. */
public final class GuardedTransport implements Transport {
    /** Somebody on the network: sees all sealed frames that arrive, and sends what it likes. */
    public interface Stranger {
        void sees(byte[] sealed);

        void sends(Consumer<byte[]> inbox);
    }

    private final Transport transport;
    private final Keyring keyring;
    private final Stranger stranger;
    private final List<KeyGate> gates = new ArrayList<>();
    private int links;
    private long admitted;

    public GuardedTransport(Transport transport, Keyring keyring, Stranger stranger) {
        this.transport = transport;
        this.keyring = keyring;
        this.stranger = stranger;
    }

    @Override
    public Inbox open() {
        Inbox inbox = transport.open();
        KeyGate gate = (KeyGate) keyring.before(inbox.address());
        gates.add(gate);
        return new GuardedInbox(inbox, gate);
    }

    @Override
    public Link connect(Address address, Traffic traffic, int job) {
        links++;
        return keyring.seal(address, job).over(transport.connect(address, traffic, job));
    }

    /** How many of the stranger's frames have got in. */
    public long admitted() {
        return admitted;
    }

    /** Senders that gates remember, at most one for each link that was ever made. */
    public boolean remembersMoreThanItsLinks() {
        return gates.stream().mapToInt(KeyGate::senders).sum() > links;
    }

    @Override
    public Clock clock() {
        return transport.clock();
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class GuardedInbox implements Inbox {
        private final Inbox inbox;
        private final Gate gate;

        GuardedInbox(Inbox inbox, Gate gate) {
            this.inbox = inbox;
            this.gate = gate;
        }

        @Override
        public int poll(FrameHandler handler, int limit) {
            stranger.sends(bytes -> {
                if (gate.pass(new UnsafeBuffer(bytes), 0, bytes.length, handler, "a stranger")) {
                    admitted++;
                }
            });
            return inbox.poll(
                    (buffer, offset, length) -> {
                        byte[] sealed = new byte[length];
                        buffer.getBytes(offset, sealed);
                        stranger.sees(sealed);
                        gate.pass(buffer, offset, length, handler, "a member");
                    },
                    limit);
        }

        @Override
        public Address address() {
            return inbox.address();
        }

        @Override
        public boolean isOpen() {
            return inbox.isOpen();
        }

        @Override
        public void close() {
            inbox.close();
        }
    }
}
