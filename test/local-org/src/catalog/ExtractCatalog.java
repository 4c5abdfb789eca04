import java.io.PrintStream;
import java.lang.reflect.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.jar.*;
import java.util.stream.*;

/**
 * Prints the names and signatures in the standard-types and sobject-types jars as JSON, one type a line, in stable order.
 * Run by `npm run generate` as a single-file Java program: java -cp "<jars>" ExtractCatalog.java platform|sobjects <jar>
 */
public class ExtractCatalog {
  static final String ROOT = "com.nawforce.runforce.";

  public static void main(String[] args) throws Exception {
    List<String> names;
    try (JarFile jar = new JarFile(args[1])) {
      names = jar.stream().map(JarEntry::getName).filter(n -> n.endsWith(".class") && n.startsWith("com/nawforce/runforce/"))
        .map(n -> n.substring(0, n.length() - 6).replace('/', '.')).sorted().collect(Collectors.toList());
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(ROOT + "Internal.") || name.startsWith(ROOT + "SObjectStubs.")) continue;
      Class<?> type = Class.forName(name, false, ExtractCatalog.class.getClassLoader());
      lines.add(args[0].equals("platform") ? platform(type) : sobject(type));
    }
    out.println("{");
    out.println(String.join(",\n", lines));
    out.println("}");
    out.flush();
  }

  static String platform(Class<?> type) {
    List<String> parts = new ArrayList<>();
    parts.add("\"kind\":\"" + (type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class") + "\"");
    if (Modifier.isAbstract(type.getModifiers()) && !type.isInterface()) parts.add("\"abstract\":true");
    if (type.getTypeParameters().length > 0) parts.add("\"params\":" + strings(Arrays.stream(type.getTypeParameters()).map(TypeVariable::getName)));
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class && !type.isEnum()) parts.add("\"extends\":\"" + spell(parent) + "\"");
    if (type.getGenericInterfaces().length > 0) parts.add("\"implements\":" + strings(Arrays.stream(type.getGenericInterfaces()).map(ExtractCatalog::spell)));
    if (type.isEnum()) {
      parts.add("\"values\":" + strings(Arrays.stream(type.getFields()).filter(Field::isEnumConstant).map(Field::getName)));
      return "\"" + spell(type) + "\":{" + String.join(",", parts) + "}";
    }
    List<String> fields = Arrays.stream(type.getFields()).filter(f -> f.getDeclaringClass() == type)
      .map(f -> mark(f.getModifiers()) + name(f.getName()) + ":" + spell(f.getGenericType())).sorted().collect(Collectors.toList());
    if (!fields.isEmpty()) parts.add("\"fields\":" + strings(fields.stream()));
    List<String> constructors = Arrays.stream(type.getConstructors()).map(c -> "(" + params(c.getGenericParameterTypes()) + ")").sorted().collect(Collectors.toList());
    if (!constructors.isEmpty()) parts.add("\"constructors\":" + strings(constructors.stream()));
    List<String> methods = Arrays.stream(type.getMethods()).filter(m -> m.getDeclaringClass() == type && !m.isSynthetic())
      .map(m -> mark(m.getModifiers()) + name(m.getName()) + "(" + params(m.getGenericParameterTypes()) + "):" + spell(m.getGenericReturnType())).sorted().collect(Collectors.toList());
    if (!methods.isEmpty()) parts.add("\"methods\":" + strings(methods.stream()));
    return "\"" + spell(type) + "\":{" + String.join(",", parts) + "}";
  }

  static String sobject(Class<?> type) {
    List<String> fields = new ArrayList<>(), parents = new ArrayList<>(), children = new ArrayList<>();
    for (Field f : type.getFields()) {
      if (Modifier.isStatic(f.getModifiers()) || f.getDeclaringClass() != type) continue;
      Class<?> t = f.getType();
      String entry = name(f.getName()) + ":";
      if (t.isArray()) children.add(entry + simple(t.getComponentType()));
      else if (t.getName().startsWith(ROOT + "SObjects.") || t.getName().startsWith(ROOT + "SObjectStubs.") || t.getSimpleName().equals("SObject")) parents.add(entry + simple(t));
      else fields.add(entry + spell(t));
    }
    Collections.sort(fields); Collections.sort(parents); Collections.sort(children);
    return "\"" + simple(type) + "\":[\"" + String.join(",", fields) + "\",\"" + String.join(",", parents) + "\",\"" + String.join(",", children) + "\"]";
  }

  static String mark(int modifiers) { return Modifier.isStatic(modifiers) ? "static " : ""; }
  static String name(String n) { return n.endsWith("$") ? n.substring(0, n.length() - 1) : n; }
  static String simple(Class<?> t) { return name(t.getSimpleName()); }
  static String params(Type[] types) { return Arrays.stream(types).map(ExtractCatalog::spell).collect(Collectors.joining(",")); }
  static String strings(Stream<String> all) { return all.map(s -> "\"" + s + "\"").collect(Collectors.joining(",", "[", "]")); }

  /** `System.` is dropped, sObjects are written `@Account`, inner classes with a dot. */
  static String spell(Type type) {
    if (type instanceof ParameterizedType p) return spell(p.getRawType()) + "<" + params(p.getActualTypeArguments()) + ">";
    if (type instanceof TypeVariable<?> v) return v.getName();
    if (type instanceof GenericArrayType a) return "List<" + spell(a.getGenericComponentType()) + ">";
    if (type instanceof WildcardType) return "Object";
    Class<?> c = (Class<?>) type;
    if (c.isArray()) return "List<" + spell(c.getComponentType()) + ">";
    String n = c.getName();
    if (n.equals("java.lang.Object")) return "Object";
    if (n.equals("void")) return "void";
    if (!n.startsWith(ROOT)) return n;
    n = n.substring(ROOT.length());
    if (n.startsWith("SObjects.") || n.startsWith("SObjectStubs.")) return "@" + name(n.substring(n.indexOf('.') + 1));
    if (n.startsWith("System.")) n = n.substring(7);
    return name(n).replace('$', '.');
  }
}
