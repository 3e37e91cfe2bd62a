using System.Globalization;
using System.Text;
using KubeLab.KubectlText;
using KubeLab.Simulated;

namespace KubeLab.Tests.KubectlText;

/// <summary>A story told in kubectl lines and what they print; <c>advance 30s</c> lets time pass.</summary>
/// <remarks>
/// A line that begins with <c>$</c> is run; what it printed follows, and an exit code when it is not 0. Lines that begin with a bar below a command are
/// what it reads from its standard input. <c>lab kill</c>, <c>restore</c>, <c>stop</c>, <c>start</c>, <c>cut</c>, <c>heal</c> and <c>preempt</c> break and mend machines and what runs on them,
/// <c>lab masters</c> prints the masters, <c>lab install-vpa</c> and <c>lab load shop 60</c> bring an autoscaler and requests. <c>LAB_REWRITE=1</c> rewrites the files; read the difference before committing.
/// </remarks>
internal static class Transcript
{
    public static string Replay(SimulatedCluster cluster, string transcript)
    {
        var told = new StringBuilder();
        var lines = transcript.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#') || (lines[i].Length == 0 && i + 1 < lines.Length && lines[i + 1].StartsWith('#')))
            {
                told.Append(lines[i]).Append('\n');
            }
            else if (lines[i].StartsWith("$ advance ", StringComparison.Ordinal))
            {
                told.Append(lines[i]).Append('\n');
                cluster.RunFor(TimeSpan.FromSeconds(double.Parse(lines[i]["$ advance ".Length..^1], CultureInfo.InvariantCulture)));
            }
            else if (lines[i].StartsWith("$ lab ", StringComparison.Ordinal))
            {
                told.Append(lines[i]).Append('\n').Append(Break(cluster, lines[i]["$ lab ".Length..]));
            }
            else if (lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                told.Append(lines[i]).Append('\n');
                var stdin = new StringBuilder();
                var command = lines[i][2..];
                while (i + 1 < lines.Length && lines[i + 1].StartsWith("| ", StringComparison.Ordinal))
                {
                    i++;
                    told.Append(lines[i]).Append('\n');
                    stdin.Append(lines[i].AsSpan(2)).Append('\n');
                }

                Tell(told, cluster.Kubectl(command, stdin.Length > 0 ? stdin.ToString() : null));
            }
        }

        return told.ToString();
    }

    private static string Break(SimulatedCluster cluster, string what)
    {
        var words = what.Split(' ', 2);
        switch ((words[0], words.ElementAtOrDefault(1) ?? ""))
        {
            case ("kill", var machine):
                cluster.Kill(machine);
                break;
            case ("restore", var machine):
                cluster.Restore(machine);
                break;
            case ("stop", var place):
                cluster.StopComponent(place.Split(' ')[0], place.Split(' ')[1]);
                break;
            case ("start", var place):
                cluster.StartComponent(place.Split(' ')[0], place.Split(' ')[1]);
                break;
            case ("cut", var sides):
                cluster.Partition(sides);
                break;
            case ("preempt", var machine):
                cluster.Preempt(machine);
                break;
            case ("heal", _):
                cluster.Heal();
                break;
            case ("autoscale", var bounds):
                cluster.Autoscale(bounds.Split(' ')[0], int.Parse(bounds.Split(' ')[1], CultureInfo.InvariantCulture), int.Parse(bounds.Split(' ')[2], CultureInfo.InvariantCulture));
                break;
            case ("quota", var limit):
                cluster.SetQuota(limit.Split(' ')[0], limit.Split(' ').ElementAtOrDefault(1) is { } most ? double.Parse(most, CultureInfo.InvariantCulture) : null);
                break;
            case ("scale-down", _):
                return $"{cluster.WhyNotScaledDown()}\n";
            case ("install-vpa", _):
                cluster.InstallVerticalPodAutoscaler();
                break;
            case ("load", var load):
                cluster.Load(load.Split(' ')[0], double.Parse(load.Split(' ')[1], CultureInfo.InvariantCulture));
                break;
            case ("masters", _):
                return $"{cluster.Masters()}\n";
            default:
                throw new ArgumentException($"no such line in a transcript: lab {what}", nameof(what));
        }

        return "";
    }

    private static void Tell(StringBuilder told, KubectlOutput output)
    {
        told.Append(output.Text);
        if (output.Text.Length > 0 && !output.Text.EndsWith('\n'))
        {
            told.Append('\n');
        }

        if (output.ExitCode != 0)
        {
            told.Append(CultureInfo.InvariantCulture, $"(exit code {output.ExitCode})\n");
        }
    }
}
