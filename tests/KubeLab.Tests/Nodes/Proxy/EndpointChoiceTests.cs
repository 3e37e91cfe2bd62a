using KubeLab.Api;
using KubeLab.Nodes.Proxy;

namespace KubeLab.Tests.Nodes.Proxy;

public sealed class EndpointChoiceTests
{
    // An endpoint is its name, then: r ready, s serving, t terminating, @ its node, and # the zones it is for.
    [Theory]
    // The rules of https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies for a service that is reached from within only.
    [InlineData("", "a:rs@n1 b:rs@n2", "a b", "", true)]
    [InlineData("", "a:rs@n1 b:@n2", "a", "", true)]
    [InlineData("", "", "", "", false)]
    [InlineData("", "a:@n1", "", "", false)]
    // Only when nobody is ready those count that serve on their way out; one that does not even serve never does.
    [InlineData("", "a:rs@n1 b:st@n2", "a", "", true)]
    [InlineData("", "a:st@n1 b:t@n2 c:@n2", "a", "", true)]
    [InlineData("", "a:t@n1", "", "", false)]
    // What serves, and is neither ready nor on its way out, is no endpoint.
    [InlineData("", "a:s@n1", "", "", false)]
    // Local: only those of the node; whether there are others is remembered.
    [InlineData("internal", "a:rs@n1 b:rs@n2", "", "a", true)]
    [InlineData("internal", "b:rs@n2", "", "", true)]
    [InlineData("internal", "", "", "", false)]
    [InlineData("internal", "a:st@n1 b:rs@n2", "", "a", true)]
    [InlineData("internal", "a:rs@n1 c:st@n1", "", "a", true)]
    [InlineData("internal", "b:st@n2", "", "", true)]
    // From outside: what starts within goes anywhere all the same.
    [InlineData("external port", "a:rs@n1 b:rs@n2", "a b", "a", true)]
    [InlineData("external port", "a:st@n1 b:rs@n2", "b", "a", true)]
    [InlineData("internal port", "a:rs@n1 b:rs@n2", "a b", "a", true)]
    [InlineData("internal external port", "b:rs@n2", "b", "", true)]
    // The policy for traffic from outside says nothing where there is none.
    [InlineData("external", "a:rs@n1 b:rs@n2", "a b", "", true)]
    // Hints: only if all that are ready have one, and one of them is for this zone.
    [InlineData("", "a:rs@n1#za b:rs@n2#zb c:rs@n2#za", "a c", "", true)]
    [InlineData("", "a:rs@n1#za,zb b:rs@n2#zb", "a", "", true)]
    [InlineData("", "a:rs@n1#za b:rs@n2", "a b", "", true)]
    [InlineData("", "a:rs@n1#zb b:rs@n2#zb", "a b", "", true)]
    [InlineData("", "a:rs@n1#za b:@n2", "a", "", true)]
    [InlineData("", "a:@n1#za b:rs@n2#zb", "b", "", true)]
    [InlineData("external port", "a:rs@n1#za b:rs@n1#zb c:rs@n2#za", "a c", "a b", true)]
    public void A_node_uses_these(string policies, string endpoints, string cluster, string local, bool hasAny)
    {
        var choice = EndpointChoice.For(Rule(policies, endpoints), "n1", "za");
        Assert.Equal(cluster, string.Join(' ', choice.Cluster.Select(e => e.Address)));
        Assert.Equal(local, string.Join(' ', choice.Local.Select(e => e.Address)));
        Assert.Equal(hasAny, choice.HasAny);
    }

    [Theory]
    [InlineData("", "a:rs@n2", false, RouteKind.Leads)]
    [InlineData("", "", false, RouteKind.Rejected)]
    [InlineData("internal", "b:rs@n2", false, RouteKind.Dropped)]
    [InlineData("internal", "", false, RouteKind.Rejected)]
    [InlineData("external port", "b:rs@n2", true, RouteKind.Dropped)]
    [InlineData("external port", "b:rs@n2", false, RouteKind.Leads)]
    [InlineData("external port", "a:rs@n1", true, RouteKind.Leads)]
    [InlineData("port", "b:rs@n2", true, RouteKind.Leads)]
    public void A_connection_is_led_refused_or_dropped(string policies, string endpoints, bool fromOutside, RouteKind kind) =>
        Assert.Equal(kind, Route.Of(Rule(policies, endpoints), "n1", "za", fromOutside).Kind);

    private static ServicePortRule Rule(string policies, string endpoints) => new()
    {
        Service = new ObjectKey("default", "shop"),
        ClusterIP = "10.96.0.7",
        Port = 80,
        NodePort = policies.Contains("port", StringComparison.Ordinal) ? 30080 : 0,
        IsInternalLocal = policies.Contains("internal", StringComparison.Ordinal),
        IsExternalLocal = policies.Contains("external", StringComparison.Ordinal),
        Endpoints = [.. endpoints.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Endpoint)],
    };

    private static ServiceEndpoint Endpoint(string text)
    {
        var (name, rest) = (text.Split(':')[0], text.Split(':')[1]);
        var (state, place) = (rest.Split('@')[0], rest.Split('@')[1].Split('#'));
        return new ServiceEndpoint(name, 8080)
        {
            Node = place[0],
            IsReady = state.Contains('r', StringComparison.Ordinal),
            IsServing = state.Contains('s', StringComparison.Ordinal),
            IsTerminating = state.Contains('t', StringComparison.Ordinal),
            ForZones = place.Length > 1 ? place[1].Split(',').ToValueList() : default,
        };
    }
}
