using System.Text.Json.Nodes;
using KubeLab.Notebook.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KubeLab.Notebook.Kernel;

/// <summary>Whether a text can run as it is, or a console should wait for more lines.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#code-completeness">Code completeness in Jupyter</seealso>
internal static class CompletenessReply
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static JsonObject Of(string code)
    {
        if (MagicCells.IsMagic(code))
        {
            return new JsonObject { ["status"] = "complete" };
        }

        var tree = CSharpSyntaxTree.ParseText(code, Script);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            return new JsonObject { ["status"] = "incomplete", ["indent"] = new string(' ', 4 * Depth(code)) };
        }

        return new JsonObject { ["status"] = tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete" };
    }

    private static int Depth(string code) =>
        Math.Clamp(SyntaxFactory.ParseTokens(code).Sum(t => t.Kind() switch
        {
            SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
            SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
            _ => 0,
        }), 0, 10);
}
