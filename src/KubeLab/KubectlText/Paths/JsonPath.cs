using System.Text.Json.Nodes;
using KubeLab.Api.Paths;

namespace KubeLab.KubectlText.Paths;

/// <summary>A JSONPath template as <c>-o jsonpath=</c> takes it; what is wrong with it ends the command.</summary>
internal sealed class JsonPath
{
    private readonly JsonPathTemplate template;

    private JsonPath(JsonPathTemplate template) => this.template = template;

    /// <inheritdoc cref="JsonPathTemplate.Parse"/>
    /// <exception cref="Failure">It cannot be read.</exception>
    public static JsonPath Parse(string template, bool allowsMissing = true) => new(Try(() => JsonPathTemplate.Parse(template, allowsMissing)));

    /// <inheritdoc cref="JsonPathTemplate.Relaxed"/>
    /// <exception cref="Failure">It cannot be read.</exception>
    public static JsonPath Relaxed(string path) => new(Try(() => JsonPathTemplate.Relaxed(path)));

    /// <inheritdoc cref="JsonPathTemplate.Print"/>
    /// <exception cref="Failure">A field or an element is missing and must not be.</exception>
    public string Print(JsonNode? root) => Try(() => template.Print(root));

    /// <inheritdoc cref="JsonPathTemplate.Find"/>
    public List<JsonNode?> Find(JsonNode? root) => Try(() => template.Find(root).ToList());

    private static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException wrong)
        {
            throw Failure.Error(wrong.Message);
        }
    }
}
