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

    /// <summary>Sends a request and returns its whole answer.</summary>
    KubectlResponse Send(KubectlRequest request);

    /// <summary>Opens an answer that arrives as time passes: a watch, or a log that is followed.</summary>
    IKubectlStream Open(KubectlRequest request);

    /// <summary>Lets the cluster's time pass until a condition holds or the limit is over; tells whether it held.</summary>
    bool Wait(Func<bool> condition, TimeSpan limit);
}

/// <summary>An answer that arrives as time passes.</summary>
internal interface IKubectlStream : IDisposable
{
    /// <summary>The status code, known at once.</summary>
    int Code { get; }

    /// <summary>Whether the server answered with what there is, and leaves it to the client to ask again.</summary>
    bool IsWhole { get; }

    /// <summary>Whether nothing more will come.</summary>
    bool HasEnded { get; }

    /// <summary>Whether <see cref="Read"/> would return something.</summary>
    bool HasText { get; }

    /// <summary>What arrived since the last time; empty when nothing did.</summary>
    string Read();
}
