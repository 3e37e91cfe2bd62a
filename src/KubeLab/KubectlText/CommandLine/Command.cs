namespace KubeLab.KubectlText.CommandLine;

/// <summary>A command of kubectl.</summary>
internal abstract class Command
{
    /// <summary>Its words after <c>kubectl</c>, for example <c>rollout status</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other names for the last of these words.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>What it does, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>The options that it takes.</summary>
    public virtual Flags Flags => new();

    /// <summary>Does it.</summary>
    /// <exception cref="Failure">Something is wrong with the arguments, or was not found.</exception>
    /// <exception cref="Wire.StatusException">The server refuses.</exception>
    public abstract void Run(Session session, Arguments arguments);

    /// <summary>The end of a message about wrong usage.</summary>
    protected Failure Misused(string message) => new($"error: {message}\nSee 'kubectl {Name} -h' for help and examples");
}
