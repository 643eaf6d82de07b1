package dev.lockstep.k8s.trial;

import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a service account may do, by its role, and what it asked for. */
final class Rights {
    private static final Pattern PATH =
            Pattern.compile("/(?:api|apis/([^/]+))/v[^/]+/namespaces/[^/]+/([a-z]+)(/[^/?]+)?[^?]*(\\?.*)?");

    private final Role role;
    private final Set<String> used = new ConcurrentSkipListSet<>();
    private final Set<String> denied = new ConcurrentSkipListSet<>();

    Rights(Role role) {
        this.role = role;
    }

    boolean allow(String method, String path) {
        Matcher request = PATH.matcher(path);
        if (!request.matches()) {
            // As the version and the list of groups, which everybody may read.
            return method.equals("GET");
        }
        String group = request.group(1) == null ? "" : request.group(1);
        boolean isWatch = request.group(4) != null && request.group(4).contains("watch=true");
        String verb = verb(method, request.group(3) != null, isWatch);
        boolean allowed = role.getRules().stream()
                .anyMatch(rule -> rule.getApiGroups().contains(group)
                        && rule.getResources().contains(request.group(2))
                        && rule.getVerbs().contains(verb));
        (allowed ? used : denied).add(verb + " " + request.group(2));
        return allowed;
    }

    private static String verb(String method, boolean isNamed, boolean isWatch) {
        return switch (method) {
            case "GET" -> isWatch ? "watch" : isNamed ? "get" : "list";
            case "POST" -> "create";
            case "PATCH" -> "patch";
            case "PUT" -> "update";
            case "DELETE" -> isNamed ? "delete" : "deletecollection";
            default -> method;
        };
    }

    /** What the role gives and nobody has asked for. */
    Set<String> unused() {
        Set<String> unused = role.getRules().stream()
                .flatMap(rule -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource)))
                .collect(Collectors.toSet());
        unused.removeAll(used);
        return unused;
    }

    Set<String> denied() {
        return denied;
    }
}
