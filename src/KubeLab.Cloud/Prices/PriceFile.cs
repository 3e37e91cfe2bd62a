namespace KubeLab.Cloud.Prices;

/// <summary>What every figure of a price file says about itself.</summary>
internal abstract record SourcedEntry
{
    public required string Source { get; init; }

    public required string? AsOf { get; init; }

    public required Verification Verified { get; init; }

    public string? Note { get; init; }
}

/// <summary>The shape of <c>data/prices/{provider}.json</c>.</summary>
/// <remarks>Optional lists are settable: under source generation an absent <c>init</c> property loses its initialiser.</remarks>
internal sealed record PriceFile
{
    public required string Provider { get; init; }

    public required string Currency { get; init; }

    public required decimal MonthHours { get; init; }

    public required Dictionary<string, string> Sources { get; init; }

    public required MachineEntry[] Machines { get; init; }

    public FamilyUnitEntry[] UnitPrices { get; set; } = [];

    public GpuEntry[] Gpus { get; set; } = [];

    public SpotEntry[] Spot { get; set; } = [];

    public DiskEntry[] Disks { get; set; } = [];

    public ItemEntry[] Items { get; set; } = [];

    public EgressEntry? Egress { get; init; }

    public MachineBillingEntry? MachineBilling { get; init; }

    public SustainedUseEntry[] SustainedUse { get; set; } = [];

    public CommittedUseEntry[] CommittedUse { get; set; } = [];
}

internal sealed record MachineEntry : SourcedEntry
{
    public required string Type { get; init; }

    public required SortedDictionary<string, decimal> PerHour { get; init; }

    public SortedDictionary<string, decimal>? SpotPerHour { get; init; }
}

internal sealed record FamilyUnitEntry : SourcedEntry
{
    public required string Family { get; init; }

    public required SortedDictionary<string, decimal> VcpuHour { get; init; }

    public required SortedDictionary<string, decimal> GibHour { get; init; }
}

internal sealed record GpuEntry : SourcedEntry
{
    public required string Gpu { get; init; }

    public required SortedDictionary<string, decimal> PerHour { get; init; }
}

internal sealed record SpotEntry : SourcedEntry
{
    public required string Family { get; init; }

    public required SortedDictionary<string, decimal> Factor { get; init; }
}

internal sealed record DiskEntry : SourcedEntry
{
    public required string Type { get; init; }

    public required SortedDictionary<string, decimal> GibMonth { get; init; }
}

internal sealed record ItemEntry : SourcedEntry
{
    public required string Item { get; init; }

    public required decimal Value { get; init; }

    public required string Unit { get; init; }
}

internal sealed record EgressEntry
{
    public required long BytesPerUnit { get; init; }

    public required string Unit { get; init; }

    public required EgressTierEntry[] Tiers { get; init; }
}

internal sealed record EgressTierEntry : SourcedEntry
{
    public required decimal FromUnits { get; init; }

    public required decimal Value { get; init; }
}

internal sealed record MachineBillingEntry : SourcedEntry
{
    public required int GranularitySeconds { get; init; }

    public required int MinimumSeconds { get; init; }
}

internal sealed record SustainedUseEntry : SourcedEntry
{
    public required string Family { get; init; }

    public required SustainedUseTierEntry[] Tiers { get; init; }
}

internal sealed record SustainedUseTierEntry
{
    public required decimal UpToPercent { get; init; }

    public required decimal Factor { get; init; }
}

internal sealed record CommittedUseEntry : SourcedEntry
{
    public required string[] Families { get; init; }

    public required int Years { get; init; }

    public required decimal PercentOff { get; init; }
}
