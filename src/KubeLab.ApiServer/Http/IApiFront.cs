namespace KubeLab.ApiServer.Http;

/// <summary>Whoever answers requests of the Kubernetes API in the form of paths, headers and bytes: one server, or a balancer before several.</summary>
/// <remarks>It is called on the clock's thread.</remarks>
public interface IApiFront
{
    /// <summary>Whether anybody answers at all; when nobody does, a transport refuses the connection.</summary>
    bool IsUp { get; }

    /// <summary>Whether whoever transports requests is about to stop, so that <c>/readyz</c> says no.</summary>
    bool IsStopping { get; set; }

    /// <summary>Answers <paramref name="request"/>; it never throws for what a client may do wrong.</summary>
    ApiResponse Handle(ApiRequest request);
}
