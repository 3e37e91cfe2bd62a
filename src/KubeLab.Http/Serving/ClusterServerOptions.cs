namespace KubeLab.Http.Serving;

/// <summary>What can be chosen about serving a cluster on a socket.</summary>
public sealed record ClusterServerOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The name of cluster and context in the kubeconfig.</summary>
    public string Name { get; init; } = "kubelab";

    /// <summary>The largest request body that is read, in bytes; upstream's limit.</summary>
    public int BodyBytesMax { get; init; } = 3 * 1024 * 1024;

    /// <summary>How many events of a watch may wait for a slow reader before it is cut off with 410 and has to list again.</summary>
    public int WatchQueueMax { get; init; } = 1000;

    /// <summary>How long a watch lasts at least, in the wall's time, when its client names no <c>timeoutSeconds</c>; twice that at most. Upstream's <c>--min-request-timeout</c>.</summary>
    public TimeSpan WatchTimeMin { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>How long a request waits for the cluster, and its client may take to read the answer, each in the wall's time; upstream's limit.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long open requests may take to end when the server stops, in the wall's time.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
