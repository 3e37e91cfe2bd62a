namespace KubeLab.Cli;

/// <summary>A wish that cannot be granted as typed; the message says what can be typed instead.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>What the program ends with then.</summary>
    public const int ExitCode = 2;
}
