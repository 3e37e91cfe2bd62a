namespace KubeLab.KubectlText.Wire;

/// <summary>The cluster that kubectl talks to: requests as over HTTP, and the cluster's time.</summary>
internal interface IKubectlHost
{
    /// <summary>The cluster's time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The address of the API server, as <c>cluster-info</c> shows it.</summary>
    string Server { get; }

    /// <summary>The name of the context, as <c>config current-context</c> shows it.</summary>
    string Context { get; }

    /// <summary>The namespace of commands that name none: the context's.</summary>
    string Namespace { get; }

    /// <summary>Sends a request and returns its whole answer.</summary>
    KubectlResponse Send(KubectlRequest request);

    /// <summary>Opens an answer that arrives as time passes: a watch, or a log that is followed.</summary>
    IKubectlStream Open(KubectlRequest request);

    /// <summary>Connects to a process in a container.</summary>
    /// <param name="pathAndQuery">The <c>exec</c> or <c>attach</c> of a pod.</param>
    /// <param name="stdin">What it reads; null when it has no input.</param>
    /// <exception cref="StatusException">The server refuses.</exception>
    IKubectlProcess Connect(string pathAndQuery, string? stdin);

    /// <summary>Lets the cluster's time pass until a condition holds or the limit is over; tells whether it held.</summary>
    bool Wait(Func<bool> condition, TimeSpan limit);

    /// <summary>Runs a line in a kubectl that is installed on this machine; null when the cluster has no door for it, or none is installed.</summary>
    KubectlOutput? RunInstalled(string line, string? stdin);
}

/// <summary>An answer that arrives as time passes.</summary>
internal interface IKubectlStream : IDisposable
{
    /// <summary>The status code, known at once.</summary>
    int Code { get; }

    /// <summary>Whether nothing more will come.</summary>
    bool HasEnded { get; }

    /// <summary>Whether <see cref="Read"/> would return something.</summary>
    bool HasText { get; }

    /// <summary>What arrived since the last time; empty when nothing did.</summary>
    string Read();
}

/// <summary>A process in a container, as a client sees it.</summary>
internal interface IKubectlProcess : IDisposable
{
    /// <summary>How it ended, as a Status; null while it runs.</summary>
    Json? Result { get; }

    /// <summary>Whether <see cref="Read"/> would return something.</summary>
    bool HasOutput { get; }

    /// <summary>What it wrote since the last time, in order: each text, and whether it is a complaint.</summary>
    IReadOnlyList<(bool IsError, string Text)> Read();
}
