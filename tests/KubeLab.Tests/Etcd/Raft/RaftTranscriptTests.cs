using KubeLab.Testing;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class RaftTranscriptTests
{
    private static readonly string Folder = SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "raft");

    public static TheoryData<string> Transcripts => [.. Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void A_transcript_plays_as_it_was_read_and_approved(string name)
    {
        var path = Path.Combine(Folder, $"{name}.txt");
        Golden.Compare(path, RaftScript.Play(File.ReadAllText(path)));
    }

    [Fact]
    public void There_are_transcripts() => Assert.True(Transcripts.Count >= 10);
}
