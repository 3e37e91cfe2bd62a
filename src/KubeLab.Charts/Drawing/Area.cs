namespace KubeLab.Charts.Drawing;

/// <summary>A rectangle, in units of a picture's axes.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Bottom">Its lower side.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
public readonly record struct Area(double Left, double Bottom, double Width, double Height)
{
    /// <summary>The same without a margin, which takes at most a fifth of its width and of its height.</summary>
    public Area Within(double margin)
    {
        var (x, y) = (Math.Min(margin, Width / 10), Math.Min(margin, Height / 10));
        return new Area(Left + x, Bottom + y, Width - (2 * x), Height - (2 * y));
    }
}
