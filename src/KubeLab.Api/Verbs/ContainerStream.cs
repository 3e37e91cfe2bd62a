using KubeLab.Api.Meta;

namespace KubeLab.Api.Verbs;

/// <summary>What goes on between a client and a container: a log that is followed, a command that runs, a process that is attached to.</summary>
/// <remarks>
/// It belongs to the clock's thread. Output is pulled: a reader that has no room says so and is given nothing more until <see cref="Resume"/>, so a slow
/// reader makes nothing grow.
/// </remarks>
public abstract class ContainerStream : IDisposable
{
    /// <summary>Why it did not come about, or null: the container is not there, or the node cannot be reached. The reader is told the same.</summary>
    public virtual Status? Refusal => null;

    /// <summary>Whether it goes on by itself as soon as the cluster's time passes, and not before.</summary>
    public virtual bool WaitsForTime => false;

    /// <summary>Begins; output and the end are told to <paramref name="reader"/>, some of it within this call.</summary>
    public abstract void ReadBy(IContainerReader reader);

    /// <summary>The reader has room again.</summary>
    public virtual void Resume()
    {
    }

    /// <summary>Something for its standard input; what nobody reads is lost.</summary>
    public virtual void Write(ReadOnlyMemory<byte> input)
    {
    }

    /// <summary>Nothing more comes for its standard input.</summary>
    public virtual void CloseInput()
    {
    }

    /// <summary>The client has gone: a log is followed no more, a command is killed.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends it.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>Takes what a container writes.</summary>
public interface IContainerReader
{
    /// <summary>Called with each piece, which has been taken when it returns; false asks for no more until <see cref="ContainerStream.Resume"/>.</summary>
    bool OnOutput(bool isError, ReadOnlyMemory<byte> data);

    /// <summary>Called once, at the end.</summary>
    /// <param name="result">Success, or a failure; that of a command with an exit code has the reason <c>NonZeroExitCode</c> and a cause <c>ExitCode</c>.</param>
    void OnEnd(Status result);
}

/// <summary>How a command is run in a container, or a container attached to.</summary>
public sealed record ProcessOptions
{
    /// <summary>The container; may be null when the pod has one only.</summary>
    public string? Container { get; init; }

    /// <summary>The executable and its arguments; empty to attach.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Whether input comes.</summary>
    public bool Stdin { get; init; }

    /// <summary>Whether output is wanted.</summary>
    public bool Stdout { get; init; }

    /// <summary>Whether complaints are wanted.</summary>
    public bool Stderr { get; init; }

    /// <summary>Whether it has a terminal: input is echoed and edited, and there is one output.</summary>
    public bool Tty { get; init; }
}

/// <summary>The ways in which a process's end is told.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/util/remotecommand, and the kubelet's remotecommand server.</remarks>
public static class ProcessEnd
{
    /// <summary>It ended with 0.</summary>
    public static Status Success { get; } = new() { State = "Success" };

    /// <summary>It ended with <paramref name="code"/>.</summary>
    public static Status Exit(int code) => code == 0 ? Success : new()
    {
        State = "Failure",
        Reason = "NonZeroExitCode",
        Message = $"command terminated with non-zero exit code: exit status {code}",
        Details = new() { Causes = [new StatusCause { Reason = "ExitCode", Message = code.ToString(System.Globalization.CultureInfo.InvariantCulture) }] },
    };

    /// <summary>It could not be started or seen to its end.</summary>
    public static Status Failure(string message) => new()
    {
        State = "Failure",
        Code = 500,
        Reason = "InternalError",
        Message = $"Internal error occurred: {message}",
        Details = new() { Causes = [new StatusCause { Message = message }] },
    };
}
