namespace KubeLab.KubectlText;

/// <summary>A command that ends with a message on the error stream.</summary>
/// <param name="message">The message, without the line feed at its end; empty when it has been printed already.</param>
/// <param name="exitCode">The exit code.</param>
internal sealed class Failure(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>A message that begins with <c>error:</c>, as kubectl's own errors do.</summary>
    public static Failure Error(string message) => new($"error: {message}");
}
