package dev.lockstep.dl4j.data;

import java.io.Serializable;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Some examples as bytes. A plain final class, because Spark's Kryo cannot write records. */
final class PackedExamples implements Serializable {
    final int count;
    final int timeSteps;
    final byte[] bytes;

    private PackedExamples(int count, int timeSteps, byte[] bytes) {
        this.count = count;
        this.timeSteps = timeSteps;
        this.bytes = bytes;
    }

    static PackedExamples of(MultiDataSet examples) {
        return new PackedExamples(Rows.count(examples), Rows.timeSteps(examples), PackedArrays.pack(examples));
    }

    MultiDataSet unpacked() {
        return PackedArrays.unpack(bytes);
    }
}
