using System.Text.Json.Nodes;
using KubeLab.Notebook.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KubeLab.Notebook.Kernel;

/// <summary>What a word that is being typed may become.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#completion">Completion in Jupyter</seealso>
internal static class CompletionReply
{
    private const int MatchesMax = 500;

    public static JsonObject Of(SubmissionChain chain, string code, int cursor)
    {
        var end = CodePoints.ToIndex(code, cursor);
        var start = end;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
        {
            start--;
        }

        var found = MagicCells.IsMagic(code) ? [] : Find(chain, code[..start], code[start..end]);
        var (from, to) = (CodePoints.FromIndex(code, start), CodePoints.FromIndex(code, end));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Select(m => JsonValue.Create(m.Text))]),
            ["cursor_start"] = from,
            ["cursor_end"] = to,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Select(m => new JsonObject
                {
                    ["text"] = m.Text,
                    ["type"] = m.Kind,
                    ["start"] = from,
                    ["end"] = to,
                    ["signature"] = m.Signature,
                })]),
            },
        };
    }

    private static List<Match> Find(SubmissionChain chain, string before, string word)
    {
        var symbols = CellSymbols.At(chain, before, out var isMember)
            .Where(s => s.CanBeReferencedByName && Fits(s.Name, word) && !IsHidden(s));
        var matches = symbols.GroupBy(s => s.Name, StringComparer.Ordinal).Select(Of);
        if (!isMember && word.Length > 0)
        {
            matches = matches.Concat(Keywords().Where(k => Fits(k, word)).Select(k => new Match(k, "keyword", "")));
        }

        return [.. matches.OrderBy(m => m.Text.StartsWith(word, StringComparison.Ordinal) ? 0 : 1).ThenBy(m => m.Rank)
            .ThenBy(m => m.Text, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Text, StringComparer.Ordinal).Take(MatchesMax)];
    }

    private static Match Of(IGrouping<string, ISymbol> group)
    {
        var first = group.First();
        var more = group.Count() - 1;
        var signature = first is INamespaceSymbol or ITypeSymbol
            ? ""
            : first.ToMinimalText() + (more > 0 ? $" (+ {more} overload{(more > 1 ? "s" : "")})" : "");
        return new Match(group.Key, KindOf(first), signature);
    }

    private static bool Fits(string name, string word) => name.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Authors hide what nobody should type.</summary>
    private static bool IsHidden(ISymbol symbol) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "EditorBrowsableAttribute" && a.ConstructorArguments is [{ Value: 1 }])
        || symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_Object, Name: "MemberwiseClone" or "ReferenceEquals" or "Finalize" };

    private static IEnumerable<string> Keywords() =>
        SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText)
            .Concat(["async", "await", "var", "record", "when", "where", "select", "from", "orderby", "group", "with", "yield", "nameof", "required", "init"]);

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enum",
        IFieldSymbol { ContainingType.IsScriptClass: true } or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => "variable",
        IFieldSymbol => "field",
        IEventSymbol => "event",
        INamespaceSymbol => "module",
        INamedTypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        INamedTypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        ITypeParameterSymbol => "type",
        _ => "class",
    };

    private sealed record Match(string Text, string Kind, string Signature)
    {
        /// <summary>What the learner made comes first, types and namespaces last.</summary>
        public int Rank => Kind switch { "variable" => 0, "property" or "function" or "field" or "event" => 1, "keyword" => 2, "module" => 4, _ => 3 };
    }
}
