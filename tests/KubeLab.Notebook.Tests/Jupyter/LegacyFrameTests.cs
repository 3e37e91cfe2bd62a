using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

public sealed class LegacyFrameTests
{
    [Fact]
    public void A_message_comes_back_as_it_was_sent() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            AnyMessage.Arbitrary,
            message => AnyMessage.IsSame(message, LegacyFrame.Read(LegacyFrame.Write(message), LegacyFrame.IsBinary(message)))));

    [Fact]
    public void Without_buffers_it_is_one_text_that_also_repeats_id_and_type()
    {
        var message = AnyMessage.Small() with { Buffers = [] };
        var json = JsonNode.Parse(LegacyFrame.Write(message).Span)!.AsObject();

        Assert.False(LegacyFrame.IsBinary(message));
        Assert.Equal(["header", "msg_id", "msg_type", "parent_header", "metadata", "content", "buffers", "channel"], json.Select(entry => entry.Key));
        Assert.Equal(("1", "comm_msg", "shell"), ((string?)json["msg_id"], (string?)json["msg_type"], (string?)json["channel"]));
    }

    [Fact]
    public void With_buffers_a_table_of_big_endian_32_bit_offsets_comes_first()
    {
        var frame = LegacyFrame.Write(AnyMessage.Small()).ToArray();

        var numbers = Enumerable.Range(0, 4).Select(i => (int)BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4 * i))).ToList();
        Assert.Equal((3, 16), (numbers[0], numbers[1]));
        Assert.Equal('{', (char)frame[numbers[1]]);
        Assert.Equal([1, 2, 3], frame[numbers[2]..numbers[3]]);
        Assert.Equal([4], frame[numbers[3]..]);
    }

    [Fact]
    public void No_bytes_whatever_make_anything_but_a_message_or_a_refusal()
    {
        MangledFrames.Check(message => LegacyFrame.Write(message).ToArray(), frame => LegacyFrame.Read(frame, isBinary: true));
        MangledFrames.Check(message => LegacyFrame.Write(message with { Buffers = [] }).ToArray(), frame => LegacyFrame.Read(frame, isBinary: false));
    }

    [Theory]
    [InlineData("", "message: ")]
    [InlineData("[1]", "message: a JSON object is expected, not Array")]
    [InlineData("{", "message: ")]
    [InlineData("""{"header":{"msg_id":"1","msg_type":"t","session":"s"}}""", "channel: a text is required")]
    [InlineData("""{"channel":"shell"}""", "header.msg_id: a text is required")]
    [InlineData("""{"channel":"shell","header":{"msg_id":"1","msg_type":"t","session":"s"},"content":[]}""", "content: a JSON object is expected")]
    [InlineData("""{"channel":"shell","header":"x"}""", "header: a JSON object is expected")]
    public void A_text_that_is_no_message_is_refused_by_name(string text, string why) =>
        Assert.StartsWith(why, Assert.Throws<FormatException>(() => LegacyFrame.Read(Encoding.UTF8.GetBytes(text), isBinary: false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0U)]
    [InlineData(0, uint.MaxValue)]
    [InlineData(1, 0U)]
    [InlineData(2, 1U)]
    [InlineData(3, uint.MaxValue)]
    public void Numbers_that_lie_are_refused(int at, uint number)
    {
        var frame = LegacyFrame.Write(AnyMessage.Small()).ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4 * at), number);

        Assert.Throws<FormatException>(() => LegacyFrame.Read(frame, isBinary: true));
    }
}
