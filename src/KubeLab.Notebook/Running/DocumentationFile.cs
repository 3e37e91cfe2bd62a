using System.Collections.Frozen;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace KubeLab.Notebook.Running;

/// <summary>The XML file of comments that compilers write beside an assembly; it is read when somebody first asks.</summary>
internal sealed class DocumentationFile(string path) : DocumentationProvider
{
    private readonly Lazy<FrozenDictionary<string, string>> members = new(() => Read(path));

    public override bool Equals(object? obj) => obj is DocumentationFile other && other.PathText == path;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(path);

    protected override string GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        members.Value.GetValueOrDefault(documentationMemberID, "");

    private string PathText => path;

    private static FrozenDictionary<string, string> Read(string path)
    {
        try
        {
            return XDocument.Load(path).Descendants("member").Where(m => m.Attribute("name") is not null)
                .GroupBy(m => m.Attribute("name")!.Value).ToFrozenDictionary(g => g.Key, g => g.First().ToString());
        }
        catch (Exception error) when (error is IOException or XmlException or UnauthorizedAccessException)
        {
            return FrozenDictionary<string, string>.Empty;
        }
    }
}
