package dev.lockstep.k8s.trial;

import static dev.lockstep.k8s.image.Shell.quoted;

import dev.lockstep.k8s.image.Shell;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * A server's certificate, which is its own authority.
 *
 * @param file as PEM
 */
record Certificate(Path file, SSLSocketFactory sockets) {
    private static final String PASSWORD = "changeit";

    static Certificate make(Path folder, String name, String address) throws Exception {
        Path store = folder.resolve("api.p12");
        Path file = folder.resolve("ca.crt");
        String keytool = quoted(Path.of(System.getProperty("java.home"), "bin", "keytool"));
        String of = " -storetype PKCS12 -keystore " + quoted(store) + " -storepass " + PASSWORD + " -alias api";
        String unused = Shell.run(keytool + " -genkeypair -keyalg EC -groupname secp256r1 -dname CN=" + name
                + " -ext san=dns:" + name + ",ip:" + address + " -ext bc:c -validity 2" + of + "; " + keytool
                + " -exportcert -rfc -file " + quoted(file) + of);
        return new Certificate(file, sockets(store));
    }

    private static SSLSocketFactory sockets(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getSocketFactory();
    }
}
