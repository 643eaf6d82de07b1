package dev.lockstep.worker.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.params.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that PyTorch's side wrote, read by ours and by a second, plainer reader. */
class SafeTensorsGoldenTest {
    static List<Path> files() throws IOException, URISyntaxException {
        String other = System.getProperty("golden.dir");
        Path own = Path.of(SafeTensorsGoldenTest.class.getResource("/golden").toURI());
        Path golden = other != null && Files.exists(Path.of(other, "trajectories")) ? Path.of(other) : own;
        try (Stream<Path> all = Files.walk(golden.resolve("trajectories"))) {
            return all.filter(f -> f.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyNumberIsRead(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        Map<String, float[]> all = SafeTensors.readAll(new ByteArrayInputStream(file), path.toString());
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        JsonNode header = header(bytes);

        int compared = 0;
        for (Map.Entry<String, float[]> tensor : all.entrySet()) {
            JsonNode stored = header.get(tensor.getKey());
            int at = 8
                    + (int) bytes.getLong(0)
                    + stored.get("data_offsets").get(0).asInt();
            int length = DType.valueOf(stored.get("dtype").asText()).length();
            for (int i = 0; i < tensor.getValue().length; i++) {
                float expected =
                        switch (stored.get("dtype").asText()) {
                            case "F64" -> (float) bytes.getDouble(at + i * length);
                            case "I64" -> bytes.getLong(at + i * length);
                            default -> bytes.getFloat(at + i * length);
                        };
                assertEquals(expected, tensor.getValue()[i]);
                compared++;
            }
        }
        assertEquals(header.size(), all.size());
        assertTrue(compared > 1000, "compared=" + compared);
    }

    @ParameterizedTest
    @MethodSource("files")
    void writingBackGivesTheSameNumbers(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        Map<String, float[]> all = SafeTensors.readAll(new ByteArrayInputStream(file), path.toString());
        JsonNode header = header(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        List<NamedValues> tensors = new ArrayList<>();
        all.forEach((name, values) -> tensors.add(named(name, header.get(name), FloatBuffer.wrap(values))));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors);
        List<NamedValues> again = tensors.stream()
                .map(t -> new NamedValues(
                        t.parameter(), FloatBuffer.allocate(t.parameter().size()), t.dtype()))
                .toList();
        SafeTensors.read(new ByteArrayInputStream(out.toByteArray()), "again", again, name -> false);
        assertEquals(tensors, again);
    }

    private static NamedValues named(String name, JsonNode stored, FloatBuffer values) {
        List<Integer> shape = new ArrayList<>();
        stored.get("shape").forEach(extent -> shape.add(extent.asInt()));
        return new NamedValues(
                new Parameter(name, shape), values, stored.get("dtype").asText().equals("I64") ? DType.I64 : DType.F32);
    }

    private static JsonNode header(ByteBuffer file) throws IOException {
        return new ObjectMapper().readTree(file.array(), 8, (int) file.getLong(0));
    }
}
