package io.freehold.automation.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.provider.CsvSource;

/** No channel holds what could become a header, a command or another host on the way. */
class ChannelCheckFuzzTest {
    @CsvSource({
        "https://hooks.example/x?y=1,'','',''",
        "http://a@b.example:1/,'','',''",
        "https://[::1]:8443/#f,'','',''",
        "smtps://mail.example:465,a@b.example,'c@d.example, e@f.example',user",
        "smtp://x,a@b,'c@d,\ne@f',''"
    })
    @FuzzTest
    void nothingBreaksOutOfItsLine(
            @NotNull String url, @NotNull String from, @NotNull String to, @NotNull String username) {
        for (AlertChannel.Type type : AlertChannel.Type.values()) {
            AlertChannel.Settings settings =
                    new AlertChannel.Settings("fuzzed", type, url, username, from, to, Set.of(AlertEvent.values()));
            try {
                ChannelCheck.check(settings, Secret.of("a secret of sixteen"));
            } catch (FreeholdException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
                assertThat(e.violations()).isNotEmpty();
                continue;
            }
            assertThat(url + from + to).matches("[\\x20-\\x7e]*");
            assertThat(username.chars()).noneMatch(Character::isISOControl);
            URI read = URI.create(url);
            assertThat(url).startsWith(read.getScheme() + "://" + read.getRawAuthority());
            assertThat(read.getRawAuthority()).doesNotContain("@", "/", "\\", "?");
            assertThat(read.getPort()).isLessThanOrEqualTo(65_535);
        }
    }
}
