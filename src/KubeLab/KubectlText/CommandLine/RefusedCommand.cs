namespace KubeLab.KubectlText.CommandLine;

/// <summary>A command of kubectl's that is not offered here; it says what to use instead.</summary>
internal sealed class RefusedCommand(string name, string instead) : Command
{
    public override string Name => name;

    public override string Summary => $"Not offered here: {instead}";

    public override void Run(Session session, Arguments arguments) => throw Refusal();

    /// <summary>The refusal, whatever the arguments.</summary>
    public Failure Refusal() => Failure.Error($"kubectl {name} is not offered here; {instead}");
}
