namespace KubeLab.Nodes.Stages;

/// <summary>One transition: from a state in which certain facts hold, after a delay, to the next state.</summary>
internal sealed class Stage
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The state it starts from.</summary>
    public required LifeState From { get; init; }

    /// <summary>The facts that must all hold.</summary>
    public required Facts Requires { get; init; }

    /// <summary>How long it takes.</summary>
    public required Delay Delay { get; init; }

    /// <summary>The state it leads to.</summary>
    public required LifeState Next { get; init; }

    /// <summary>What is recorded on arrival.</summary>
    public required StageEvent[] Events { get; init; }

    /// <summary>The reason that <c>kubectl get pods</c> shows from now on; null leaves it as it is.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>The message that goes with the reason.</summary>
    public TextTemplate? WaitingMessage { get; init; }

    /// <summary>Whether the pod's status is reported on arrival.</summary>
    public bool PostsStatus { get; init; }
}

/// <summary>An event that a stage records.</summary>
internal sealed record StageEvent(bool IsWarning, string Reason, TextTemplate Message);
