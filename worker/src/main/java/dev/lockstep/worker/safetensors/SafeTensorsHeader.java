package dev.lockstep.worker.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The JSON at the head of a safetensors file.
 *
 * <pre>
 *   {"__metadata__": {"format": "pt"}, NAME: {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}
 * </pre>
 *
 * Offsets count from the header's end. The tensors must cover what follows without gaps, overlaps or repetition.
 */
final class SafeTensorsHeader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String METADATA = "__metadata__";

    private SafeTensorsHeader() {}

    /** Where a tensor lies, in bytes from the header's end. */
    private record Placed(StoredTensor tensor, long start, long end) {}

    /** The tensors in the order of their bytes. */
    static List<StoredTensor> parse(byte[] json, String source) throws SafeTensorsException {
        List<Placed> placed = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object", source);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                expect(parser.nextToken() == JsonToken.START_OBJECT, name + " is not an object", source);
                if (name.equals(METADATA)) {
                    parser.skipChildren();
                } else {
                    placed.add(parseTensor(name, parser, source));
                }
            }
            expect(parser.nextToken() == null, "something follows the JSON object", source);
        } catch (JsonProcessingException e) {
            throw new SafeTensorsException(unreadable(e.getOriginalMessage(), source), e);
        } catch (IOException e) {
            throw e instanceof SafeTensorsException known
                    ? known
                    : new SafeTensorsException(unreadable(e.getMessage(), source), e);
        }

        placed.sort(Comparator.comparingLong(Placed::start).thenComparingLong(Placed::end));
        requireCover(placed, source);
        return placed.stream().map(Placed::tensor).toList();
    }

    private static Placed parseTensor(String name, JsonParser parser, String source) throws IOException {
        DType dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = dtype(name, parser.getText(), source);
                case "shape" -> shape = numbers(name, key, parser, source);
                case "data_offsets" -> offsets = numbers(name, key, parser, source);
                default -> expect(false, name + " has the unknown key " + key, source);
            }
        }

        expect(dtype != null && shape != null && offsets != null, name + " lacks dtype, shape or data_offsets", source);
        expect(offsets.size() == 2, name + " has data_offsets=" + offsets, source);
        return new Placed(tensor(name, dtype, shape, source), offsets.get(0), offsets.get(1));
    }

    private static DType dtype(String name, String text, String source) throws SafeTensorsException {
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }

        throw new SafeTensorsException("Tensor has a type that is not read here: name=" + name + ", dtype=" + text
                + ", read=" + Arrays.toString(DType.values()) + ", file=" + source);
    }

    private static List<Long> numbers(String name, String key, JsonParser parser, String source) throws IOException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, name + " has no list as " + key, source);
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(
                    parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
                    name + " has no whole numbers in " + key,
                    source);
            numbers.add(parser.getLongValue());
        }

        return numbers;
    }

    private static StoredTensor tensor(String name, DType dtype, List<Long> shape, String source)
            throws SafeTensorsException {
        try {
            StoredTensor tensor = new StoredTensor(
                    name, dtype, shape.stream().map(Math::toIntExact).toList());
            expect(
                    shape.stream().allMatch(extent -> extent >= 0),
                    name + " has a negative extent: shape=" + shape,
                    source);
            expect(tensor.length() >= 0, name, source);
            return tensor;
        } catch (ArithmeticException e) {
            throw new SafeTensorsException(unreadable(name + " is too large: shape=" + shape, source), e);
        }
    }

    private static void requireCover(List<Placed> placed, String source) throws SafeTensorsException {
        long end = 0;
        for (Placed p : placed) {
            String where = "name=" + p.tensor().name() + ", dtype=" + p.tensor().dtype() + ", shape="
                    + p.tensor().shape() + ", data_offsets=[" + p.start() + ", " + p.end() + "]";
            if (p.end() - p.start() != p.tensor().length()) {
                throw new SafeTensorsException("Tensor's offsets do not fit its shape: " + where + ", file=" + source);
            }
            if (p.start() != end) {
                throw new SafeTensorsException(
                        (p.start() < end ? "Tensor overlaps the one before: " : "Gap before a tensor: ") + where
                                + ", expected=" + end + ", file=" + source);
            }
            end = p.end();
        }
    }

    /** The header's bytes, padded with spaces to a multiple of eight. */
    static byte[] format(List<StoredTensor> tensors) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart(METADATA);
            json.writeStringField("format", "pt");
            json.writeEndObject();
            long start = 0;
            for (StoredTensor tensor : tensors) {
                writeTensor(json, tensor, start);
                start += tensor.length();
            }
            json.writeEndObject();
        }

        while (bytes.size() % Long.BYTES != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    private static void writeTensor(JsonGenerator json, StoredTensor tensor, long start) throws IOException {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(
                tensor.shape().stream().mapToInt(Integer::intValue).toArray(),
                0,
                tensor.shape().size());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {start, start + tensor.length()}, 0, 2);
        json.writeEndObject();
    }

    private static void expect(boolean holds, String otherwise, String source) throws SafeTensorsException {
        if (!holds) {
            throw new SafeTensorsException(unreadable(otherwise, source));
        }
    }

    private static String unreadable(String reason, String source) {
        return "Header of a safetensors file cannot be read: reason=" + reason + ", file=" + source;
    }
}
