namespace KubeLab.Nodes.Programs;

/// <summary>What a container does when it runs.</summary>
/// <remarks>
/// Called once for each start of a container, at the instant its process starts. The run that comes back tells the future of that process as far as it
/// depends on nothing outside, so that a healthy server costs no events at all.
/// </remarks>
public interface IProgram
{
    /// <summary>Starts one process.</summary>
    /// <exception cref="ExecutableNotFoundException">The container's command is not in the image: it cannot start.</exception>
    ProgramRun Start(ProgramContext context);
}

/// <summary>The command of a container is not in its image.</summary>
/// <param name="executable">What was looked for.</param>
public sealed class ExecutableNotFoundException(string executable) : Exception(
    executable.StartsWith('/') || executable.StartsWith('.')
        ? $"exec: \"{executable}\": stat {executable}: no such file or directory"
        : $"exec: \"{executable}\": executable file not found in $PATH");
