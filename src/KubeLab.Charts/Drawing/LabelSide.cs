namespace KubeLab.Charts.Drawing;

/// <summary>Where a label stands beside its point.</summary>
public enum LabelSide
{
    /// <summary>On its right.</summary>
    Right,

    /// <summary>On its left.</summary>
    Left,

    /// <summary>Below it.</summary>
    Below,

    /// <summary>Above it.</summary>
    Above,
}
