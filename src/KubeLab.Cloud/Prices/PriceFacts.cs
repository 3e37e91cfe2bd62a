namespace KubeLab.Cloud.Prices;

/// <summary>Turns the entries of a price file into facts that carry their source.</summary>
internal static class PriceFacts
{
    /// <summary>Every figure of the file, in the file's order.</summary>
    public static IReadOnlyList<PricedFact> Of(string path, PriceFile file)
    {
        var currency = file.Currency;
        var facts = new List<PricedFact>();
        foreach (var machine in file.Machines)
        {
            AddRegions(machine, machine.Type, machine.PerHour, $"{currency} per hour");
            AddRegions(machine, $"{machine.Type} (Spot)", machine.SpotPerHour, $"{currency} per hour");
        }

        foreach (var unit in file.UnitPrices)
        {
            AddRegions(unit, $"{unit.Family} vCPU", unit.VcpuHour, $"{currency} per vCPU-hour");
            AddRegions(unit, $"{unit.Family} memory", unit.GibHour, $"{currency} per GiB-hour");
        }

        Array.ForEach(file.Gpus, gpu => AddRegions(gpu, gpu.Gpu, gpu.PerHour, $"{currency} per GPU-hour"));
        Array.ForEach(file.Spot, spot => AddRegions(spot, $"Spot {spot.Family}", spot.Factor, "of the on-demand price"));
        Array.ForEach(file.Disks, disk => AddRegions(disk, disk.Type, disk.GibMonth, $"{currency} per GiB-month"));
        Array.ForEach(file.Items, item => facts.Add(Of(path, file, item, item.Item, item.Value, $"{currency} per {item.Unit}")));
        foreach (var tier in file.Egress?.Tiers ?? [])
        {
            facts.Add(Of(path, file, tier, "egress to the internet", tier.Value, $"{currency} per {file.Egress!.Unit}"));
        }

        if (file.MachineBilling is { } billing)
        {
            facts.Add(Of(path, file, billing, "billed time of machines: granularity", billing.GranularitySeconds, "s"));
            facts.Add(Of(path, file, billing, "billed time of machines: minimum", billing.MinimumSeconds, "s"));
        }

        Array.ForEach(file.SustainedUse, entry => facts.Add(Of(path, file, entry)));
        Array.ForEach(file.CommittedUse, entry => facts.Add(Of(path, file, entry)));
        return facts;

        void AddRegions(SourcedEntry entry, string name, SortedDictionary<string, decimal>? values, string unit)
        {
            foreach (var (region, value) in values ?? [])
            {
                facts.Add(Of(path, file, entry, $"{name} in {region}", value, unit));
            }
        }
    }

    /// <summary>One figure of an entry.</summary>
    public static PricedFact Of(string path, PriceFile file, SourcedEntry entry, string name, decimal value, string unit) =>
        new(name, value, unit, file.Sources[entry.Source], PriceFileCheck.Date(path, name, entry.AsOf), entry.Verified, entry.Note);

    /// <summary>The largest discount of running a whole month.</summary>
    public static PricedFact Of(string path, PriceFile file, SustainedUseEntry entry)
    {
        decimal paid = 0, start = 0;
        foreach (var tier in entry.Tiers)
        {
            paid += (tier.UpToPercent - start) * tier.Factor;
            start = tier.UpToPercent;
        }

        return Of(path, file, entry, $"sustained use of {entry.Family}", 100 - paid, "percent off for a whole month");
    }

    /// <summary>The discount of a promise.</summary>
    public static PricedFact Of(string path, PriceFile file, CommittedUseEntry entry) =>
        Of(
            path, file, entry,
            $"committed use of {string.Join(", ", entry.Families)}, {entry.Years} years", entry.PercentOff, "percent off");
}
