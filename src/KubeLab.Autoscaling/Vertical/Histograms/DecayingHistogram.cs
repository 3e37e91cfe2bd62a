using System.Globalization;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.Autoscaling.Vertical.Histograms;

/// <summary>A histogram in which values weigh less the older they are: half as much after each half-life.</summary>
/// <remarks>
/// Upstream: pkg/recommender/util/decaying_histogram.go. Instead of making old values lighter it makes new ones heavier, by 2 to the number of half-lives since a reference, which moves on before the
/// numbers grow too large. Only the relation of weights matters.
/// </remarks>
/// <param name="buckets">The buckets.</param>
/// <param name="halfLife">After which a value weighs half as much.</param>
internal sealed class DecayingHistogram(HistogramBuckets buckets, TimeSpan halfLife)
{
    /// <summary>What the heaviest bucket weighs in a checkpoint.</summary>
    public const int CheckpointWeightMax = 10_000;

    private const int ExponentMax = 100;
    private readonly Histogram histogram = new(buckets);
    private DateTimeOffset reference;

    /// <summary>The instant at which a value weighs what was said when it was added; a multiple of the half-life.</summary>
    public DateTimeOffset Reference => reference;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => histogram.IsEmpty;

    /// <summary>What all values weigh together, at the reference.</summary>
    public double TotalWeight => histogram.TotalWeight;

    /// <summary>Adds a value of <paramref name="at"/>.</summary>
    public void Add(double value, double weight, DateTimeOffset at) => histogram.Add(value, weight * Factor(at));

    /// <summary>Takes away a value that was added for <paramref name="at"/>.</summary>
    public void Subtract(double value, double weight, DateTimeOffset at) => histogram.Subtract(value, weight * Factor(at));

    /// <inheritdoc cref="Histogram.Percentile"/>
    public double Percentile(double part) => histogram.Percentile(part);

    /// <summary>Adds all that is in <paramref name="other"/>; the older of the two references moves to the newer one.</summary>
    public void Merge(DecayingHistogram other)
    {
        if (reference < other.reference)
        {
            Shift(other.reference);
        }
        else if (other.reference < reference)
        {
            other.Shift(reference);
        }

        histogram.Merge(other.histogram);
    }

    /// <summary>What a checkpoint keeps of it: weights in whole numbers, of which those that round to nothing are left out.</summary>
    public HistogramCheckpoint Save()
    {
        var max = histogram.Weights.Select(w => w.Weight).DefaultIfEmpty(0).Max();
        var weights = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (bucket, weight) in max > 0 ? histogram.Weights : [])
        {
            var whole = (int)Math.Floor((weight * CheckpointWeightMax / max) + 0.5);
            if (whole > 0)
            {
                weights.Add(new(bucket.ToString(CultureInfo.InvariantCulture), JsonSerializer.SerializeToElement(whole, ApiJson.Default.Int32)));
            }
        }

        return new HistogramCheckpoint
        {
            ReferenceTimestamp = reference == default ? null : reference,
            BucketWeights = OpaqueObjects.Of(weights),
            TotalWeight = histogram.TotalWeight,
        };
    }

    /// <summary>Adds what a checkpoint kept; what it refuses it refuses whole.</summary>
    /// <returns>Upstream's words about what is wrong with it; null when nothing is.</returns>
    public string? Load(HistogramCheckpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            return "cannot load from empty checkpoint";
        }

        if (checkpoint.TotalWeight < 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"cannot load checkpoint with negative weight {checkpoint.TotalWeight}");
        }

        var weights = new List<(int Bucket, long Weight)>();
        foreach (var (name, weight) in OpaqueObjects.Fields(checkpoint.BucketWeights))
        {
            if (!int.TryParse(name, CultureInfo.InvariantCulture, out var bucket) || weight.ValueKind != JsonValueKind.Number || !weight.TryGetUInt32(out var whole))
            {
                return $"cannot load checkpoint with bucket {GoQuote.Quote(name)}: {weight.GetRawText()}";
            }

            if (bucket >= buckets.Count)
            {
                return string.Create(CultureInfo.InvariantCulture, $"checkpoint has bucket {bucket} that is exceeding histogram buckets {buckets.Count}");
            }

            if (bucket < 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"checkpoint has a negative bucket {bucket}");
            }

            weights.Add((bucket, whole));
        }

        histogram.Load(weights, checkpoint.TotalWeight);
        reference = checkpoint.ReferenceTimestamp?.Instant ?? default;
        return null;
    }

    private double Factor(DateTimeOffset at)
    {
        if (HalfLives(at - reference) > ExponentMax)
        {
            Shift(at);
        }

        return Math.Pow(2, HalfLives(at - reference));
    }

    private void Shift(DateTimeOffset to)
    {
        // Multiples of the half-life, so that two histograms always differ by a power of two, which loses nothing.
        var ticks = (to.UtcTicks + (halfLife.Ticks / 2)) / halfLife.Ticks * halfLife.Ticks;
        var next = new DateTimeOffset(ticks, TimeSpan.Zero);
        histogram.Scale(Math.ScaleB(1, (int)Math.Floor(HalfLives(reference - next) + 0.5)));
        reference = next;
    }

    private double HalfLives(TimeSpan span) => (double)span.Ticks / halfLife.Ticks;
}
