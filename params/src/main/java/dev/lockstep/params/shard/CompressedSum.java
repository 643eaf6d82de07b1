package dev.lockstep.params.shard;

import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.WordBuffer;
import java.util.Arrays;

/**
 * The sum of what hosts push for one range in one step, added in their order: lists that stand for all values of the
 * range, and the gradients of the shard's own host, which are read where they lie. A list is added once it is whole.
 * One thread.
 */
final class CompressedSum implements Pushes {
    private final Compression compression;
    private final Workspace workspace;
    private final float[] sum;
    private final int[][] words;
    private final WordBuffer[] lists;
    private final int[] received;
    private final boolean[] whole;
    private final Shares shares;
    private final HostRange host;
    private final int own;
    private int summed;

    /**
     * @param host the gradients in the shard's own memory; null if all are pushed
     * @param own which contributor they are
     */
    CompressedSum(Compression compression, int count, int contributors, Workspace workspace, HostRange host, int own) {
        this.compression = compression;
        this.workspace = workspace;
        this.sum = new float[count];
        this.words = new int[contributors][];
        this.lists = new WordBuffer[contributors];
        for (int each = 0; each < contributors; each++) {
            words[each] = new int[each == own ? 0 : compression.longest(count)];
            lists[each] = WordBuffer.of(words[each]);
        }

        this.received = new int[contributors];
        this.whole = new boolean[contributors];
        this.shares = new Shares(contributors);
        this.host = host;
        this.own = own;
    }

    @Override
    public boolean addHost(long step) {
        if (host == null || whole[own] || !host.isWhole(step)) {
            return false;
        }

        whole[own] = true;
        shares.read(own, host);
        catchUp();
        return true;
    }

    @Override
    public boolean add(int contributor, Frame push) {
        boolean next = contributor != own && !whole[contributor] && push.start() == received[contributor];
        if (!next || (push.empty() ? received[contributor] > 0 : !take(contributor, push))) {
            return false;
        }
        if (push.empty()) {
            whole[contributor] = true;
            shares.setEmpty(contributor);
        }

        catchUp();
        return true;
    }

    private boolean take(int contributor, Frame push) {
        int end = received[contributor] + push.count();
        if (push.count() == 0 || end > words[contributor].length) {
            return false;
        }

        push.copyWords(0, push.count(), lists[contributor], received[contributor]);
        int length = compression.length(sum.length, words[contributor][0]);
        if (end > length) {
            return false;
        }

        received[contributor] = end;
        whole[contributor] = end == length;
        shares.weigh(contributor, push.weight());
        return true;
    }

    private void catchUp() {
        while (summed < whole.length && whole[summed]) {
            if (!shares.isEmpty(summed)) {
                add(summed);
            }

            summed++;
        }
    }

    private void add(int contributor) {
        if (contributor == own) {
            addHost();
            return;
        }

        boolean first = shares.isFirst(contributor);
        float[] values = first ? sum : workspace.scratch().values();
        try {
            compression.expand(words[contributor], sum.length, values);
        } catch (ProtocolException e) {
            // Its sender is asked for it again.
            received[contributor] = 0;
            whole[contributor] = false;
            throw e;
        }

        for (int i = 0; i < sum.length && !first; i++) {
            sum[i] += values[i];
        }
    }

    private void addHost() {
        if (shares.isFirst(own)) {
            host.sum(sum, 0, sum.length);
        } else {
            host.add(sum, 0, sum.length);
        }
    }

    @Override
    public boolean isComplete() {
        return summed == whole.length;
    }

    @Override
    public float[] values() {
        if (shares.areAllEmpty()) {
            Arrays.fill(sum, 0);
        }

        return sum;
    }

    @Override
    public double weight() {
        return shares.weight();
    }

    @Override
    public int received(int contributor) {
        return received[contributor];
    }

    @Override
    public boolean lacks(int contributor) {
        return !whole[contributor];
    }

    @Override
    public void clear() {
        Arrays.fill(received, 0);
        Arrays.fill(whole, false);
        shares.clear();
        this.summed = 0;
    }
}
