using KubeLab.Http.Streaming.Spdy;

namespace KubeLab.Http.Tests.Streaming.Spdy;

public sealed class HeaderTests
{
    // Two blocks of one connection as zlib itself deflates them (python: zlib.compressobj with the dictionary, flushed after each block).
    private const string FirstBlock = "ePnjxqfCAiU6cDorKUpNzEUqShIhpXIRKAUzWRgASc4iSBxmgtI2owEAAAD//w==";
    private const string SecondBlock = "Aslj6GRNBUUREVrRSy8uhLcBAAAA//8=";

    [Fact]
    public void The_dictionary_is_the_one_that_everybody_knows()
    {
        // zlib names a dictionary by its Adler-32.
        uint a = 1, b = 0;
        foreach (var value in HeaderDictionary.Bytes.Span)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        Assert.Equal((1423, 0xe3c6a7c2u), (HeaderDictionary.Bytes.Length, (b << 16) | a));
    }

    [Fact]
    public void Blocks_of_a_connection_are_read_one_after_the_other()
    {
        using var reader = new HeaderReader();
        var first = reader.Read(Convert.FromBase64String(FirstBlock));
        Assert.Equal(("data", "80", "0"), (first["streamType"], first["port"], first["requestID"]));
        var second = reader.Read(Convert.FromBase64String(SecondBlock));
        Assert.Equal(("error", "text/plain", 4), (second["streamType"], second["Content-Type"], second.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eAE=")]
    [InlineData("AAAAAAAAAAAA")]
    public void What_is_no_block_is_refused(string block)
    {
        using var reader = new HeaderReader();
        Assert.Throws<InvalidDataException>(() => reader.Read(Convert.FromBase64String(block)));
    }

    [Fact]
    public void What_is_written_zlib_reads()
    {
        var writer = new HeaderWriter();
        byte[] both = [.. writer.Write([("A", "b")]), .. writer.Write([])];
        using var inflater = new System.IO.Compression.ZLibStream(new MemoryStream(both), System.IO.Compression.CompressionMode.Decompress);
        var plain = new byte[18];
        inflater.ReadExactly(plain);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 1, (byte)'a', 0, 0, 0, 1, (byte)'b', 0, 0, 0, 0], plain);
    }
}
