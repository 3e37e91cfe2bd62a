using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Rendering;

/// <summary>
/// Formatters that a type brings along by the convention of .NET Interactive: an attribute <i>named</i>
/// <c>TypeFormatterSourceAttribute</c>, of any namespace, so that a library needs no reference to whoever shows its values.
/// </summary>
/// <seealso href="https://github.com/dotnet/interactive/blob/main/docs/formatting.md">Formatting in .NET Interactive</seealso>
internal static class ConventionFormatters
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<Formatter>> Cache = new();

    /// <summary>The forms that the value's type offers, preferred ones first, or null when it offers none.</summary>
    public static MimeBundle? Format(object value)
    {
        var entries = new List<MimeEntry>();
        foreach (var formatter in Cache.GetValue(value.GetType(), Find))
        {
            var writer = new StringWriter();
            if (!entries.Exists(entry => entry.MimeType == formatter.MimeType) && formatter.Format(value, writer))
            {
                entries.Add(new MimeEntry(formatter.MimeType, writer.ToString()));
            }
        }

        if (entries.Count == 0)
        {
            return null;
        }

        if (!entries.Exists(entry => entry.MimeType == MimeTypes.Text))
        {
            entries.Add(new MimeEntry(MimeTypes.Text, value.ToString() ?? ""));
        }

        return new MimeBundle([.. entries]);
    }

    /// <summary>The nearest type that carries the attribute decides: the type itself, then its bases, then its interfaces.</summary>
    private static IReadOnlyList<Formatter> Find(Type type)
    {
        var candidates = BasesOf(type).Concat(type.GetInterfaces().OrderBy(t => t.FullName, StringComparer.Ordinal));
        foreach (var candidate in candidates)
        {
            var attribute = candidate.GetCustomAttributes(inherit: false).FirstOrDefault(a => a.GetType().Name == AttributeName);
            if (attribute is not null && Property(attribute, "FormatterSourceType") is Type source)
            {
                return Create(source, Property(attribute, "PreferredMimeTypes") as string[] ?? []);
            }
        }

        return [];
    }

    private static IEnumerable<Type> BasesOf(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            yield return t;
        }
    }

    private static IReadOnlyList<Formatter> Create(Type source, string[] preferred)
    {
        var instance = Activator.CreateInstance(source, nonPublic: true)!;
        var formatters = (IEnumerable)source.GetMethod("CreateTypeFormatters", Instance)!.Invoke(instance, null)!;
        return [.. formatters.Cast<object>().Select(f => new Formatter(f))
            .OrderBy(f => Array.IndexOf(preferred, f.MimeType) is >= 0 and var rank ? rank : int.MaxValue)];
    }

    private static object? Property(object instance, string name) => instance.GetType().GetProperty(name, Instance)?.GetValue(instance);

    private sealed class Formatter(object instance)
    {
        private readonly MethodInfo format = instance.GetType().GetMethods(Instance).Single(m => m.Name == "Format");

        public string MimeType { get; } = (string)Property(instance, "MimeType")!;

        public bool Format(object value, TextWriter writer)
        {
            try
            {
                return format.Invoke(instance, [value, writer]) is true;
            }
            catch (TargetInvocationException error) when (error.InnerException is not null)
            {
                throw error.InnerException;
            }
        }
    }
}
