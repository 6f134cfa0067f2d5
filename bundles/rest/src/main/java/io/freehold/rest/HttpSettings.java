package io.freehold.rest;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.rest.http.Cors;
import io.freehold.rest.http.OpenRoutes;
import io.freehold.rest.limit.OpenLimits;
import io.freehold.rest.limit.RateLimits;
import io.freehold.rest.proxy.TrustedProxies;
import io.freehold.rest.tls.TlsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Where and as what we listen.
 *
 * @param host the address to listen on for plain HTTP: a loopback address, unless there are proxies to trust
 * @param port 0 for any free one
 * @param publicUrl where browsers find us, if that is elsewhere
 * @param tls where we speak TLS; null for nowhere
 * @param proxies whose word about clients counts
 * @param cors which pages of other origins may call us
 * @param openRoutes what needs no credential
 * @param limits how many requests each caller has
 * @param open how many streams and consoles each caller has
 * @param securityContact whom to tell of a weakness; null for the site itself
 */
public record HttpSettings(
        String host,
        int port,
        @Nullable URI publicUrl,
        List<String> features,
        @Nullable TlsSettings tls,
        TrustedProxies proxies,
        Cors cors,
        OpenRoutes openRoutes,
        RateLimits limits,
        OpenLimits open,
        @Nullable String securityContact) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 8080;

    /**
     * @throws FreeholdException with one line that says which setting is wrong and what to do
     */
    static HttpSettings of(Settings settings) {
        String host = settings.text("http.host").orElse(LOOPBACK);
        TrustedProxies proxies = TrustedProxies.of(settings);
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress() && !proxies.any()) {
                throw new FreeholdException(
                        ErrorCode.INVALID,
                        "Plain HTTP is served on loopback addresses only, and http.host (FREEHOLD_HTTP_HOST) is " + host
                                + ": set it to 127.0.0.1 and https.host to that, or name the proxies that speak TLS in"
                                + " front in proxy.trusted");
            }
        } catch (UnknownHostException e) {
            throw new FreeholdException(
                    ErrorCode.INVALID, "http.host (FREEHOLD_HTTP_HOST) is no address of this machine: " + host, e);
        }
        return new HttpSettings(
                host,
                settings.integer("http.port", PORT, 0, 65_535),
                settings.text("public.url").map(HttpSettings::url).orElse(null),
                features(settings),
                TlsSettings.of(settings).orElse(null),
                proxies,
                Cors.of(settings),
                new OpenRoutes(
                        settings.text("openapi.open").map(Boolean::parseBoolean).orElse(true)),
                RateLimits.of(settings),
                OpenLimits.of(settings),
                settings.text("security.contact").map(HttpSettings::contact).orElse(null));
    }

    /** The host name that people use, if that is known. */
    @Nullable
    String publicHost() {
        return publicUrl == null ? null : publicUrl.getHost();
    }

    private static String contact(String text) {
        if (text.startsWith("mailto:") || text.startsWith("https://") || text.startsWith("tel:")) {
            return text;
        }
        throw new FreeholdException(
                ErrorCode.INVALID,
                "security.contact (FREEHOLD_SECURITY_CONTACT) must begin with mailto: or https://, and is " + text);
    }

    /** The features that run here. */
    public static List<String> features(Settings settings) {
        return settings.text("features")
                .map(text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** The version of the product, as the launcher says it; where none has started us, that of this bundle. */
    public static String version(BundleContext context) {
        return Settings.of(context)
                .text("version")
                .orElseGet(() -> context.getBundle().getVersion().toString());
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // falls through to the one message for both
        }
        throw new FreeholdException(
                ErrorCode.INVALID, "public.url (FREEHOLD_PUBLIC_URL) is not an address such as https://panel.example");
    }
}
