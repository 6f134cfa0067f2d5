package io.freehold.api.instance;

/**
 * What sort of thing an instance is. Providers may declare others than these three.
 *
 * @param name upper-case words joined by {@code _}
 */
public record Kind(String name) {
    public static final Kind VM = new Kind("VM");
    public static final Kind CONTAINER = new Kind("CONTAINER");
    public static final Kind GAME_SERVER = new Kind("GAME_SERVER");

    public Kind {
        if (!name.matches("[A-Z][A-Z0-9_]{0,39}")) {
            throw new IllegalArgumentException("A kind is upper-case words joined by _, not " + name);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
