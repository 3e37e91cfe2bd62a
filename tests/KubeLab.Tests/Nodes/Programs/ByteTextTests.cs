using FsCheck;
using FsCheck.Fluent;
using KubeLab.Nodes.Programs.Shell;
using KubeLab.Nodes.Streams;

namespace KubeLab.Tests.Nodes.Programs;

public sealed class ByteTextTests
{
    [Fact]
    public void Any_bytes_come_back_as_they_were() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes => ByteText.Encode(ByteText.Decode(bytes)).SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Wherever_a_stream_is_cut_its_text_is_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (text, cut) =>
        {
            // A lone half of a letter is no text, so it cannot be sent as such either.
            var bytes = System.Text.Encoding.UTF8.GetBytes(text.Get);
            var whole = System.Text.Encoding.UTF8.GetString(bytes);
            var input = new InputText();
            return string.Concat(bytes.Chunk(cut.Get).Select(c => input.Take(c))) + input.Finish() == whole;
        }).QuickCheckThrowOnFailure();
}
