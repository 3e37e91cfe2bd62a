using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Observing.Costs;

namespace KubeLab.Simulated;

/// <content>The bill divided by what it was for.</content>
public sealed partial class SimulatedCluster
{
    private readonly Dictionary<string, ObjectKey> claimsOfDisks = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (decimal Vcpu, decimal Gib)> weights = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override CostSplit CostSplit(DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (recorder.Ledger is not { } ledger)
        {
            throw new InvalidOperationException("nothing was recorded of this cluster: open it with SimulationOptions.Record");
        }

        var (start, end) = (from ?? options.Start, to ?? Now);
        if (start < options.Start || end > Now || start > end)
        {
            throw new ArgumentOutOfRangeException(nameof(from), from, FormattableString.Invariant($"the time to divide must lie between {options.Start:yyyy-MM-dd HH:mm:ss} and {Now:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        Act(c => c.recorder.Scrape());
        ChargeAnswers();
        LearnDisks();
        return new CostSplitter(Cloud, ledger, name => claimsOfDisks.TryGetValue(name, out var claim) ? claim : null).Of(start, end);
    }

    /// <inheritdoc/>
    public override MonthBill MonthBill(DateTimeOffset? within = null, params IReadOnlyList<Commitment> commitments)
    {
        ChargeAnswers();
        return Cloud.Bill(within ?? Now, commitments);
    }

    /// <inheritdoc/>
    public override PriceComparison ComparePrices(string? currency = null)
    {
        ChargeAnswers();
        return PriceComparison.Of(UsageSummary.Of(Cloud, Now), currency);
    }

    private NodeRate? RateOf(string node)
    {
        if (Cloud.TryFind(node) is not { } machine)
        {
            return null;
        }

        if (!weights.TryGetValue(machine.Type.Family, out var weight))
        {
            weights.Add(machine.Type.Family, weight = Cloud.Prices.UnitWeights(machine.Type.Family));
        }

        var disk = machine.Pool.DiskPrice is { } price ? price.PerHour.Amount * machine.Pool.Options.DiskGib : 0;
        var running = machine.State == MachineState.Running ? machine.Pool.Price.PerHour.Amount : 0;
        return new NodeRate(machine.Pool.Name, (double)(running + disk), (double)weight.Vcpu, (double)weight.Gib, machine.Pool.Name == MasterPool);
    }

    /// <summary>Whose disk is whose is learned while there is an API server to ask.</summary>
    private void LearnDisks()
    {
        if (!IsUp)
        {
            return;
        }

        try
        {
            foreach (var volume in Api.List<PersistentVolume>())
            {
                if (volume.Spec.ClaimRef is { Name: { } name } claim)
                {
                    claimsOfDisks[volume.Metadata.Name!] = new ObjectKey(claim.Namespace ?? "", name);
                }
            }
        }
        catch (ApiException)
        {
            // The store has no majority; what was learned before stands.
        }
    }
}
