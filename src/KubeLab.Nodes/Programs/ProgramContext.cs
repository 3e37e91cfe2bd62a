using KubeLab.Api.Core;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Programs;

/// <summary>What a process finds when it starts.</summary>
public sealed class ProgramContext
{
    private readonly Func<IReadOnlyDictionary<string, string>> environment;
    private readonly Func<Randomness> chance;
    private readonly Func<IReadOnlyDictionary<string, string>>? mounts;

    internal ProgramContext(
        Func<IReadOnlyDictionary<string, string>> environment, Func<Randomness> chance, Func<IReadOnlyDictionary<string, string>>? mounts = null) =>
        (this.environment, this.chance, this.mounts) = (environment, chance, mounts);

    /// <summary>The pod.</summary>
    public required Pod Pod { get; init; }

    /// <summary>The container of the pod.</summary>
    public required Container Container { get; init; }

    /// <summary>The address of the pod.</summary>
    public required string PodIP { get; init; }

    /// <summary>Virtual now: the start of the process.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How often the container has been restarted before.</summary>
    public required int Restarts { get; init; }

    /// <summary>How fast the machine's cores are, against those that programs are measured on.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Ports that other containers of the pod listen on already: the network is shared.</summary>
    public required IReadOnlyCollection<int> PortsTaken { get; init; }

    /// <summary>The entrypoint that the pod asks for, with <c>$(VAR)</c> expanded; empty for the image's own.</summary>
    public IReadOnlyList<string> Command => field ??= Expand(Container.Command);

    /// <summary>The arguments that the pod asks for, expanded.</summary>
    public IReadOnlyList<string> Args => field ??= Expand(Container.Args);

    /// <summary>Environment variables, those of the pod's own fields included.</summary>
    public IReadOnlyDictionary<string, string> Environment => field ??= environment();

    /// <summary>The files of mounted config maps and secrets as they are at the start: full path to content.</summary>
    public IReadOnlyDictionary<string, string> Mounts => field ??= mounts?.Invoke() ?? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>Chance of this very start; the same seed gives the same draws.</summary>
    public Randomness Chance => field ??= chance();

    /// <summary>The CPU limit in thousandths of a core; null when there is none.</summary>
    public long? CpuLimitMillis => Container.Resources.Limits["cpu"]?.MilliValue;

    /// <summary>A number from the environment, or null when the variable is absent or no number.</summary>
    public double? Number(string? variable) =>
        variable is not null
        && !Container.Env.IsEmpty
        && Environment.TryGetValue(variable, out var text)
        && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private string[] Expand(Api.ValueList<string> words)
    {
        if (words.IsEmpty)
        {
            return [];
        }

        var expanded = words.Span.ToArray();
        for (var i = 0; i < expanded.Length; i++)
        {
            if (expanded[i].Contains("$(", StringComparison.Ordinal) || expanded[i].Contains("$$", StringComparison.Ordinal))
            {
                expanded[i] = VariableExpansion.Expand(expanded[i], Environment);
            }
        }

        return expanded;
    }
}
