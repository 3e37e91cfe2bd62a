using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Applying;

/// <summary>The query of a write whose object comes from a file: who writes, and how strictly the server reads.</summary>
internal static class WriteQuery
{
    /// <exception cref="Failure">The value of <c>--validate</c> is unknown.</exception>
    public static Query Of(Arguments arguments, ResultPrinter result, string? manager = null) =>
        result.Query(manager ?? arguments.Text("field-manager")).With("fieldValidation", arguments.Text("validate") switch
        {
            "strict" or "true" => "Strict",
            "warn" => "Warn",
            "ignore" or "false" => "Ignore",
            var other => throw Failure.Error($"invalid - validate option \"{other}\""),
        });
}
