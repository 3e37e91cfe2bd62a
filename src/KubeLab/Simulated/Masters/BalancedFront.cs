using KubeLab.ApiServer.Http;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Simulated.Masters;

/// <summary>The one endpoint for kubectl and everybody else who comes in HTTP's form: requests go to a server that answers.</summary>
/// <param name="balancer">Finds it.</param>
/// <param name="clock">The cluster's time.</param>
/// <param name="onWrite">See <see cref="HttpFront"/>.</param>
/// <param name="wait">Lets time pass until the store answers.</param>
internal sealed class BalancedFront(Balancer balancer, VirtualClock clock, Func<ApiRequest, Func<ApiResponse>, ApiResponse>? onWrite, Action wait) : IApiFront
{
    private readonly Dictionary<Server, HttpFront> fronts = [];

    public bool IsUp => balancer.ForOutside is not null;

    public bool IsStopping
    {
        get;
        set
        {
            field = value;
            foreach (var front in fronts.Values)
            {
                front.IsStopping = value;
            }
        }
    }

    public ApiResponse Handle(ApiRequest request)
    {
        wait();
        if (balancer.ForOutside is not { } server)
        {
            // Who asks whether anybody is up, as transports do, does not come here; a server may have ended since he asked.
            var verb = string.Concat(request.Method[..1], request.Method[1..].ToLowerInvariant());
            return HttpFront.Refuse(Server.ConnectionRefused(balancer.Address, verb, request.Path).Status);
        }

        if (!fronts.TryGetValue(server, out var front))
        {
            fronts.Add(server, front = new HttpFront(server, clock, onWrite) { IsStopping = IsStopping });
        }

        return front.Handle(request);
    }
}
