using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Printing;

namespace KubeLab.KubectlText.Resources;

/// <summary>Says what was done to an object: in one line, or as <c>-o</c> asks.</summary>
internal sealed class ResultPrinter(Session session, Arguments arguments)
{
    private readonly ObjectFormat? format = ObjectFormat.Of(arguments);
    private bool hasPrinted;

    /// <summary>Whether and where a dry run is asked for: none, client or server.</summary>
    public string DryRun { get; } = ReadDryRun(arguments, session);

    /// <summary>Whether nothing is to be sent.</summary>
    public bool IsClientDryRun => DryRun == "client";

    /// <summary>The query that a write gets.</summary>
    public Wire.Query Query(string? manager) => new Wire.Query().With("fieldManager", manager).With("dryRun", DryRun == "server" ? "All" : null);

    /// <summary>Prints <c>deployment.apps/web created</c>, or the object when <c>-o</c> asks for it.</summary>
    /// <param name="info">The object.</param>
    /// <param name="operation">What was done, in one word or some.</param>
    /// <param name="isOwn">Whether kubectl made the object itself.</param>
    public void Print(Info info, string operation, bool isOwn = false) => Print(info.Title, info.Object, operation, isOwn);

    /// <inheritdoc cref="Print(Info, string, bool)"/>
    public void Print(string title, JsonNode obj, string operation, bool isOwn = false)
    {
        session.Out(format is null ? $"{title} {operation}{Suffix}\n" : format.Print(obj, isOwn, hasPrinted && arguments.Text("output") == "yaml"));
        hasPrinted = true;
    }

    /// <summary>Prints as if it had been done, for commands that do not tell a trial apart.</summary>
    public void PrintDone(string title, JsonNode obj, string operation) => session.Out(format is null ? $"{title} {operation}\n" : format.Print(obj));

    /// <summary>What is put behind an operation that is only tried.</summary>
    public string Suffix => DryRun switch { "client" => " (dry run)", "server" => " (server dry run)", _ => "" };

    private static string ReadDryRun(Arguments arguments, Session session)
    {
        switch (arguments.Text("dry-run"))
        {
            case "none" or "":
                return "none";
            case "client":
                return "client";
            case "server":
                return "server";
            case "unchanged":
                session.Error("--dry-run is deprecated and can be replaced with --dry-run=client.\n");
                return "client";
            case var other when bool.TryParse(other, out var isOn):
                session.Error($"--dry-run={other} is deprecated (boolean value) and can be replaced with --dry-run={(isOn ? "client" : "none")}.\n");
                return isOn ? "client" : "none";
            case var other:
                throw Failure.Error($"Invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\".");
        }
    }
}
