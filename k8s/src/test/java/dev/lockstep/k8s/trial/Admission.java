package dev.lockstep.k8s.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/**
 * What an API server makes of requests: a pod is pending, and its kubelet has to let it go; what is applied is made.
 */
final class Admission {
    static final String FINALIZER = "trial.lockstep.dev/kubelet";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Admission() {}

    static RecordedRequest admitted(RecordedRequest request) {
        boolean isApplied = request.getMethod().equals("PATCH")
                && String.valueOf(request.getHeader("Content-Type")).startsWith("application/apply-patch");
        String path = isApplied ? collection(request.getPath()) : request.getPath();
        boolean isPod = request.getMethod().equals("POST") && path.matches("/api/v1/namespaces/[^/]+/pods(\\?.*)?");
        if (!isApplied && !isPod) {
            return request;
        }
        String sent = request.getBody().readUtf8();
        Buffer body = new Buffer().writeUtf8(isPod ? pending(sent) : sent);
        return new RecordedRequest(
                "POST " + path + " HTTP/1.1",
                request.getHeaders(),
                request.getChunkSizes(),
                body.size(),
                body,
                request.getSequenceNumber(),
                new Socket());
    }

    /** What is applied on the server is not there before, in this trial. */
    private static String collection(String path) {
        return path.replaceFirst("/[^/]*$", "");
    }

    private static String pending(String sent) {
        try {
            JsonNode pod = JSON.readTree(sent);
            ((ObjectNode) pod).putObject("status").put("phase", "Pending");
            ((ObjectNode) pod.path("metadata")).putArray("finalizers").add(FINALIZER);
            return pod.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
