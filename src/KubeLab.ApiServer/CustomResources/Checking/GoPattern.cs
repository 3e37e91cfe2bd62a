using System.Text.RegularExpressions;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>A regular expression in Go's dialect (RE2), which finds in linear time.</summary>
/// <remarks>It runs on .NET's engine without backtracking, which is linear too; <see cref="GoPatternText"/> rewrites what the two spell differently.</remarks>
/// <seealso href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</seealso>
internal sealed class GoPattern
{
    private readonly Regex? regex;

    public GoPattern(string pattern)
    {
        try
        {
            regex = new Regex(GoPatternText.Rewrite(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException or FormatException)
        {
            Problem = $"error parsing regexp: {wrong.Message}";
        }
    }

    /// <summary>Why it is none; null when it is one.</summary>
    public string? Problem { get; }

    /// <summary>Whether it is found in <paramref name="text"/>.</summary>
    public bool Matches(string text) => regex?.IsMatch(text) ?? false;
}
