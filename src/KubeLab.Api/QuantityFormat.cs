namespace KubeLab.Api;

/// <summary>How a <see cref="Quantity"/> was written, and therefore how it is printed again.</summary>
public enum QuantityFormat : byte
{
    /// <summary>Powers of ten with letters: <c>500m</c>, <c>2</c>, <c>12M</c>.</summary>
    DecimalSI,

    /// <summary>Powers of 1024 with letters: <c>64Mi</c>, <c>2Gi</c>.</summary>
    BinarySI,

    /// <summary>Powers of ten with an exponent: <c>12e6</c>.</summary>
    DecimalExponent,
}
