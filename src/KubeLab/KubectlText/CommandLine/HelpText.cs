using System.Text;

namespace KubeLab.KubectlText.CommandLine;

/// <summary>A short help: what a command does, and its options.</summary>
internal static class HelpText
{
    public static string Of(Command command)
    {
        var text = new StringBuilder(command.Summary).Append("\n\nOptions:\n");
        foreach (var flag in command.Flags.All.OrderBy(flag => flag.Name, StringComparer.Ordinal))
        {
            text.Append("    ").Append(flag.Names).Append('=').Append(flag.Kind switch
            {
                FlagKind.Text => $"'{flag.Default}'",
                FlagKind.List or FlagKind.Array => "[]",
                _ => flag.Default,
            }).Append('\n');
        }

        return text.Append("\nMore: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_")
            .Append(command.Name.Split(' ')[0]).Append("/\n").ToString();
    }
}
