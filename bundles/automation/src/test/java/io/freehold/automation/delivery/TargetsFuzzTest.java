package io.freehold.automation.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** No address of a private network is a target (IANA's registries of special addresses), and any answer is read or refused. */
class TargetsFuzzTest {
    private static final List<String> PRIVATE = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    static Stream<byte[]> addresses() {
        return Stream.concat(
                Stream.of("8.8.8.8", "10.0.0.1", "100.64.0.1", "::1", "2001:db8::1", "2002:a00:1::", "64:ff9b::a00:1")
                        .map(TargetsFuzzTest::bytes),
                Stream.of("HTTP/1.1 204 No Content\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @MethodSource("addresses")
    @FuzzTest
    void privateAddressIsNoTarget(byte[] data) throws IOException {
        for (int length : new int[] {4, 16}) {
            if (data.length >= length) {
                InetAddress address = InetAddress.getByAddress(Arrays.copyOf(data, length));
                if (Targets.isPublic(address)) {
                    assertThat(PRIVATE).noneMatch(network -> contains(network, address));
                }
            }
        }
        try {
            assertThat(HttpPost.status(new ByteArrayInputStream(data))).isBetween(100, 599);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("no HTTP");
        }
    }

    private static boolean contains(String network, InetAddress address) {
        String[] parts = network.split("/", 2);
        // Java takes ::ffff:0:0/96 for IPv4, where its addresses have arrived already.
        byte[] base = parts[0].equals("::ffff:0:0") ? new byte[] {0} : bytes(parts[0]);
        byte[] own = address.getAddress();
        int rest = base.length * 8 - Integer.parseInt(parts[1]);
        return base.length == own.length
                && new BigInteger(1, base).shiftRight(rest).equals(new BigInteger(1, own).shiftRight(rest));
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
