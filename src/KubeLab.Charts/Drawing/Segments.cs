namespace KubeLab.Charts.Drawing;

/// <summary>Straight lines that one trace draws: pairs of points with gaps between them.</summary>
internal sealed class Segments
{
    /// <summary>Horizontal places.</summary>
    public List<double> X { get; } = [];

    /// <summary>Vertical places.</summary>
    public List<double> Y { get; } = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => X.Count == 0;

    /// <summary>Adds one; a gap follows it.</summary>
    public void Add(double fromX, double fromY, double toX, double toY)
    {
        X.AddRange([fromX, toX, double.NaN]);
        Y.AddRange([fromY, toY, double.NaN]);
    }
}
