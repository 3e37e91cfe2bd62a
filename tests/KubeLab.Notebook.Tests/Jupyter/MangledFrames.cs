using FsCheck.Fluent;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

/// <summary>Frames with bytes changed at random: whoever reads them either understands a message or says that it does not.</summary>
internal static class MangledFrames
{
    public static void Check(Func<JupyterMessage, byte[]> write, Func<ReadOnlyMemory<byte>, JupyterMessage> read)
    {
        var changes = Gen.ListOf(from at in Gen.Choose(0, 10_000) from value in Gen.Choose(0, 255) select (at, value));
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            AnyMessage.Arbitrary,
            Arb.From(changes),
            (message, mangling) =>
            {
                var frame = write(message);
                foreach (var (at, value) in mangling)
                {
                    frame[at % frame.Length] = (byte)value;
                }

                try
                {
                    return read(frame) is not null;
                }
                catch (FormatException error)
                {
                    return error.Message.Length > 0;
                }
            }));
    }
}
