package io.github.convnet4j.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Maps the field {@code kind} to classes and back for one base type. Only registered classes are
 * accepted.
 */
public final class KindResolver<T> extends TypeIdResolverBase {
  private final Class<T> base;
  private final Map<String, Class<? extends T>> classes;
  private final Function<T, String> kindOf;
  private final String registry;

  /**
   * Creates a resolver.
   *
   * @param base the interface
   * @param classes the registered classes by kind
   * @param kindOf returns the kind of a value
   * @param registry the class with which users register other classes, for messages
   */
  public KindResolver(
      Class<T> base,
      Map<String, Class<? extends T>> classes,
      Function<T, String> kindOf,
      String registry) {
    this.base = base;
    this.classes = classes;
    this.kindOf = kindOf;
    this.registry = registry;
  }

  /**
   * Returns the registered classes with another one.
   *
   * @throws IllegalArgumentException if the kind is already registered
   */
  public static <T> Map<String, Class<? extends T>> with(
      Map<String, Class<? extends T>> known, String kind, Class<? extends T> added) {
    if (known.containsKey(kind)) {
      throw new IllegalArgumentException("kind must not be registered already: " + kind);
    }
    Map<String, Class<? extends T>> all = new TreeMap<>(known);
    all.put(kind, added);
    return all;
  }

  Class<T> base() {
    return base;
  }

  /** Returns a resolver that accepts only the classes that implement an interface. */
  KindResolver<T> restrictedTo(Class<?> type) {
    Map<String, Class<? extends T>> some = new HashMap<>(classes);
    some.values().removeIf(known -> !type.isAssignableFrom(known));
    return new KindResolver<>(base, some, kindOf, registry);
  }

  @Override
  public String idFromValue(Object value) {
    String kind = kindOf.apply(base.cast(value));
    if (value.getClass() != classes.get(kind)) {
      throw new IllegalArgumentException(
          "%s (kind %s) is not registered: write it with %s"
              .formatted(
                  value.getClass().getName(),
                  kind,
                  registration(kind, value.getClass().getSimpleName())));
    }
    return kind;
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> suggestedType) {
    return idFromValue(value);
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    Class<? extends T> found = classes.get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "unknown kind %s: known kinds are %s; if it is your own, read it with %s"
              .formatted(
                  id,
                  new TreeSet<>(classes.keySet()),
                  registration(id, "Your" + base.getSimpleName())));
    }
    return context.constructType(found);
  }

  /** Returns the call with which users register a class. */
  private String registration(String kind, String className) {
    return "%s.standard().with%s(\"%s\", %s.class)"
        .formatted(registry, base.getSimpleName(), kind, className);
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
