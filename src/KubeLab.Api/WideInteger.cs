using System.Numerics;

namespace KubeLab.Api;

/// <summary>The unscaled amount of the rare <see cref="Quantity"/> that does not fit 64 bits; a class, so that all others carry
/// only a null.</summary>
internal sealed class WideInteger(BigInteger value)
{
    public BigInteger Value { get; } = value;
}
