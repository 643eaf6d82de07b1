package dev.lockstep.params.wire;

import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker says of a step; in several pieces if it has seen much. Worker to coordinator, repeated until SEEN
 * covers it.
 *
 * <pre>
 *    24  int     worker
 *    28  double  lossSum
 *    36  double  weight
 *    44  int     examples
 *    48  double  regularization
 *    56  double  gradientNorm
 *    64  int     nonFinite, index of a parameter; -1 for none
 *    68  byte    skipped, 1 if the shards have skipped the step
 *    69  long    inputNs
 *    77  long    forwardNs
 *    85  long    lossNs
 *    93  long    backwardNs
 *   101  long    sendNs
 *   109  long    waitNs
 *   117  long    applyNs
 *   125  long    hiddenNs
 *   133  long    bytes pushed to other hosts
 *   141  long    bytes that these stand for
 *   149  int     total, of layer statistics in the step
 *   153  int     start, of this piece in it
 *   157  float   layer statistics, until the end of the frame
 * </pre>
 *
 * @param report with this piece alone of its layer statistics
 */
public record Report(int worker, int total, int start, WorkerReport report) implements Message {
    /** So many values go into the smallest frame that links carry. */
    static final int PIECE = 256;

    public Report {
        long end = (long) start + report.layerStats().size();
        if (start < 0 || end > total || (end < total && report.layerStats().isEmpty())) {
            throw new ProtocolException("Report's piece is outside of it: worker=" + worker + ", start=" + start
                    + ", count=" + report.layerStats().size() + ", total=" + total);
        }
    }

    /** A whole report, in order; one piece if there are no layer statistics. */
    public static List<Report> pieces(int worker, WorkerReport report) {
        List<Float> layerStats = report.layerStats();
        List<Report> pieces = new ArrayList<>();
        int start = 0;
        do {
            int end = Math.min(layerStats.size(), start + PIECE);
            pieces.add(new Report(worker, layerStats.size(), start, report.layerStats(layerStats.subList(start, end))));
            start = end;
        } while (start < layerStats.size());
        return pieces;
    }

    @Override
    public FrameType type() {
        return FrameType.REPORT;
    }

    @Override
    public long step() {
        return report.step();
    }

    @Override
    public void write(BodyWriter out) {
        WorkerTimes times = report.times();
        out.writeInt(worker)
                .writeDouble(report.lossSum())
                .writeDouble(report.weight())
                .writeInt(report.examples())
                .writeDouble(report.regularization())
                .writeDouble(report.gradientNorm())
                .writeInt(report.nonFinite())
                .writeByte(report.skipped() ? 1 : 0);
        out.writeLong(times.inputNs())
                .writeLong(times.forwardNs())
                .writeLong(times.lossNs())
                .writeLong(times.backwardNs())
                .writeLong(times.sendNs())
                .writeLong(times.waitNs())
                .writeLong(times.applyNs())
                .writeLong(times.hiddenNs());
        out.writeLong(report.pushed().sent()).writeLong(report.pushed().whole());
        out.writeInt(total).writeInt(start);
        report.layerStats().forEach(value -> out.writeInt(Float.floatToRawIntBits(value)));
    }

    public static Report read(Frame frame) {
        BodyReader in = frame.body();
        int worker = in.readInt();
        double lossSum = in.readDouble();
        double weight = in.readDouble();
        int examples = in.readInt();
        double regularization = in.readDouble();
        double gradientNorm = in.readDouble();
        int nonFinite = in.readInt();
        boolean skipped = in.readByte() == 1;
        WorkerTimes times = new WorkerTimes(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
        PushedBytes pushed = new PushedBytes(in.readLong(), in.readLong());
        int total = in.readInt();
        int start = in.readInt();
        List<Float> layerStats = new ArrayList<>();
        while (in.hasMore()) {
            layerStats.add(Float.intBitsToFloat(in.readInt()));
        }
        WorkerReport report = new WorkerReport(
                frame.step(),
                lossSum,
                weight,
                examples,
                regularization,
                gradientNorm,
                nonFinite,
                skipped,
                layerStats,
                times,
                pushed);
        return in.end(new Report(worker, total, start, report));
    }
}
