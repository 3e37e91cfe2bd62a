using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>What the documentation comments of the records say about types and fields.</summary>
/// <remarks>The compiler's documentation file of <c>KubeLab.Api</c> is embedded in this assembly, so it is there however the program was packed.</remarks>
internal sealed class FieldNotes
{
    private readonly Dictionary<string, string> summaries = new(StringComparer.Ordinal);

    private FieldNotes()
    {
        using var stream = typeof(FieldNotes).Assembly.GetManifestResourceStream("KubeLab.Api.xml")!;
        foreach (var member in XDocument.Load(stream).Descendants("member"))
        {
            if (member.Element("summary") is { } summary)
            {
                summaries[(string)member.Attribute("name")!] = Text(summary);
            }
        }
    }

    /// <summary>The notes that come with the program.</summary>
    public static FieldNotes Shipped { get; } = new();

    /// <summary>The summary of a record, or null.</summary>
    public string? Of(Type type) => summaries.GetValueOrDefault($"T:{type.FullName}");

    /// <summary>The summary of a property, or of the interface's that it implements; or null.</summary>
    public string? Of(PropertyInfo property)
    {
        if (summaries.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var own))
        {
            return own;
        }

        foreach (var contract in property.DeclaringType.GetInterfaces())
        {
            if (summaries.TryGetValue($"P:{contract.FullName}.{property.Name}", out var inherited))
            {
                return inherited;
            }
        }

        return null;
    }

    /// <summary>What a property is called in JSON.</summary>
    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    // References become the names that clients know, code marks are dropped, and lines are joined.
    private static string Text(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            if (node is XText words)
            {
                text.Append(words.Value);
            }
            else if (node is XElement { IsEmpty: true } reference && (string?)(reference.Attribute("cref") ?? reference.Attribute("name")) is { } target)
            {
                var name = target[(target.LastIndexOfAny(['.', ':']) + 1)..];
                text.Append(target.StartsWith("P:", StringComparison.Ordinal) ? JsonNamingPolicy.CamelCase.ConvertName(name) : name);
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
