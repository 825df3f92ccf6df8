package io.github.convnet4j.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Strict Jackson mappers that write and read the kind of a value without annotations. */
public final class JsonMappers {
  /** The largest depth of nested objects and lists, enough for about 120 nested layers. */
  private static final int MOST_NESTING = 256;

  private JsonMappers() {}

  /** Returns a mapper that knows the given kinds, and refuses ambiguous input. */
  public static ObjectMapper of(KindResolver<?>... kinds) {
    return of(List.of(), kinds);
  }

  /** Returns a mapper that also accepts objects without certain fields. */
  public static ObjectMapper of(List<OptionalFields> optional, KindResolver<?>... kinds) {
    ObjectMapper mapper = strict(kinds);
    OptionalFields.addTo(mapper, optional);
    return mapper;
  }

  private static ObjectMapper strict(KindResolver<?>... kinds) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
                .build())
        .annotationIntrospector(new KindIntrospector(List.of(kinds)))
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withConfigOverride(List.class, JsonMappers::refuseNullElements)
        .withConfigOverride(Set.class, JsonMappers::refuseNullElements)
        .withConfigOverride(Map.class, JsonMappers::refuseNullElements)
        // The only string in a layer is its name, which is left out if none was given.
        .withConfigOverride(
            String.class,
            override ->
                override
                    .setInclude(
                        JsonInclude.Value.construct(
                            JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                    .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
        .build();
  }

  private static void refuseNullElements(MutableConfigOverride override) {
    override.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
  }

  /** Adds the kind to the base types, as an annotation would. */
  private static final class KindIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;
    private final transient List<KindResolver<?>> kinds;

    KindIntrospector(List<KindResolver<?>> kinds) {
      this.kinds = kinds;
    }

    @Override
    public TypeResolverBuilder<?> findTypeResolver(
        MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
      for (KindResolver<?> kind : kinds) {
        if (type.getRawType().isInterface() && kind.base().isAssignableFrom(type.getRawType())) {
          return new StdTypeResolverBuilder()
              .init(JsonTypeInfo.Id.CUSTOM, kind.restrictedTo(type.getRawType()))
              .inclusion(JsonTypeInfo.As.PROPERTY)
              .typeProperty("kind");
        }
      }
      return super.findTypeResolver(config, type, baseType);
    }
  }
}
