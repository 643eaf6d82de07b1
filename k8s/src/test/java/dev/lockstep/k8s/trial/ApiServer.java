package dev.lockstep.k8s.trial;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * An API server that keeps resources in memory, on port 443 with a certificate of its own. Who comes with the service
 * account's token may do what its role says.
 */
final class ApiServer implements Closeable {
    static final String NAME = "kubernetes.default.svc";
    static final String NAMESPACE = "lockstep";
    static final String POD_TOKEN = "of-the-service-account";
    private static final String ADMINISTRATOR_TOKEN = "of-the-administrator";
    private static final int PORT = 443;
    /** It tells of every request. */
    private static final Logger LOG = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer server;
    private final Certificate certificate;
    private final String address;
    private final AtomicReference<Rights> rights;

    private ApiServer(
            KubernetesMockServer server, Certificate certificate, String address, AtomicReference<Rights> rights) {
        this.server = server;
        this.certificate = certificate;
        this.address = address;
        this.rights = rights;
    }

    static ApiServer start(Path folder, String address) throws Exception {
        Certificate certificate = Certificate.make(folder, NAME, address);
        LOG.setLevel(Level.WARNING);
        MockWebServer web = new MockWebServer();
        web.useHttps(certificate.sockets(), /* tunnelProxy */ false);
        // Websockets, by which resources are watched, are of HTTP 1.1 here.
        web.setProtocolNegotiationEnabled(false);
        AtomicReference<Rights> rights = new AtomicReference<>();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(),
                web,
                new HashMap<>(),
                new Guard(new KubernetesCrudDispatcher(), rights),
                /* useHttps */ false);
        server.start(InetAddress.getByName(address), PORT);
        return new ApiServer(server, certificate, address, rights);
    }

    private static final class Guard extends Dispatcher {
        private final Dispatcher resources;
        private final AtomicReference<Rights> rights;

        Guard(Dispatcher resources, AtomicReference<Rights> rights) {
            this.resources = resources;
            this.rights = rights;
        }

        @Override
        public MockResponse dispatch(RecordedRequest sent) throws InterruptedException {
            RecordedRequest request = Admission.admitted(sent);
            String token = String.valueOf(request.getHeader("Authorization"));
            if (token.equals("Bearer " + ADMINISTRATOR_TOKEN)) {
                return resources.dispatch(request);
            }
            if (!token.equals("Bearer " + POD_TOKEN)) {
                return refused(HttpURLConnection.HTTP_UNAUTHORIZED);
            }
            return rights.get().allow(request.getMethod(), request.getPath())
                    ? resources.dispatch(request)
                    : refused(HttpURLConnection.HTTP_FORBIDDEN);
        }

        private static MockResponse refused(int code) {
            return new MockResponse()
                    .setResponseCode(code)
                    .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code
                            + ",\"message\":\"forbidden\"}");
        }
    }

    /** Of the service account that pods run as. */
    void give(Rights given) {
        rights.set(given);
    }

    String url() {
        return "https://" + address + ":" + PORT;
    }

    String address() {
        return address;
    }

    Path authority() {
        return certificate.file();
    }

    String administratorToken() {
        return ADMINISTRATOR_TOKEN;
    }

    /** May do anything. */
    KubernetesClient client() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withCaCertFile(certificate.file().toString())
                .withOauthToken(ADMINISTRATOR_TOKEN)
                .withNamespace(NAMESPACE)
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
    }
}
