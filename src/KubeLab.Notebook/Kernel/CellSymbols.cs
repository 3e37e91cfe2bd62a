using KubeLab.Notebook.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KubeLab.Notebook.Kernel;

/// <summary>What can be written at a place in a cell.</summary>
internal static class CellSymbols
{
    /// <summary>The symbols that fit at the end of <paramref name="before"/>, the cell up to the word that is being typed.</summary>
    /// <param name="chain">The cells before.</param>
    /// <param name="before">The text up to the word.</param>
    /// <param name="isMember">Whether the word follows a dot.</param>
    public static IEnumerable<ISymbol> At(SubmissionChain chain, string before, out bool isMember)
    {
        var compilation = chain.Look(before);
        var tree = compilation.SyntaxTrees.Last();
        var model = compilation.GetSemanticModel(tree);
        var root = tree.GetRoot();
        var last = root.FindToken(Math.Max(0, before.TrimEnd().Length - 1), findInsideTrivia: true);
        isMember = last.IsKind(SyntaxKind.DotToken);
        if (IsText(last) || last.Parent is DirectiveTriviaSyntax || IsInComment(root, before.Length))
        {
            isMember = true;
            return [];
        }

        return isMember ? Members(model, last, before.Length) : model.LookupSymbols(before.Length);
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken dot, int position)
    {
        var owner = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (owner is null)
        {
            return [];
        }

        var symbol = model.GetSymbolInfo(owner).Symbol;
        if (symbol is INamespaceSymbol container)
        {
            return model.LookupNamespacesAndTypes(position, container);
        }

        if (symbol is ITypeSymbol named)
        {
            return model.LookupSymbols(position, named).Where(s => s.IsStatic || s is ITypeSymbol);
        }

        var type = model.GetTypeInfo(owner).Type ?? (symbol as ILocalSymbol)?.Type;
        type = dot.Parent is MemberBindingExpressionSyntax && type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;
        return type is null or IErrorTypeSymbol
            ? []
            : model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(s => !s.IsStatic && s is not ITypeSymbol);
    }

    /// <summary>Inside a text nothing of C# fits; after its closing quote the text has ended.</summary>
    private static bool IsText(SyntaxToken token) =>
        token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.CharacterLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.NumericLiteralToken
        && (token.IsKind(SyntaxKind.NumericLiteralToken) || token.ContainsDiagnostics || token.IsKind(SyntaxKind.InterpolatedStringTextToken));

    private static bool IsInComment(SyntaxNode root, int position)
    {
        var trivia = root.FindTrivia(Math.Max(0, position - 1), findInsideTrivia: true);
        return trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
            || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && trivia.ContainsDiagnostics);
    }
}
