namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>How many pods of some sort each node has, kept up to date as pods come and go.</summary>
internal sealed class PodTally(PodPredicate? what)
{
    private int[] byPlace = [];

    /// <summary>Which pods are counted; null for those that carry a certain term.</summary>
    public PodPredicate? What => what;

    /// <summary>The sums by domain that follow this tally.</summary>
    public List<DomainTally> Domains { get; } = [];

    /// <summary>The pods counted on the node at <paramref name="place"/>.</summary>
    public int this[int place] => place < byPlace.Length ? byPlace[place] : 0;

    public void Add(int place, int change)
    {
        if (place >= byPlace.Length)
        {
            Array.Resize(ref byPlace, Math.Max(place + 1, byPlace.Length * 2));
        }

        byPlace[place] += change;
        foreach (var domain in Domains)
        {
            domain.Add(place, change);
        }
    }
}
