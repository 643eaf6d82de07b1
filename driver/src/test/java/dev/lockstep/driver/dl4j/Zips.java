package dev.lockstep.driver.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips as Deeplearning4j's ModelSerializer writes them, of layers that are given as JSON. */
final class Zips {
    static final String DENSE =
            """
            {"@class": "org.deeplearning4j.nn.conf.layers.DenseLayer", "layerName": "hidden", "nin": 2, "nout": 3,
             "hasBias": true, "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationTanH"}}""";
    static final String OUTPUT =
            """
            {"@class": "org.deeplearning4j.nn.conf.layers.OutputLayer", "layerName": "classes", "nin": 3, "nout": 2,
             "hasBias": true, "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationSoftmax"},
             "lossFn": {"@class": "org.nd4j.linalg.lossfunctions.impl.LossMCXENT"}}""";
    /** Of both of them. */
    static final int PARAMETERS = 2 * 3 + 3 + 3 * 2 + 2;

    private Zips() {}

    static Path chain(Path file, float[] parameters, String... layers) throws IOException {
        return write(file, configuration(layers), array(parameters));
    }

    static String configuration(String... layers) {
        List<String> confs = List.of(layers).stream()
                .map(layer -> "{\"layer\": " + layer + "}")
                .toList();
        return "{\"confs\": [" + String.join(", ", confs) + "]}";
    }

    static Path write(Path file, String configuration, byte[] parameters) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("configuration.json"));
            zip.write(configuration.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("coefficients.bin"));
            zip.write(parameters);
        }
        return file;
    }

    /** A row of float32, as ND4J writes it. */
    static byte[] array(float... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        header(out, 8, "LONG");
        for (long number : new long[] {2, 1, values.length, 1, 1, 16384, 1, 99}) {
            out.writeLong(number);
        }
        header(out, values.length, "FLOAT");
        for (float value : values) {
            out.writeFloat(value);
        }
        return bytes.toByteArray();
    }

    static void header(DataOutputStream out, long count, String type) throws IOException {
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(count);
        out.writeUTF(type);
    }

    /** 1, 2, 3, ... */
    static float[] counting(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i + 1;
        }
        return values;
    }
}
