using System.CommandLine;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab notebooks</c>: the notebooks that are made from the episodes.</summary>
internal static class NotebooksCommand
{
    public static Command Create() => new("notebooks", "Makes the notebooks from the episodes, or checks that they are up to date.")
    {
        NotebooksBuildCommand.Create(),
        NotebooksVerifyCommand.Create(),
    };
}
