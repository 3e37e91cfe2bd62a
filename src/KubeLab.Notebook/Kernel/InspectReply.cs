using System.Collections.Immutable;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KubeLab.Notebook.Kernel;

/// <summary>Explains the word at the cursor, or, between parentheses, the parameters that fit there.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#introspection">Introspection in Jupyter</seealso>
internal static class InspectReply
{
    private const int OverloadsMax = 20;

    public static JsonObject Of(SubmissionChain chain, string code, int cursor)
    {
        var symbols = MagicCells.IsMagic(code) || code.Length == 0 ? [] : Find(chain, code, CodePoints.ToIndex(code, cursor));
        var text = string.Join("\n\n", symbols.Take(OverloadsMax).Select(Explained));
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = symbols.Length > 0,
            ["data"] = symbols.Length > 0 ? new JsonObject { [MimeTypes.Text] = text } : new JsonObject(),
            ["metadata"] = new JsonObject(),
        };
    }

    private static string Explained(ISymbol symbol)
    {
        var about = symbol.Documentation();
        return about.Length > 0 ? $"{symbol.ToMinimalText()}\n{about}" : symbol.ToMinimalText();
    }

    private static ImmutableArray<ISymbol> Find(SubmissionChain chain, string code, int position)
    {
        var compilation = chain.Look(code);
        var tree = compilation.SyntaxTrees.Last();
        var model = compilation.GetSemanticModel(tree);
        var token = Word(tree.GetRoot(), position);
        return token.Parent is { } node && token.IsKind(SyntaxKind.IdentifierToken) ? Named(model, node) : Called(model, tree.GetRoot(), position);
    }

    /// <summary>The word that the cursor is in or behind.</summary>
    private static SyntaxToken Word(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        return token.IsKind(SyntaxKind.IdentifierToken) || position == 0 || token.SpanStart < position ? token : root.FindToken(position - 1);
    }

    private static ImmutableArray<ISymbol> Named(SemanticModel model, SyntaxNode node)
    {
        if (model.GetDeclaredSymbol(node) is { } declared)
        {
            return [declared];
        }

        var info = model.GetSymbolInfo(node);
        return info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
    }

    private static ImmutableArray<ISymbol> Called(SemanticModel model, SyntaxNode root, int position)
    {
        var at = root.FindToken(Math.Max(0, position - 1)).Parent;
        for (var list = at?.FirstAncestorOrSelf<ArgumentListSyntax>(); list is not null; list = list.Parent?.FirstAncestorOrSelf<ArgumentListSyntax>())
        {
            if (list.OpenParenToken.Span.End > position || (!list.CloseParenToken.IsMissing && list.CloseParenToken.SpanStart < position))
            {
                continue;
            }

            return list.Parent switch
            {
                InvocationExpressionSyntax call => model.GetMemberGroup(call.Expression),
                BaseObjectCreationExpressionSyntax made when model.GetTypeInfo(made).Type is INamedTypeSymbol type => [.. type.InstanceConstructors],
                _ => [],
            };
        }

        return [];
    }
}
