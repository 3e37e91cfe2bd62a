using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pods;

/// <summary>Small records that thousands of pods have in common, made once: conditions and container states of the same second are the same.</summary>
internal sealed class SharedRecords
{
    private readonly Dictionary<(string Type, bool Holds, string? Reason, string? Message), Condition> conditions = [];
    private readonly Dictionary<(string Reason, string? Message), ContainerState> waiting = [];
    private readonly Dictionary<(string Name, bool Init), string> paths = [];
    private ContainerState running = new();

    /// <summary>A condition since <paramref name="since"/>.</summary>
    public Condition Condition(string type, PodConditions.Verdict verdict, Timestamp since)
    {
        var key = (type, verdict.Holds, verdict.Reason, verdict.Message);
        if (conditions.TryGetValue(key, out var known) && known.LastTransitionTime == since)
        {
            return known;
        }

        if (conditions.Count > 4096)
        {
            conditions.Clear();
        }

        return conditions[key] = new Condition
        {
            Type = type,
            Status = verdict.Holds ? "True" : "False",
            Reason = verdict.Reason,
            Message = verdict.Message,
            LastTransitionTime = since,
        };
    }

    /// <summary>The state of a container that runs since <paramref name="since"/>.</summary>
    public ContainerState Running(Timestamp since) =>
        running.Running?.StartedAt == since ? running : running = new ContainerState { Running = new ContainerStateRunning { StartedAt = since } };

    /// <summary>The state of a container that waits.</summary>
    public ContainerState Waiting(string reason, string? message)
    {
        if (!waiting.TryGetValue((reason, message), out var state))
        {
            if (waiting.Count > 1024)
            {
                waiting.Clear();
            }

            waiting.Add((reason, message), state = new ContainerState { Waiting = new ContainerStateWaiting { Reason = reason, Message = message } });
        }

        return state;
    }

    /// <summary>The part of a pod that an event is about.</summary>
    public string FieldPath(string container, bool init)
    {
        if (!paths.TryGetValue((container, init), out var path))
        {
            paths.Add((container, init), path = $"spec.{(init ? "initContainers" : "containers")}{{{container}}}");
        }

        return path;
    }
}
