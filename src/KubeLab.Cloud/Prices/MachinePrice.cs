namespace KubeLab.Cloud.Prices;

/// <summary>What a machine type costs per hour in one region.</summary>
/// <param name="MachineType">Its name, for example <c>e2-standard-4</c>.</param>
/// <param name="Region">Where it runs.</param>
/// <param name="Spot">Whether it is the price of a machine that the provider may take back.</param>
/// <param name="PerHour">The price of one hour.</param>
/// <param name="Sources">The figures it was computed from, at least one.</param>
/// <seealso href="https://cloud.google.com/compute/vm-instance-pricing">Google Cloud: VM instance pricing</seealso>
public sealed record MachinePrice(string MachineType, string Region, bool Spot, Money PerHour, IReadOnlyList<PricedFact> Sources)
{
    /// <summary>The price of machines as a bill counts them.</summary>
    public UnitPrice ToUnitPrice() =>
        new(Spot ? $"{MachineType} (Spot)" : MachineType, PerHour, "machine-hour", TimeSpan.FromHours(1), Sources);
}
