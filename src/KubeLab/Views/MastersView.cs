using System.Globalization;
using System.Net;
using System.Text;
using KubeLab.Formatting;

namespace KubeLab.Views;

/// <summary>The masters and what runs on each: one line per machine, as an operator would find out going from one to the next.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class MastersView : IShown
{
    private static readonly string[] Titles = ["MASTER", "MACHINE", "ETCD", "API-SERVER", "SCHEDULER", "CONTROLLER-MANAGER", "CLOUD-CONTROLLER-MANAGER"];

    internal MastersView(IReadOnlyList<MasterState> masters) => Masters = masters;

    /// <summary>Each master, in the order in which they came.</summary>
    public IReadOnlyList<MasterState> Masters { get; }

    /// <summary>The master called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public MasterState this[string name] => Masters.FirstOrDefault(m => m.Machine == name)
        ?? throw new ArgumentException($"no master \"{name}\"; there are {(Masters.Count == 0 ? "none" : string.Join(", ", Masters.Select(m => m.Machine)))}", nameof(name));

    /// <summary>The machine whose scheduler works, or null.</summary>
    public string? SchedulerLeader => Masters.FirstOrDefault(m => m.Scheduler == ProcessState.Leads)?.Machine;

    /// <summary>The machine whose controllers work, or null.</summary>
    public string? ControllerManagerLeader => Masters.FirstOrDefault(m => m.ControllerManager == ProcessState.Leads)?.Machine;

    /// <inheritdoc/>
    public override string ToString()
    {
        var rows = Rows().Prepend(Titles).ToList();
        var widths = Titles.Select((_, i) => rows.Max(r => r[i].Length)).ToList();
        return string.Join('\n', rows.Select(r => string.Concat(r.Select((cell, i) => i == r.Length - 1 ? cell : cell.PadRight(widths[i] + 3)))));
    }

    string IShown.ToHtml()
    {
        var html = new StringBuilder("<table class=\"kubelab-masters\"><thead><tr>");
        foreach (var title in Titles)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{title}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows())
        {
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>")).Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    private IEnumerable<string[]> Rows() => Masters.Select(m => new[]
    {
        m.Machine,
        m.IsUp ? "up" : "down",
        !m.IsMemberUp ? "down" : !m.HasQuorum ? "no quorum" : m.IsMemberLeader ? "leads" : "follows",
        m.IsApiServerUp ? "up" : "down",
        Text(m.Scheduler),
        Text(m.ControllerManager),
        Text(m.CloudControllerManager),
    });

    private static string Text(ProcessState state) => state switch
    {
        ProcessState.Leads => "leads",
        ProcessState.Waits => "waits",
        _ => "down",
    };
}

/// <summary>What runs on one master.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="IsUp">Whether it has power.</param>
/// <param name="IsMemberUp">Whether its member of the store runs.</param>
/// <param name="HasQuorum">Whether that member belongs to a majority, without which it answers nothing.</param>
/// <param name="IsMemberLeader">Whether that member leads the others.</param>
/// <param name="IsApiServerUp">Whether its API server answers.</param>
/// <param name="Scheduler">Its scheduler.</param>
/// <param name="ControllerManager">Its controller manager.</param>
/// <param name="CloudControllerManager">Its cloud controller manager.</param>
public sealed record MasterState(
    string Machine, bool IsUp, bool IsMemberUp, bool HasQuorum, bool IsMemberLeader, bool IsApiServerUp, ProcessState Scheduler, ProcessState ControllerManager, ProcessState CloudControllerManager);

/// <summary>What a process does of which one at a time works.</summary>
public enum ProcessState
{
    /// <summary>It does not run.</summary>
    Down,

    /// <summary>It runs and waits for the lease.</summary>
    Waits,

    /// <summary>It holds the lease and works.</summary>
    Leads,
}
