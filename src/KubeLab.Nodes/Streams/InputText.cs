using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes.Streams;

/// <summary>Reads input that arrives in pieces as text, a letter that is cut between two of them included.</summary>
internal sealed class InputText
{
    private byte[] rest = [];

    /// <summary>The text of the next piece.</summary>
    public string Take(ReadOnlySpan<byte> piece)
    {
        byte[] bytes = [.. rest, .. piece];
        var text = ByteText.Decode(bytes, isWhole: false, out var used);
        rest = bytes[used..];
        return text;
    }

    /// <summary>What is left at the end.</summary>
    public string Finish()
    {
        var text = ByteText.Decode(rest);
        rest = [];
        return text;
    }
}
