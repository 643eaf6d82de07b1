package dev.lockstep.deploy.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.deploy.doctor.Finding.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found at every place, for people and for programs. */
public final class Diagnoses {
    private final Map<String, List<Finding>> places = new LinkedHashMap<>();

    public void add(String place, List<Finding> findings) {
        places.put(place, List.copyOf(findings));
    }

    /** The worst of all. */
    public Verdict verdict() {
        return all().map(Finding::verdict).reduce(Verdict.OK, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** A place and its findings, a line each. */
    public static List<String> text(String place, List<Finding> findings) {
        return Stream.concat(Stream.of(place), findings.stream().map(finding -> "  " + finding))
                .toList();
    }

    /** {@code 1 fail, 2 warn, 31 ok}. */
    public String summary() {
        return Stream.of(Verdict.FAIL, Verdict.WARN, Verdict.OK)
                .map(verdict ->
                        all().filter(finding -> finding.verdict() == verdict).count() + " " + word(verdict))
                .collect(Collectors.joining(", "));
    }

    /** {@code {"verdict":"warn","places":[{"place","findings":[{"verdict","subject","found","fix"}]}]}}. */
    public String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("verdict", word(verdict()));
        ArrayNode list = root.putArray("places");
        places.forEach((place, findings) -> {
            ArrayNode array = list.addObject().put("place", place).putArray("findings");
            findings.forEach(finding -> array.addObject()
                    .put("verdict", word(finding.verdict()))
                    .put("subject", finding.subject())
                    .put("found", finding.found())
                    .put("fix", finding.fix()));
        });
        return root.toString();
    }

    private Stream<Finding> all() {
        return places.values().stream().flatMap(List::stream);
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
