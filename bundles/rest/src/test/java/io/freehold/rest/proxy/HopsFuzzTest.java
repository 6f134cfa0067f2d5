package io.freehold.rest.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.rest.http.Cors;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients and proxies say of the way of a request is an address in numbers or none; wrong settings are refused. */
class HopsFuzzTest {
    @CsvSource({
        "for=192.0.2.1;proto=https;host=a, '10.0.0.0/8,fd00::/64'",
        "'for=\"[2001:db8::1]:80\", for=unknown;by=_x', 10.0.0.5",
        "'192.0.2.1, [::1]:9', https://panel.example",
        "'a=\"\\\\\"\";;=', ::/0"
    })
    @FuzzTest
    void onlyAddressesInNumbersAreAddresses(@NotNull String header, @NotNull String setting) throws Exception {
        HttpFields headers = HttpFields.build()
                .add("Forwarded", header)
                .add("X-Forwarded-For", header)
                .add("X-Forwarded-Proto", header)
                .add("X-Forwarded-Host", header)
                .asImmutable();
        for (List<Hops.Hop> hops : List.of(Hops.of(headers, true), Hops.of(headers, false))) {
            for (Hops.Hop hop : hops) {
                InetAddress from = hop.from();
                if (from != null) {
                    assertThat(from.toString()).startsWith("/");
                    assertThat(InetAddress.getByName(from.getHostAddress())).isEqualTo(from);
                }
                if (hop.scheme() != null) {
                    assertThat(hop.scheme()).isEqualTo(hop.scheme().toLowerCase(Locale.ROOT));
                }
            }
        }
        settings(setting);
    }

    private static void settings(String text) throws Exception {
        Settings settings = Settings.of(key -> key.endsWith("headers") ? null : text);
        try {
            TrustedProxies proxies = TrustedProxies.of(settings);
            assertThat(proxies.contains(InetAddress.getByName("203.0.113.7"))
                            && proxies.contains(InetAddress.getByName("8.8.8.8"))
                            && proxies.contains(InetAddress.getByName("101.6.6.6")))
                    .isFalse();
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
        }
        try {
            Cors.of(settings);
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
        }
    }
}
