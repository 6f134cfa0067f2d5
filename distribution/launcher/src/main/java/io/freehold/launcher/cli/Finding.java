package io.freehold.launcher.cli;

/**
 * What the doctor found.
 *
 * @param verdict whether it is good
 * @param text what was looked at, as a sentence without a full stop
 * @param cure what to do about it; empty if nothing is to be done
 */
record Finding(Verdict verdict, String text, String cure) {
    enum Verdict {
        OK,
        FAIL,
        /** Not wrong, but less than an installation should have that others depend on. */
        NOTE,
        /** Could not be looked at. */
        SKIP
    }

    static Finding ok(String text) {
        return new Finding(Verdict.OK, text, "");
    }

    static Finding fail(String text, String cure) {
        return new Finding(Verdict.FAIL, text, cure);
    }

    static Finding note(String text, String cure) {
        return new Finding(Verdict.NOTE, text, cure);
    }

    static Finding skip(String text) {
        return new Finding(Verdict.SKIP, text, "");
    }
}
