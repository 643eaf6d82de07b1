package dev.lockstep.params.wire;

import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;

/**
 * What a worker says of a step. Worker to coordinator, repeated until SEEN covers it.
 *
 * <pre>
 *    24  int     worker
 *    28  double  lossSum
 *    36  double  weight
 *    44  int     examples
 *    48  double  regularization
 *    56  int     nonFinite, index of a parameter; -1 for none
 *    60  long    inputNs
 *    68  long    forwardNs
 *    76  long    lossNs
 *    84  long    backwardNs
 *    92  long    sendNs
 *   100  long    waitNs
 *   108  long    applyNs
 * </pre>
 */
public record Report(int worker, WorkerReport report) implements Message {
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
                .writeInt(report.nonFinite());
        out.writeLong(times.inputNs())
                .writeLong(times.forwardNs())
                .writeLong(times.lossNs())
                .writeLong(times.backwardNs())
                .writeLong(times.sendNs())
                .writeLong(times.waitNs())
                .writeLong(times.applyNs());
    }

    public static Report read(Frame frame) {
        BodyReader in = frame.body();
        int worker = in.readInt();
        double lossSum = in.readDouble();
        double weight = in.readDouble();
        int examples = in.readInt();
        double regularization = in.readDouble();
        int nonFinite = in.readInt();
        WorkerTimes times = new WorkerTimes(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
        return in.end(new Report(
                worker, new WorkerReport(frame.step(), lossSum, weight, examples, regularization, nonFinite, times)));
    }
}
