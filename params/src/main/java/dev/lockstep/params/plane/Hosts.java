package dev.lockstep.params.plane;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Which members of a generation share memory. The lowest worker of a host is its leader: it speaks for the host to
 * shards on others.
 *
 * @param workers by worker
 * @param shards the host of each
 */
public record Hosts(List<HostPlace> workers, List<UUID> shards) {
    public Hosts {
        workers = List.copyOf(workers);
        shards = List.copyOf(shards);
    }

    /** Those of one host, rising. */
    public List<Integer> workersOf(UUID host) {
        return IntStream.range(0, workers.size())
                .filter(worker -> workers.get(worker).host().equals(host))
                .boxed()
                .toList();
    }

    /** One for each host, rising: the order in which the hosts' sums are added. */
    public List<Integer> leaders() {
        List<Integer> leaders = new ArrayList<>();
        for (int worker = 0; worker < workers.size(); worker++) {
            if (isLeader(worker)) {
                leaders.add(worker);
            }
        }

        return leaders;
    }

    public boolean isLeader(int worker) {
        return workersOf(hostOf(worker)).get(0) == worker;
    }

    public UUID hostOf(int worker) {
        return workers.get(worker).host();
    }
}
