namespace KubeLab.Autoscaling.Vertical.Histograms;

/// <summary>How values are distributed, roughly: the weight of those that fell into each bucket.</summary>
/// <remarks>Upstream: pkg/recommender/util/histogram.go. Where a value lies in its bucket is not known, so a percentile is the upper end of one.</remarks>
internal sealed class Histogram
{
    private readonly double[] weights;
    private int first;
    private int last;

    /// <summary>An empty one.</summary>
    public Histogram(HistogramBuckets buckets)
    {
        Buckets = buckets;
        weights = new double[buckets.Count];
        first = buckets.Count - 1;
    }

    /// <summary>The buckets.</summary>
    public HistogramBuckets Buckets { get; }

    /// <summary>What all values weigh together.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => weights[first] < Buckets.Epsilon;

    /// <summary>The buckets from the first to the last that is not empty, with their weights.</summary>
    public IEnumerable<(int Bucket, double Weight)> Weights
    {
        get
        {
            for (var bucket = first; bucket <= last; bucket++)
            {
                yield return (bucket, weights[bucket]);
            }
        }
    }

    /// <summary>Adds a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    public void Add(double value, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        AddTo(Buckets.IndexOf(value), weight);
        TotalWeight += weight;
    }

    /// <summary>Takes a value away that was added; never more than its bucket has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    public void Subtract(double value, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        var bucket = Buckets.IndexOf(value);
        weight = weight > weights[bucket] - Buckets.Epsilon ? weights[bucket] : weight;
        TotalWeight -= weight;
        weights[bucket] -= weight;
        Narrow();
    }

    /// <summary>Adds all that is in <paramref name="other"/>, which has the same buckets.</summary>
    public void Merge(Histogram other)
    {
        RequireSame(other);
        for (var bucket = other.first; bucket <= other.last; bucket++)
        {
            weights[bucket] += other.weights[bucket];
        }

        TotalWeight += other.TotalWeight;
        first = Math.Min(first, other.first);
        last = Math.Max(last, other.last);
    }

    /// <summary>Adds weights by bucket, as a checkpoint keeps them.</summary>
    /// <param name="saved">The weights, in any unit.</param>
    /// <param name="total">What they weigh together.</param>
    public void Load(IReadOnlyList<(int Bucket, long Weight)> saved, double total)
    {
        var sum = saved.Sum(s => s.Weight);
        if (sum == 0)
        {
            return;
        }

        foreach (var (bucket, weight) in saved)
        {
            weights[bucket] += weight * (total / sum);
            first = Math.Min(first, bucket);
            last = Math.Max(last, bucket);
        }

        TotalWeight += total;
    }

    /// <summary>Makes all weights greater or smaller by a factor; percentiles stay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative.</exception>
    public void Scale(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        for (var bucket = first; bucket <= last; bucket++)
        {
            weights[bucket] *= factor;
        }

        TotalWeight *= factor;
        Narrow();
    }

    /// <summary>The upper end of the bucket below which <paramref name="part"/> of the weight lies; of the last bucket, which has none, the lower end; 0 when empty.</summary>
    /// <param name="part">From 0 to 1; 0.5 asks for the median.</param>
    public double Percentile(double part)
    {
        if (IsEmpty)
        {
            return 0;
        }

        var bucket = first;
        for (var sum = 0.0; bucket < last; bucket++)
        {
            sum += weights[bucket];
            if (sum >= part * TotalWeight)
            {
                break;
            }
        }

        return Buckets.StartOf(Math.Min(bucket + 1, Buckets.Count - 1));
    }

    private void AddTo(int bucket, double weight)
    {
        weights[bucket] += weight;
        if (weights[bucket] >= Buckets.Epsilon)
        {
            first = Math.Min(first, bucket);
            last = Math.Max(last, bucket);
        }
    }

    private void Narrow()
    {
        while (weights[first] < Buckets.Epsilon && first < Buckets.Count - 1)
        {
            first++;
        }

        while (weights[last] < Buckets.Epsilon && last > 0)
        {
            last--;
        }
    }

    private void RequireSame(Histogram other)
    {
        if (!ReferenceEquals(Buckets, other.Buckets))
        {
            throw new ArgumentException("can't merge histograms with different options", nameof(other));
        }
    }
}
