package dev.lockstep.ml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Python's declarations of the Params of a stage, those left out that PySpark's own base classes declare. */
final class PythonParams {
    private static final Set<String> OF_PYSPARK =
            Set.of("featuresCol", "labelCol", "predictionCol", "probabilityCol", "rawPredictionCol", "thresholds");
    private static final int DOC_WIDTH = 90;

    private final Params stage;

    PythonParams(Params stage) {
        this.stage = stage;
    }

    private Stream<Param<?>> params() {
        return Stream.<Param<?>>of(stage.params())
                .filter(param -> !OF_PYSPARK.contains(param.name()))
                .sorted(Comparator.comparing(Param::name));
    }

    List<String> names() {
        return params().map(Param::name).toList();
    }

    /** A dictionary for type checkers, with what else can be given by name. */
    String dictionary(String name, String base) {
        StringBuilder text = new StringBuilder("\n\nclass " + name + "(" + base + ", total=False):\n");
        params().forEach(param -> text.append("    %s: %s\n".formatted(param.name(), type(param).python)));
        return text.toString();
    }

    /** A class to mix in. */
    String mixin(String name, String doc) {
        StringBuilder text = new StringBuilder("\n\nclass " + name + "(Params):\n    \"\"\"" + doc + "\"\"\"\n");
        params().forEach(param -> text.append(declaration(param)));
        List<String> defaults =
                params().filter(stage::hasDefault).map(this::byDefault).toList();
        if (!defaults.isEmpty()) {
            text.append("\n    def __init__(self, *args: Any) -> None:\n        super().__init__(*args)\n")
                    .append("        self._setDefault(" + String.join(", ", defaults) + ")\n");
        }
        params().forEach(param -> text.append(methods(param)));
        return text.toString();
    }

    private String byDefault(Param<?> param) {
        Object value = stage.getOrDefault(param);
        return param.name() + "=" + (value instanceof String ? quoted((String) value) : value);
    }

    private static String declaration(Param<?> param) {
        Type type = type(param);
        List<String> doc = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : param.doc().split("(?<= )")) {
            if (line.length() + word.length() > DOC_WIDTH) {
                doc.add(quoted(line.toString()));
                line.setLength(0);
            }
            line.append(word);
        }
        doc.add(quoted(line.toString()));
        return """

                    %s: Param[%s] = Param(
                        Params._dummy(),
                        "%s",
                        %s,
                        typeConverter=TypeConverters.%s,
                    )
                """
                .formatted(param.name(), type.python, param.name(), String.join("\n        ", doc), type.converter);
    }

    private static String methods(Param<?> param) {
        String name = param.name();
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        String type = type(param).python;
        return """

                    def get%1$s(self) -> %3$s:
                        \"""The value of :py:attr:`%2$s`, or its default.\"""
                        return self.getOrDefault(self.%2$s)

                    def set%1$s(self: P, value: %3$s) -> P:
                        \"""Sets :py:attr:`%2$s`.\"""
                        return self._set(%2$s=value)
                """
                .formatted(capital, name, type);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private enum Type {
        TEXT("str", "toString"),
        WHOLE("int", "toInt"),
        NUMBER("float", "toFloat"),
        FLAG("bool", "toBoolean");

        private final String python;
        private final String converter;

        Type(String python, String converter) {
            this.python = python;
            this.converter = converter;
        }
    }

    private static Type type(Param<?> param) {
        if (param instanceof IntParam || param instanceof LongParam) {
            return Type.WHOLE;
        }
        if (param instanceof DoubleParam) {
            return Type.NUMBER;
        }
        if (param instanceof BooleanParam) {
            return Type.FLAG;
        }
        if (param.getClass().equals(Param.class)) {
            return Type.TEXT;
        }
        throw new AssertionError(
                "Param has no counterpart in PySpark yet: param=" + param + ", type=" + param.getClass());
    }
}
