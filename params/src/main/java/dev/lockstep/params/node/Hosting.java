package dev.lockstep.params.node;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.member.AgentGroup;
import dev.lockstep.params.member.SharedAgent;
import dev.lockstep.params.secure.Keyring;
import dev.lockstep.params.shard.ShardServer;
import dev.lockstep.params.shard.ShardSettings;
import dev.lockstep.params.shard.ShardSource;
import dev.lockstep.params.wire.Hosted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The shards of one process. Thread-safe. */
final class Hosting implements AutoCloseable {
    private record Entry(ShardServer shard, SharedAgent shared) {
        boolean is(int job, int index) {
            return shard.settings().cluster().job() == job && shard.index() == index;
        }
    }

    private final Transport transport;
    private final Keyring keyring;
    private final Planes planes;
    private final AgentGroup agents;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    Hosting(Transport transport, Keyring keyring, Planes planes, AgentGroup agents) {
        this.transport = transport;
        this.keyring = keyring;
        this.planes = planes;
        this.agents = agents;
    }

    /** Makes sure that a shard is here and stands at a step; fills it if it does not. */
    void host(Membership membership, int index, long step, ShardSource source) {
        Entry entry = find(membership.settings().job(), index);
        if (entry == null) {
            create(membership, index, step, source);
        } else if (!stands(entry, step)) {
            entry.shared().exclusively(() -> fill(entry.shard(), step, source));
        }
    }

    private Entry find(int job, int index) {
        return entries.stream()
                .filter(entry -> entry.is(job, index))
                .findFirst()
                .orElse(null);
    }

    private void create(Membership membership, int index, long step, ShardSource source) {
        ShardSettings settings = new ShardSettings(
                membership.settings(), membership.layout(), membership.rule(), index, membership.coordinator());
        ShardServer shard =
                new ShardServer(settings, planes.of(membership.settings().job(), membership.layout()), transport);
        try {
            fill(shard, step, source);
        } catch (RuntimeException e) {
            shard.close();
            throw e;
        }

        SharedAgent shared = new SharedAgent(shard::doWork);
        entries.add(new Entry(shard, shared));
        agents.add(shared);
    }

    private static void fill(ShardServer shard, long step, ShardSource source) {
        source.fill(shard, step);
        if (shard.step() != step && shard.step() != ShardServer.ANY) {
            // Its source is the state that the job began with: only a job that begins again can go on from there.
            throw new AbortException(
                    Kind.LOST,
                    "Shard was filled with the state of another step: shard=" + shard.index() + ", step=" + shard.step()
                            + ", expected=" + step);
        }
    }

    private static boolean stands(Entry entry, long step) {
        long at = entry.shared().exclusively(entry.shard()::step);
        return at == step || at == ShardServer.ANY;
    }

    /**
     * What to tell the coordinator of a job; a shard that is just being filled is passed over.
     *
     * @throws AbortException if a shard can no longer be reached
     */
    List<Hosted> hosted(int job) {
        List<Hosted> hosted = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.shard().settings().cluster().job() == job
                    && entry.shared().tryEnter()) {
                try {
                    hosted.add(hosted(entry.shard()));
                } finally {
                    entry.shared().exit();
                }
            }
        }

        return hosted;
    }

    private static Hosted hosted(ShardServer shard) {
        if (!shard.isOpen()) {
            throw new AbortException(
                    Kind.LOST,
                    "Shard is lost with its inbox; its process was stopped for too long: shard=" + shard.index()
                            + ", step=" + shard.step() + ", inbox=" + shard.address());
        }

        return new Hosted(
                shard.step(), shard.index(), shard.settings().layout().fingerprint(), shard.host(), shard.address());
    }

    /** Closes the shards of jobs that are over. */
    void closeEnded() {
        for (Entry entry : entries) {
            if (entry.shard().isOver()) {
                end(entry.shard().settings().cluster().job());
            }
        }
    }

    /** Closes the shards of a job that is given up. */
    void end(int job) {
        for (Entry entry : entries) {
            if (entry.shard().settings().cluster().job() == job) {
                close(entry);
            }
        }

        planes.end(job);
        keyring.forget(job);
    }

    private void close(Entry entry) {
        if (entries.remove(entry)) {
            agents.retire(entry.shared());
            entry.shard().close();
        }
    }

    @Override
    public void close() {
        entries.forEach(this::close);
    }
}
