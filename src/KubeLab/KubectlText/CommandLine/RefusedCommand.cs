namespace KubeLab.KubectlText.CommandLine;

/// <summary>A command of kubectl's that is not offered here; it says what to use instead.</summary>
/// <param name="name">Its name.</param>
/// <param name="instead">What to use instead.</param>
/// <param name="needsTerminal">Whether it asks somebody at a terminal or never ends, so that no cell can run it, not even with an installed kubectl.</param>
internal sealed class RefusedCommand(string name, string instead, bool needsTerminal = false) : Command
{
    /// <summary>Whether an installed kubectl may run it instead, where a cluster can be reached by one.</summary>
    public bool MayBeInstalled => !needsTerminal;

    public override string Name => name;

    public override string Summary => $"Not offered here: {instead}";

    public override void Run(Session session, Arguments arguments) => throw Refusal();

    /// <summary>The refusal, whatever the arguments.</summary>
    public Failure Refusal() => Failure.Error($"kubectl {name} is not offered here; {instead}");
}
