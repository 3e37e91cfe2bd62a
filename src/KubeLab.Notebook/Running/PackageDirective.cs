using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Running;

/// <summary>Finds <c>#r "nuget: …"</c>, which needs a package manager that this runner does not have.</summary>
internal static partial class PackageDirective
{
    public const string Refusal =
        "#r \"nuget: …\" is not supported here. Open the notebook in VS Code with Polyglot Notebooks, "
        + "or restore the package with the dotnet command and reference its file: #r \"path/to/Package.dll\"";

    /// <summary>The line of the first such directive, counted from 1, or null.</summary>
    public static int? Find(string code)
    {
        if (!code.Contains("nuget", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var line = Array.FindIndex(code.Split('\n'), text => Directive().IsMatch(text));
        return line < 0 ? null : line + 1;
    }

    [GeneratedRegex("""^\s*#[ri]\s+"nuget\s*:""", RegexOptions.IgnoreCase)]
    private static partial Regex Directive();
}
