using System.CommandLine;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab episodes</c>: the texts that lessons are written in.</summary>
internal static class EpisodesCommand
{
    public static Command Create() => new("episodes", "Looks after the texts of the lessons.")
    {
        EpisodesLintCommand.Create(),
    };
}
