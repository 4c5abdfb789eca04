import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Prints the standard objects that the jar of the platform's types knows, one a line:
 * name, tab, fields, tab, parent relationships (name:object), tab, child relationships (name:object).
 */
public class ExtractSObjects {
    private static final String PACKAGE = "com.nawforce.runforce.SObjects.";

    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(args[0])) {
            for (JarEntry entry : java.util.Collections.list(jar.entries())) {
                String name = entry.getName().replace('/', '.');
                if (name.startsWith(PACKAGE) && name.endsWith(".class") && name.indexOf('$') < 0) names.add(name.substring(0, name.length() - 6));
            }
        }
        names.sort(Comparator.naturalOrder());
        StringBuilder out = new StringBuilder();
        for (String name : names) describe(Class.forName(name, false, ExtractSObjects.class.getClassLoader()), out);
        System.out.print(out);
    }

    private static void describe(Class<?> object, StringBuilder out) {
        List<String> fields = new ArrayList<>(), parents = new ArrayList<>(), children = new ArrayList<>();
        for (Field field : object.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.getDeclaringClass() != object) continue;
            Class<?> type = field.getType();
            if (type.isArray()) children.add(plain(field.getName()) + ":" + plain(type.getComponentType().getSimpleName()));
            else if (isObject(type)) parents.add(plain(field.getName()) + ":" + plain(type.getSimpleName()));
            else fields.add(plain(field.getName()));
        }
        out.append(plain(object.getSimpleName())).append('\t').append(String.join(",", fields)).append('\t')
            .append(String.join(",", parents)).append('\t').append(String.join(",", children)).append('\n');
    }

    private static boolean isObject(Class<?> type) {
        return type.getName().startsWith(PACKAGE) || type.getName().contains(".SObjectStubs.") || type.getSimpleName().equals("SObject");
    }

    /** Names that are Java keywords end with a dollar sign in the jar. */
    private static String plain(String name) {
        return name.endsWith("$") ? name.substring(0, name.length() - 1) : name;
    }
}
