namespace KubeLab.Charts.Drawing;

/// <summary>Rectangles that one trace draws: closed lines with gaps between them, so that they share a legend entry, a fill and a hatch.</summary>
internal sealed class Boxes
{
    /// <summary>The corners' horizontal places.</summary>
    public List<double> X { get; } = [];

    /// <summary>The corners' vertical places.</summary>
    public List<double> Y { get; } = [];

    /// <summary>What hovering over a corner says.</summary>
    public List<string> Text { get; } = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => X.Count == 0;

    /// <summary>Adds one.</summary>
    public void Add(double left, double right, double bottom, double top, string words)
    {
        // From the end of one to the start of the next no line is drawn.
        if (!IsEmpty)
        {
            Point(double.NaN, double.NaN, "");
        }

        Point(left, bottom, words);
        Point(right, bottom, words);
        Point(right, top, words);
        Point(left, top, words);
        Point(left, bottom, words);
    }

    private void Point(double x, double y, string words)
    {
        X.Add(x);
        Y.Add(y);
        Text.Add(words);
    }
}
