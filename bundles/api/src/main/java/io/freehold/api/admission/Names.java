package io.freehold.api.admission;

/** Names that somebody sent, as they are shown. */
final class Names {
    private static final int LONGEST = 100;

    private Names() {}

    /** Without control characters, and not longer than a line. */
    static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    /** Where the first of these characters is; -1 if there is none. */
    static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
