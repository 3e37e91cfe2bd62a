using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace KubeLab.Notebook.Kernel;

/// <summary>A symbol and what its author wrote about it, as text.</summary>
internal static partial class SymbolText
{
    private static readonly SymbolDisplayFormat Minimal = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeContainingType);

    public static string ToMinimalText(this ISymbol symbol) => symbol switch
    {
        IFieldSymbol { ContainingType.IsScriptClass: true } variable => $"{variable.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {variable.Name}",
        INamedTypeSymbol type => $"{Word(type)} {type.ToDisplayString()}",
        _ => symbol.ToDisplayString(Minimal),
    };

    /// <summary>Summary, parameters, result and exceptions, or an empty text.</summary>
    public static string Documentation(this ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml(expandIncludes: true) ?? "";
        if (xml.Length == 0)
        {
            return "";
        }

        try
        {
            var member = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
            var lines = member.Elements("summary").Concat(member.Elements("remarks")).Select(Plain)
                .Concat(member.Elements("param").Select(p => $"{p.Attribute("name")?.Value}: {Plain(p)}"))
                .Concat(member.Elements("returns").Select(r => $"Returns {Plain(r)}"))
                .Concat(member.Elements("exception").Select(e => $"Throws {Short(e.Attribute("cref")?.Value)}: {Plain(e)}"));
            return string.Join('\n', lines.Where(line => line.Length > 0));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static string Plain(XElement element)
    {
        var text = string.Concat(element.DescendantNodes().Select(node => node switch
        {
            XText t => t.Value,
            XElement { IsEmpty: true } e => Short(e.Attribute("cref")?.Value ?? e.Attribute("name")?.Value ?? e.Attribute("langword")?.Value),
            _ => "",
        }));
        return Blanks().Replace(text, " ").Trim();
    }

    /// <summary>The last part of a reference such as <c>M:System.String.Trim(System.Char)</c>.</summary>
    private static string Short(string? reference)
    {
        var name = (reference ?? "").Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static string Word(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Enum } => "enum",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Delegate } => "delegate",
        _ => "class",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
