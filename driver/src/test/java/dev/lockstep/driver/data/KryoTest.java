package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.worker.Examples;
import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What Spark stores, shuffles and returns must pass through both of its serializers; records do not pass through Kryo. */
class KryoTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void slicesPass(boolean kryo) {
        PackedSlice slice = new PackedSlice(7, new Examples(2, new float[][] {{1, 2}, {3, 4}}, new float[] {5, 6}));
        PackedSlice copy = copy(slice, kryo);
        assertEquals(7, copy.slice());
        assertArrayEquals(slice.examples().features(), copy.examples().features());
        assertArrayEquals(slice.examples().targets(), copy.examples().targets());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void blocksAndTheirSummariesPass(boolean kryo) {
        BlockBuilder builder = new BlockBuilder("file", 3, new RowFormat(1, 1, 1));
        builder.add(new float[] {1, 2});
        builder.addBad(new BadValue("Rule", "x", "y"));
        RowBlock block = copy(builder.build(), kryo);
        assertEquals(2, block.examples().count());
        BlockSummary summary = copy(new BlockSummary(1, 2, block), kryo);
        assertEquals("Rule: row, column=x, value=y", summary.badValue().describe("row"));
    }

    private static <T> T copy(T value, boolean kryo) {
        SparkConf conf = new SparkConf();
        Serializer serializer = kryo ? new KryoSerializer(conf) : new JavaSerializer(conf);
        SerializerInstance instance = serializer.newInstance();
        @SuppressWarnings("unchecked")
        ClassTag<T> tag = ClassTag$.MODULE$.apply((Class<T>) value.getClass());
        ByteBuffer bytes = instance.serialize(value, tag);
        return instance.deserialize(bytes, tag);
    }
}
