using System.Text;

namespace KubeLab.Simulation;

/// <summary>Seeded chance, split by name, so that one more roll in one place leaves all others as they were.</summary>
/// <remarks>SplitMix64 steps; two streams of one seed share nothing but the seed.</remarks>
public sealed class Randomness
{
    private const string NameAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    private readonly ulong key;
    private ulong state;

    /// <summary>Starts the root stream of <paramref name="seed"/>.</summary>
    public Randomness(long seed)
        : this(Mix(unchecked((ulong)seed) + 0x9E3779B97F4A7C15))
    {
    }

    private Randomness(ulong key)
    {
        this.key = key;
        state = key;
    }

    /// <summary>The stream named <paramref name="name"/>, for example <c>kubelet/node-7</c>; the same name always starts the same stream.</summary>
    public Randomness For(string name)
    {
        var hash = key ^ 0xCBF29CE484222325;
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return new Randomness(Mix(hash));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="bound"/>).</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(((NextBits() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary>A number drawn evenly from [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Uniform(double from, double to) => from + ((to - from) * NextDouble());

    /// <summary>A draw from the normal distribution (Box and Muller's transform).</summary>
    public double Normal(double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble()));

    /// <summary>A draw from the log-normal distribution with this <paramref name="mean"/> and coefficient of variation <paramref name="cv"/>.</summary>
    public double LogNormal(double mean, double cv)
    {
        var variance = Math.Log(1 + (cv * cv));
        return Math.Exp(Normal(Math.Log(mean) - (variance / 2), Math.Sqrt(variance)));
    }

    /// <summary>A waiting time from the exponential distribution.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary><paramref name="delay"/> stretched by a factor drawn evenly from [1, 1 + <paramref name="fraction"/>), as upstream's wait.Jitter.</summary>
    public TimeSpan Jitter(TimeSpan delay, double fraction) => delay * (1 + (NextDouble() * fraction));

    /// <summary>A suffix as upstream's generateName appends it: letters and digits that cannot spell a word.</summary>
    public string NextSuffix(int length = 5)
    {
        Span<char> letters = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            letters[i] = NameAlphabet[NextInt(NameAlphabet.Length)];
        }

        return new string(letters);
    }

    /// <summary>A version 4 UUID from this stream.</summary>
    public Guid NextUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes[8..], NextBits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
