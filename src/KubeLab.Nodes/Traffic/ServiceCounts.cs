using KubeLab.Api;

namespace KubeLab.Nodes.Traffic;

/// <summary>What is known of the requests to a service where they are sent, as the proxies of a service mesh tell it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Offered">Requests sent to it so far, whatever became of them.</param>
/// <param name="P95Seconds">Within this time 95 of 100 answers come now; <see cref="double.NaN"/> while there are none.</param>
public readonly record struct ServiceCounts(ObjectKey Service, double Offered, double P95Seconds);
