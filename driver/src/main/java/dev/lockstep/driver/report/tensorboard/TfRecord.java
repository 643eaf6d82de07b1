package dev.lockstep.driver.report.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * One record of a TFRecord file, little-endian.
 *
 * <pre>
 *        0  long  length of the data
 *        8  int   masked CRC-32C of these eight bytes
 *       12  data
 *   length  int   masked CRC-32C of the data
 * </pre>
 *
 * Masked, so that a CRC of data that hold CRCs is a good one: rotated right by 15 bits, and a constant added.
 */
final class TfRecord {
    private static final int MASK = 0xa282ead8;
    private static final int AROUND = Long.BYTES + 2 * Integer.BYTES;

    private TfRecord() {}

    static byte[] of(byte[] data) {
        ByteBuffer record = ByteBuffer.allocate(AROUND + data.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(masked(record.array(), 0, Long.BYTES));
        int start = record.position();
        record.put(data);
        record.putInt(masked(record.array(), start, data.length));
        return record.array();
    }

    private static int masked(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
