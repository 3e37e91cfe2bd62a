namespace KubeLab.Http.Live;

/// <summary>A cluster that a page can look at.</summary>
internal interface ILiveDoor : IDisposable
{
    /// <summary>The cluster.</summary>
    Cluster Cluster { get; }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    Uri Address { get; }

    /// <summary>The bearer token that opens it.</summary>
    string Token { get; }

    /// <summary>A cell is about to run: returns when nobody else touches the cluster any more.</summary>
    void Hold();

    /// <summary>No cell runs any more.</summary>
    void Release();
}
