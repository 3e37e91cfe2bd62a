using System.Text.Json.Nodes;

namespace KubeLab.Api.Yaml;

/// <summary>YAML in and out, as kubectl reads and prints it.</summary>
/// <remarks>Upstream: sigs.k8s.io/yaml.</remarks>
public static class Yaml
{
    /// <summary>
    /// Reads the documents of <paramref name="text"/>, separated by <c>---</c>; empty ones and those that hold only comments are left out.
    /// JSON is YAML too.
    /// </summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="source">Its name, kept for messages.</param>
    /// <exception cref="YamlSyntaxException">The text is not YAML; the message is upstream's and names the line.</exception>
    public static IReadOnlyList<YamlDocument> ReadDocuments(string text, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new YamlReader(text, source).Read();
    }

    /// <summary>Reads the one document of <paramref name="text"/>; null when there is none, the first when there are more.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public static JsonNode? Read(string text, string? source = null) =>
        ReadDocuments(text, source) is [var first, ..] ? first.Root : null;

    /// <summary>Prints <paramref name="node"/> as <c>kubectl get -o yaml</c> does, with a line feed at the end.</summary>
    public static string Write(JsonNode? node) => new YamlWriter().Write(node);
}
