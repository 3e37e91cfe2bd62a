using KubeLab.Api;

namespace KubeLab.Nodes.Traffic;

/// <summary>What a server tells of its requests, as the page <c>/metrics</c> of a program with an exporter does.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Container">Which container of it.</param>
/// <param name="Answered">Requests answered since the process began, those included that it refused because its queue was full.</param>
/// <param name="InFlight">Requests that are worked on or wait now.</param>
public readonly record struct RequestCounts(ObjectKey Pod, string Container, double Answered, double InFlight);
