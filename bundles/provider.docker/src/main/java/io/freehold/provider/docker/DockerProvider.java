package io.freehold.provider.docker;

import io.freehold.api.ErrorCode;
import io.freehold.api.Secret;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.provider.docker.engine.EngineAddress;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.PemTls;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Containers of Docker engines, over Unix sockets and TCP with TLS. */
@Component
public final class DockerProvider implements Provider {
    private static final Form CONFIGURATION = Form.of(
            Field.of("url", FieldType.TEXT)
                    .title("Address")
                    .help("unix:///path/of/socket, or tcp://host:port with the certificates below.")
                    .fallback("unix:///var/run/docker.sock")
                    .address()
                    .range(8, 500),
            Field.of("caCertificate", FieldType.MULTILINE)
                    .title("Certificate of the authority (PEM)")
                    .help("Who signed the engine's certificate; nobody else is trusted."),
            Field.of("clientCertificate", FieldType.MULTILINE)
                    .title("Client certificate (PEM)")
                    .help("What Freehold shows to the engine."),
            Field.of("clientKey", FieldType.SECRET)
                    .title("Key of the client certificate (PEM)")
                    .help("Unencrypted, RSA, EC or Ed25519."));
    private static final ProviderInfo INFO =
            new ProviderInfo("docker", "Docker", List.of(Kind.CONTAINER), CONFIGURATION);

    @Override
    public ProviderInfo info() {
        return INFO;
    }

    @Override
    public Backend open(BackendConfig config) {
        Values values = config.values();
        @Nullable SSLContext tls = tls(values);
        EngineAddress address = EngineAddress.of(values.text("url").orElse("unix:///var/run/docker.sock"), tls != null);
        DockerBackend backend = new DockerBackend(new EngineClient(address, tls, config.name()), config.name());
        try {
            BackendInfo info = backend.info();
            if (info.product().equals(DockerBackend.UNNAMED)) {
                throw new ProviderException(
                        ErrorCode.UNAVAILABLE,
                        "What answers at " + address.url() + " is not a Docker engine: check the address.");
            }
            return backend;
        } catch (RuntimeException e) {
            backend.close();
            throw e instanceof ProviderException failure ? toOpen(failure) : e;
        }
    }

    /** A failure to connect: whatever else is not said to be wrong, it is the address that leads there. */
    private static ProviderException toOpen(ProviderException failure) {
        return new ProviderException(
                failure.code() == ErrorCode.TIMEOUT ? ErrorCode.UNAVAILABLE : failure.code(),
                failure.field().orElse("url"),
                String.valueOf(failure.getMessage()),
                failure);
    }

    private static @Nullable SSLContext tls(Values values) {
        Optional<String> ca = values.text("caCertificate");
        Optional<String> certificate = values.text("clientCertificate");
        Optional<Secret> key = values.secret("clientKey");
        if (ca.isEmpty() && certificate.isEmpty() && key.isEmpty()) {
            return null;
        }
        if (ca.isEmpty() || certificate.isEmpty() || key.isEmpty()) {
            throw new ProviderException(
                    ErrorCode.INVALID,
                    ca.isEmpty() ? "caCertificate" : certificate.isEmpty() ? "clientCertificate" : "clientKey",
                    "TLS needs all three: caCertificate, clientCertificate and clientKey.",
                    null);
        }
        return PemTls.context(ca.get(), certificate.get(), key.get());
    }
}
