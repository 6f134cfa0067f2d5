package io.freehold.rest.tls;

import io.freehold.rest.http.JettyServers;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Listens for TLS. Its classes are loaded only where it is asked for. */
public final class TlsListener {
    private final TlsSettings settings;
    private final ServerConnector connector;
    private final CertificateWatch watch;

    private TlsListener(TlsSettings settings, ServerConnector connector, CertificateWatch watch) {
        this.settings = settings;
        this.connector = connector;
        this.watch = watch;
    }

    /**
     * Lets the server speak TLS at an address; the socket is opened when the server starts.
     *
     * @param name the host name that people use, if that is known
     * @throws io.freehold.api.FreeholdException with one line if there is no good certificate
     */
    public static TlsListener add(Server server, TlsSettings settings, @Nullable String name) {
        CertificateSource source = settings.source(name);
        Identity identity = source.load();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Forward secrecy and authenticated encryption, and nothing else.
        tls.setIncludeCipherSuites("TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*_CHACHA20_.*");
        tls.setRenegotiationAllowed(false);
        tls.setKeyStore(identity.keyStore());
        tls.setKeyStorePassword("");
        HttpConnectionFactory http = JettyServers.http();
        // The host is compared with ours, not with the certificate, which may be for another name of ours.
        http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = JettyServers.listen(
                server, settings.host(), settings.port(), new SslConnectionFactory(tls, http.getProtocol()), http);
        CertificateWatch watch = new CertificateWatch(connector, source, tls, identity);
        connector.addBean(watch);
        return new TlsListener(settings, connector, watch);
    }

    /** Where it listens, such as {@code https://127.0.0.1:8443}. */
    public String address() {
        return JettyServers.address("https", settings.host(), connector.getLocalPort());
    }

    /** The SHA-256 of the certificate that it shows at the moment. */
    public String fingerprint() {
        return watch.identity().fingerprint();
    }

    public ServerConnector connector() {
        return connector;
    }
}
