package dev.lockstep.worker.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Weights in the format that other frameworks read too: https://github.com/huggingface/safetensors.
 *
 * <pre>
 *    0  long   length of the header
 *    8  bytes  header, JSON: each tensor's name, type, shape and place
 *       bytes  the numbers, little-endian, tensor after tensor
 * </pre>
 *
 * Streams are read and written in one pass, in small pieces, and stay the caller's to close.
 */
public final class SafeTensors {
    private static final int PIECE_LENGTH = 1 << 16;

    private SafeTensors() {}

    /** Writes the tensors in this order. */
    public static void write(OutputStream out, List<NamedValues> tensors) throws IOException {
        requireDistinct(tensors);
        byte[] header = SafeTensorsHeader.format(tensors.stream()
                .map(t -> new StoredTensor(
                        t.parameter().name(), t.dtype(), t.parameter().shape()))
                .toList());
        ByteBuffer piece = ByteBuffer.allocate(PIECE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        out.write(piece.putLong(header.length).array(), 0, Long.BYTES);
        out.write(header);

        for (NamedValues tensor : tensors) {
            FloatBuffer values = tensor.values().duplicate();
            while (values.hasRemaining()) {
                fill(piece, values, tensor.dtype());
                out.write(piece.array(), 0, piece.position());
            }
        }
    }

    /**
     * Reads a file into a network, whatever the order of its tensors. Nothing is written unless all names, types and
     * shapes fit.
     *
     * @param source the file's name, for messages
     * @param into what the file must hold
     * @param ignorable names that the file may hold besides
     * @throws SafeTensorsException if the file is damaged or does not fit; every name that does not is listed
     */
    public static void read(InputStream in, String source, List<NamedValues> into, Predicate<String> ignorable)
            throws IOException {
        requireDistinct(into);
        Map<String, NamedValues> wanted = new LinkedHashMap<>();
        into.forEach(tensor -> wanted.put(tensor.parameter().name(), tensor));
        SafeTensorsReader reader = SafeTensorsReader.open(in, source);
        requireNames(reader.tensors(), wanted, ignorable, source);
        requireShapes(reader.tensors(), wanted, source);

        for (StoredTensor stored : reader.tensors()) {
            if (wanted.containsKey(stored.name())) {
                reader.read(wanted.get(stored.name()).values());
            } else {
                reader.skip();
            }
        }
        reader.finish();
    }

    /** Reads everything as float32, by name, in the file's order. */
    public static Map<String, float[]> readAll(InputStream in, String source) throws IOException {
        SafeTensorsReader reader = SafeTensorsReader.open(in, source);
        Map<String, float[]> all = new LinkedHashMap<>();
        for (StoredTensor stored : reader.tensors()) {
            if (stored.count() > Integer.MAX_VALUE - 8) {
                throw new SafeTensorsException("Tensor is too large: name=" + stored.name() + ", shape="
                        + stored.shape() + ", file=" + source);
            }
            float[] values = new float[(int) stored.count()];
            reader.read(FloatBuffer.wrap(values));
            all.put(stored.name(), values);
        }

        reader.finish();
        return all;
    }

    private static void fill(ByteBuffer piece, FloatBuffer values, DType dtype) {
        piece.clear();
        int count = Math.min(PIECE_LENGTH / dtype.length(), values.remaining());
        if (dtype == DType.F32) {
            piece.asFloatBuffer().put(values.slice().limit(count));
            values.position(values.position() + count);
            piece.position(count * dtype.length());
        } else {
            for (int i = 0; i < count; i++) {
                piece.putLong((long) values.get());
            }
        }
    }

    private static void requireDistinct(List<NamedValues> tensors) {
        Set<String> names = new HashSet<>();
        for (NamedValues tensor : tensors) {
            if (!names.add(tensor.parameter().name())) {
                throw new IllegalArgumentException(
                        "Names must differ: name=" + tensor.parameter().name());
            }
        }
    }

    private static void requireNames(
            List<StoredTensor> stored, Map<String, NamedValues> wanted, Predicate<String> ignorable, String source)
            throws SafeTensorsException {
        Set<String> missing = new TreeSet<>(wanted.keySet());
        Set<String> unexpected = new TreeSet<>();
        for (StoredTensor tensor : stored) {
            boolean known = missing.remove(tensor.name());
            if (!known && !ignorable.test(tensor.name())) {
                unexpected.add(tensor.name());
            }
        }

        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new SafeTensorsException("Weights are not those of the network: missing=" + missing + ", unexpected="
                    + unexpected + ", file=" + source + hint(missing, unexpected));
        }
    }

    /** Wrappers such as DataParallel put a word before all names. */
    private static String hint(Set<String> missing, Set<String> unexpected) {
        if (missing.isEmpty() || missing.size() != unexpected.size()) {
            return "";
        }
        String first = unexpected.iterator().next();
        return missing.stream()
                .filter(first::endsWith)
                .map(name -> first.substring(0, first.length() - name.length()))
                .filter(prefix -> missing.stream()
                        .map(prefix::concat)
                        .collect(Collectors.toSet())
                        .equals(unexpected))
                .findFirst()
                .map(prefix -> ". All names in the file begin with " + prefix + " and fit without it: save the inner"
                        + " module's state_dict")
                .orElse("");
    }

    private static void requireShapes(List<StoredTensor> stored, Map<String, NamedValues> wanted, String source)
            throws SafeTensorsException {
        List<String> misfits = new ArrayList<>();
        for (StoredTensor tensor : stored) {
            NamedValues here = wanted.get(tensor.name());
            if (here == null) {
                continue;
            }
            if (!here.parameter().shape().equals(tensor.shape())) {
                misfits.add(tensor.name() + " is " + tensor.shape() + " in the file and "
                        + here.parameter().shape() + " in the network");
            } else if (here.dtype().isWhole() != tensor.dtype().isWhole()) {
                misfits.add(tensor.name() + " is " + tensor.dtype() + " in the file and " + here.dtype()
                        + " in the network");
            }
        }

        if (!misfits.isEmpty()) {
            throw new SafeTensorsException(
                    "Weights do not fit the network: " + String.join("; ", misfits) + ", file=" + source);
        }
    }
}
