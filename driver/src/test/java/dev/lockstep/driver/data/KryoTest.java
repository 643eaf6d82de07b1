package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.rows.RowBlock;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.data.source.Sources;
import dev.lockstep.worker.Examples;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What Spark stores, shuffles and returns must pass through both of its serializers; records do not pass through Kryo.
 */
@Tag("spark")
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
        Dataset<Row> table = LocalSpark.session().sql("select 1 x union all select null x");
        Selection selection = new Selection(List.of(), List.of(), TargetSpec.none(), List.of());
        int bad = 0;
        for (RowBlock block :
                Sources.decode(table.coalesce(1), selection, "test").blocks().collect()) {
            BlockSummary summary = copy(new BlockSummary(1, 2, copy(block, kryo)), kryo);
            assertEquals(block.count(), summary.count());
            if (block.badValue() != null) {
                bad++;
                assertEquals(
                        "Value must not be empty: here, row=3, column=x, value=null. data.missing fills gaps with mean,"
                                + " median or {constant: 0}, or leaves such rows out with skip; predict and evaluate do that with"
                                + " --missing skip",
                        summary.badValue().describe("here", 3));
            }
        }
        assertEquals(1, bad);
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
