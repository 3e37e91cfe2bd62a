using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace KubeLab.Nodes;

/// <summary>The data files that travel inside this assembly, in the order of their names.</summary>
internal static class EmbeddedData
{
    public static IEnumerable<(string Name, string Text)> Under(string folder)
    {
        var assembly = typeof(EmbeddedData).Assembly;
        var names = assembly.GetManifestResourceNames();
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return (name, reader.ReadToEnd());
            }
        }
    }

    /// <summary>Reads one YAML document; the error names the file.</summary>
    /// <exception cref="InvalidDataException">The text is not YAML of this shape.</exception>
    public static T Yaml<T>(string name, string text)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();
        try
        {
            return reader.Deserialize<T>(text);
        }
        catch (YamlDotNet.Core.YamlException refusal)
        {
            throw new InvalidDataException($"data/{name}: {refusal.Start}: {refusal.InnerException?.Message ?? refusal.Message}", refusal);
        }
    }
}
