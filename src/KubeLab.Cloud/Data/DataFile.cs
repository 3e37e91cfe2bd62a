using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeLab.Cloud.Data;

/// <summary>Reads the files of <c>data/</c> that travel inside this assembly: prices, machines, images.</summary>
public static class DataFile
{
    /// <summary>The paths of all files, below <c>data/</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths =>
        [.. typeof(DataFile).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>The text of one file.</summary>
    /// <param name="path">Its path below <c>data/</c>, for example <c>prices/gcp.json</c>.</param>
    /// <exception cref="DataFileException">There is no such file; the message lists what exists.</exception>
    public static string Read(string path)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(path)
            ?? throw new DataFileException(path, "", $"no such file; there are {string.Join(", ", Paths)}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Whether a file of this path exists.</summary>
    public static bool Exists(string path) => Paths.Contains(path);

    internal static T Parse<T>(string path, JsonTypeInfo<T> type) => Parse(path, Read(path), type);

    internal static T Parse<T>(string path, string text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new DataFileException(path, "$", "expected an object, found null");
        }
        catch (JsonException e)
        {
            throw new DataFileException(path, e.Path ?? "$", e.Message, e);
        }
    }
}
