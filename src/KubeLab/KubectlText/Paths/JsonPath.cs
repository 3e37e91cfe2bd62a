using System.Text.Json.Nodes;
using KubeLab.Api.Paths;

namespace KubeLab.KubectlText.Paths;

/// <summary>A JSONPath template as <c>-o jsonpath=</c> takes it; what is wrong with it ends the command.</summary>
internal sealed class JsonPath
{
    private readonly JsonPathTemplate template;
    private readonly string words;

    private JsonPath(string words, JsonPathTemplate template) => (this.words, this.template) = (words, template);

    /// <inheritdoc cref="JsonPathTemplate.Parse"/>
    /// <exception cref="Failure">It cannot be read.</exception>
    public static JsonPath Parse(string template, bool allowsMissing = true) => new(template, Try(() => JsonPathTemplate.Parse(template, allowsMissing)));

    /// <inheritdoc cref="JsonPathTemplate.Relaxed"/>
    /// <exception cref="Failure">It cannot be read.</exception>
    public static JsonPath Relaxed(string path) => new(path, Try(() => JsonPathTemplate.Relaxed(path)));

    /// <inheritdoc cref="JsonPathTemplate.Print"/>
    /// <exception cref="Failure">A field or an element is missing and must not be; the message shows the whole object, as kubectl's does.</exception>
    public string Print(JsonNode? root)
    {
        try
        {
            return template.Print(root);
        }
        catch (FormatException wrong)
        {
            throw Failure.Error($"{wrong.Message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t{words}\n"
                + $"\tobject given to jsonpath engine was:\n\t\t{Printing.GoSyntax.Of(root)}\n\n\n");
        }
    }

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
