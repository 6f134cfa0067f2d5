package io.freehold.automation.alert;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.Violation;
import io.freehold.api.alert.AlertChannel;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a channel must look like, so that nothing in it can become a header or a command of its own. */
final class ChannelCheck {
    private static final int MAX_NAME = 100;
    private static final int MAX_TEXT = 1_000;
    private static final int MIN_KEY = 16;
    private static final Pattern MAIL = Pattern.compile("[\\x21-\\x7e&&[^<>(),;:\\\\\"\\[\\]@]]+@[A-Za-z0-9.-]+");

    private final List<Violation> violations = new ArrayList<>();

    private ChannelCheck() {}

    /**
     * Looks at all of it.
     *
     * @throws FreeholdException {@code INVALID} naming every field that is wrong
     */
    static void check(AlertChannel.Settings settings, @Nullable Secret secret) {
        ChannelCheck check = new ChannelCheck();
        check.all(settings, secret);
        if (!check.violations.isEmpty()) {
            throw FreeholdException.invalid(check.violations);
        }
    }

    private void all(AlertChannel.Settings settings, @Nullable Secret secret) {
        boolean mail = settings.type() == AlertChannel.Type.EMAIL;
        if (settings.name().isBlank() || settings.name().length() > MAX_NAME || isOdd(settings.name())) {
            wrong("name", "must have 1 to " + MAX_NAME + " characters");
        }
        url(settings.url(), mail ? List.of("smtp", "smtps") : List.of("https", "http"));
        if (settings.events().isEmpty()) {
            wrong("events", "must name at least one event");
        }
        if (mail) {
            if (!MAIL.matcher(settings.from()).matches()) {
                wrong("from", "must be a mail address");
            }
            if (settings.to().length() > MAX_TEXT
                    || isOdd(settings.to())
                    || !Arrays.stream(settings.to().split(",", -1))
                            .allMatch(one -> MAIL.matcher(one.strip()).matches())) {
                wrong("to", "must be mail addresses with commas between them");
            }
        } else {
            empty("from", settings.from());
            empty("to", settings.to());
            empty("username", settings.username());
        }
        if (settings.username().length() > MAX_TEXT || isOdd(settings.username())) {
            wrong("username", "must not have control characters");
        }
        secret(settings, secret);
    }

    private void secret(AlertChannel.Settings settings, @Nullable Secret secret) {
        String text = secret == null ? "" : secret.reveal();
        if (text.length() > MAX_TEXT || isOdd(text)) {
            wrong("secret", "must be one line of at most " + MAX_TEXT + " characters");
        } else if (secret != null && settings.type() == AlertChannel.Type.WEBHOOK && text.length() < MIN_KEY) {
            wrong("secret", "must have at least " + MIN_KEY + " characters: it signs what is sent");
        }
    }

    private void url(String text, List<String> schemes) {
        try {
            URI url = new URI(text);
            if (text.length() <= MAX_TEXT
                    && url.getScheme() != null
                    && schemes.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.toASCIIString().equals(text)) {
                return;
            }
        } catch (URISyntaxException e) {
            // falls through to the one message for both
        }
        wrong(
                "url",
                "must be an address that begins with " + String.join(":// or ", schemes)
                        + "://, without a user and without #");
    }

    private void empty(String field, String value) {
        if (!value.isEmpty()) {
            wrong(field, "belongs to mail alone");
        }
    }

    private static boolean isOdd(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }

    private void wrong(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
